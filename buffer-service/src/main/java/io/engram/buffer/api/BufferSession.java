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
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/**
 * One session: opens a buffer with the first request and answers each request with one response, in order.
 *
 * <p>The next request is taken only while less than {@value #WAITING_BYTES} bytes of responses wait for the connection, so a
 * client that does not read holds that much and one response of the service's memory, and HTTP/2 flow control holds it back.
 *
 * <p>Lives on the event loop of its connection, where requests are also answered. The one call from elsewhere is
 * {@link #deleted}, on the thread that deletes the buffer; therefore the monitor. It is taken before a buffer's, never
 * after.
 */
final class BufferSession implements StreamObserver<SessionRequest> {
    /** Enough for the answers to requests that came together to leave together. */
    static final int WAITING_BYTES = 1 << 20;

    private final BufferRegistry registry;
    private final BufferLimits limits;
    private final Traffic traffic;
    private final ServerCallStreamObserver<SessionResponse> responses;
    private final Runnable onDeleted = this::deleted;

    private State state = new Waiting();
    private boolean nextIsDue;

    /** Where a session stands. */
    private sealed interface State {}

    /** No request came yet. */
    private record Waiting() implements State {}

    /** It has a buffer. */
    private record Open(BufferName name, HeldBuffer buffer, ExchangeReader reader) implements State {}

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
    public synchronized void onNext(SessionRequest request) {
        try {
            if (state instanceof Waiting) {
                state = open(request);
                responses.onNext(answer((Open) state, request, false));
            } else if (state instanceof Open open) {
                responses.onNext(answer(open, request, !request.getOpen().isEmpty()));
            }
        } catch (ApiException fatal) {
            end(fatal);
        }
        nextIsDue = true;
        takeNext();
    }

    /** The client has no further requests, and every one was answered. */
    @Override
    public synchronized void onCompleted() {
        if (!(state instanceof Ended)) {
            leave();
            responses.onCompleted();
        }
    }

    /** The client went away. */
    @Override
    public void onError(Throwable gone) {
        leave();
    }

    private Open open(SessionRequest request) {
        BufferName name = BufferName.parse("open", request.getOpen());
        HeldBuffer buffer = registry.get(name);
        buffer.join(onDeleted);
        return new Open(name, buffer, new ExchangeReader(buffer.settings().itemBytes(), limits));
    }

    /** @throws ApiException BUFFER_NOT_FOUND where the buffer is gone; refusals are answers */
    private SessionResponse answer(Open open, SessionRequest request, boolean opensAgain) {
        ExchangeReader.Exchange exchange;
        try {
            if (opensAgain) {
                throw ApiException.invalid(
                        ErrorReason.INVALID_ARGUMENT,
                        "open",
                        request.getOpen(),
                        "empty: this session has " + open.name() + " open; begin another session for another buffer");
            }
            exchange = open.reader().read(request);
        } catch (ApiException refused) {
            traffic.requestRefused();
            return SessionResponse.newBuilder()
                    .setError(Errors.toStatus(refused))
                    .build();
        }
        Exchanged exchanged = open.buffer().exchange(exchange.batch(), exchange.count());
        SessionResponse.Builder response = SessionResponse.newBuilder();
        if (request.hasInsert()) {
            response.setInsert(BufferMessages.insertResult(exchanged));
        }
        if (request.hasSample()) {
            response.setSample(BufferMessages.sampleResult(exchanged));
        }
        return response.build();
    }

    /** Asks for the next request, once per answered one, when the client can take its response. */
    private synchronized void takeNext() {
        if (nextIsDue && responses.isReady() && !(state instanceof Ended)) {
            nextIsDue = false;
            responses.request(1);
        }
    }

    private synchronized void deleted() {
        if (state instanceof Open open) {
            end(ApiException.of(
                    ErrorReason.BUFFER_NOT_FOUND, open.name() + " was deleted while the session had it open"));
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
            open.buffer().leave(onDeleted);
        }
        state = new Ended();
        traffic.sessionEnded();
    }
}
