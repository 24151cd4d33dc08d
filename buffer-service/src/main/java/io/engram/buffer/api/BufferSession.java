package io.engram.buffer.api;

import io.engram.buffer.application.BufferLimits;
import io.engram.buffer.application.BufferRegistry;
import io.engram.buffer.application.Exchanged;
import io.engram.buffer.application.HeldBuffer;
import io.engram.buffer.application.Traffic;
import io.engram.proto.buffer.v1.SessionRequest;
import io.engram.proto.buffer.v1.SessionResponse;
import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.error.Errors;
import io.engram.proto.name.BufferName;
import io.engram.replay.InvalidValueException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One session: opens a buffer with the first request and answers each request with one response, in order.
 *
 * <p>The next request is taken only while less than {@value #WAITING_BYTES} bytes of responses wait for the connection, so a
 * client that does not read holds that much and one response of the service's memory, and HTTP/2 flow control holds it back.
 *
 * <p>Lives on the event loop of its connection, where most requests are also answered. Calls from elsewhere are the answers
 * to commits and restores, requests that waited for them, and {@link #mustEnd}, from the thread that deletes the buffer or
 * tells who lost it; therefore the monitor. It is taken before a buffer's, never after, and never while another session's is
 * held.
 */
final class BufferSession implements StreamObserver<SessionRequest> {
    /** Enough for the answers to requests that came together to leave together. */
    static final int WAITING_BYTES = 1 << 20;

    /** The buffer is not this session's any more. */
    private static final Set<ErrorReason> FATAL =
            EnumSet.of(ErrorReason.BUFFER_NOT_FOUND, ErrorReason.BUFFER_TAKEN_OVER);

    private final BufferRegistry registry;
    private final BufferLimits limits;
    private final Traffic traffic;
    private final ServerCallStreamObserver<SessionResponse> responses;
    private final Consumer<ApiException> onEnd = this::mustEnd;

    private State state = new Waiting();
    /** A request was taken that is not answered yet. */
    private boolean answering;

    private boolean clientIsDone;
    private boolean nextIsDue;

    /** Where a session stands. */
    private sealed interface State {}

    /** No request came yet. */
    private record Waiting() implements State {}

    /** It has a buffer; the request that opened it is answered as the others are. */
    private record Open(BufferName name, HeldBuffer buffer, ExchangeReader reader, SessionRequest opening)
            implements State {}

    /** Its last word is said; whatever still arrives is not answered. */
    private record Ended() implements State {}

    private BufferSession(
            BufferRegistry registry,
            BufferLimits limits,
            Traffic traffic,
            ServerCallStreamObserver<SessionResponse> responses) {
        this.registry = registry;
        this.limits = limits;
        this.traffic = traffic;
        this.responses = responses;
    }

    /** Begins a session on a call that just came in, or ends the call where there are as many as allowed. */
    static StreamObserver<SessionRequest> start(
            BufferRegistry registry,
            BufferLimits limits,
            Traffic traffic,
            ServerCallStreamObserver<SessionResponse> responses) {
        BufferSession session = new BufferSession(registry, limits, traffic, responses);
        try {
            traffic.sessionStarted();
        } catch (ApiException tooMany) {
            session.state = new Ended();
            responses.onError(Errors.toStatusException(tooMany));
            return session;
        }
        responses.disableAutoRequest();
        responses.setOnReadyThreshold(WAITING_BYTES);
        responses.setOnReadyHandler(session::takeNext);
        responses.setOnCancelHandler(session::leave);
        responses.setOnCloseHandler(session::leave);
        responses.request(1);
        return session;
    }

    @Override
    public void onNext(SessionRequest request) {
        answering = true;
        handle(request);
    }

    /** The client has no further requests; every one is answered first. */
    @Override
    public synchronized void onCompleted() {
        clientIsDone = true;
        if (!answering) {
            complete();
        }
    }

    /** The client went away. */
    @Override
    public void onError(Throwable gone) {
        leave();
    }

    /** Answers a request, now or when the buffer is free. */
    private synchronized void handle(SessionRequest request) {
        try {
            if (state instanceof Waiting) {
                state = open(request);
            }
            if (state instanceof Open open) {
                handle(open, request);
            }
        } catch (ApiException fatal) {
            end(fatal);
        }
    }

    private Open open(SessionRequest request) {
        BufferName name = BufferName.parse("open", request.getOpen());
        HeldBuffer buffer = registry.get(name);
        if (request.getTakeOver()) {
            List<Consumer<ApiException>> others = buffer.takeOver(onEnd);
            // Elsewhere: two sessions that tell each other would wait for each other.
            registry.versions().elsewhere(() -> others.forEach(other -> other.accept(HeldBuffer.takenOver(name))));
        } else {
            buffer.join(onEnd);
        }
        return new Open(name, buffer, new ExchangeReader(buffer.settings().itemBytes(), limits), request);
    }

    /** @throws ApiException where the buffer is gone or another session's; refusals are answers */
    private void handle(Open open, SessionRequest request) {
        try {
            requireNotOpenedAgain(open, request);
            open.reader().requireAlone(request);
            if (request.hasCommit()) {
                commit(open, request);
            } else if (request.hasRestore()) {
                restore(open, request);
            } else if (request.hasScan()) {
                scan(open, request);
            } else {
                exchange(open, request);
            }
        } catch (ApiException refused) {
            if (FATAL.contains(refused.reason())) {
                throw refused;
            }
            refuse(refused);
        } catch (InvalidValueException refused) {
            refuse(ExchangeReader.refused(request.hasScan() ? "scan" : "insert", refused));
        }
    }

    private static void requireNotOpenedAgain(Open open, SessionRequest request) {
        if (request != open.opening() && !request.getOpen().isEmpty()) {
            throw ApiException.invalid(
                    ErrorReason.INVALID_ARGUMENT,
                    "open",
                    request.getOpen(),
                    "empty: this session has " + open.name() + " open; begin another session for another buffer");
        }
        if (request != open.opening() && request.getTakeOver()) {
            throw ApiException.invalid(
                    ErrorReason.INVALID_ARGUMENT, "take_over", "true", "false, but in the request that has open");
        }
    }

    private void exchange(Open open, SessionRequest request) {
        ExchangeReader.Exchange exchange = open.reader().read(request);
        Exchanged exchanged = open.buffer().exchange(onEnd, exchange.insertion(), exchange.count());
        if (exchanged == Exchanged.LATER) {
            open.buffer().whenFree(() -> handle(request));
            return;
        }
        SessionResponse.Builder response = SessionResponse.newBuilder();
        if (request.hasInsert()) {
            response.setInsert(BufferMessages.insertResult(exchanged));
        }
        if (request.hasSample()) {
            response.setSample(BufferMessages.sampleResult(exchanged));
        }
        answer(response.build());
    }

    private void scan(Open open, SessionRequest request) {
        int count = open.reader().count(request.getScan());
        Exchanged scanned = open.buffer().scan(onEnd, request.getScan().getFirst(), count);
        if (scanned == Exchanged.LATER) {
            open.buffer().whenFree(() -> handle(request));
            return;
        }
        answer(SessionResponse.newBuilder()
                .setScan(BufferMessages.sampleResult(scanned))
                .build());
    }

    private void commit(Open open, SessionRequest request) {
        if (!open.buffer().begin(onEnd, true)) {
            open.buffer().whenFree(() -> handle(request));
            return;
        }
        registry.versions().commit(open.buffer(), version -> answer(BufferMessages.committed(version)), this::refuse);
    }

    private void restore(Open open, SessionRequest request) {
        if (!open.buffer().begin(onEnd, false)) {
            open.buffer().whenFree(() -> handle(request));
            return;
        }
        registry.versions()
                .restore(
                        open.buffer(),
                        request.getRestore().getVersion(),
                        state -> answer(BufferMessages.restored(state)),
                        this::refuse);
    }

    private void refuse(ApiException refused) {
        traffic.requestRefused();
        answer(SessionResponse.newBuilder().setError(Errors.toStatus(refused)).build());
    }

    private synchronized void answer(SessionResponse response) {
        if (state instanceof Ended) {
            return;
        }
        responses.onNext(response);
        answering = false;
        if (clientIsDone) {
            complete();
            return;
        }
        nextIsDue = true;
        takeNext();
    }

    private void complete() {
        if (!(state instanceof Ended)) {
            leave();
            responses.onCompleted();
        }
    }

    /** Asks for the next request, once per answered one, when the client can take its response. */
    private synchronized void takeNext() {
        if (nextIsDue && responses.isReady() && !(state instanceof Ended)) {
            nextIsDue = false;
            responses.request(1);
        }
    }

    private synchronized void mustEnd(ApiException why) {
        if (state instanceof Open) {
            end(why);
        }
    }

    private void end(ApiException why) {
        leave();
        responses.onError(Errors.toStatusException(why));
    }

    private synchronized void leave() {
        if (state instanceof Ended) {
            return;
        }
        if (state instanceof Open open) {
            open.buffer().leave(onEnd);
        }
        state = new Ended();
        traffic.sessionEnded();
    }
}
