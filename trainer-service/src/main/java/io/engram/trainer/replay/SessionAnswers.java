package io.engram.trainer.replay;

import com.google.protobuf.ByteString;
import io.engram.learning.memory.ReplayMemoryException;
import io.engram.learning.memory.ReplayVersionException;
import io.engram.proto.buffer.v1.SampleResult;
import io.engram.proto.buffer.v1.SessionResponse;
import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.error.Errors;
import io.engram.replay.SampleBatch;
import io.grpc.stub.StreamObserver;
import java.util.EnumSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Gives each answer of a session to the exchange that waits for it. Lives on the connection's thread. */
final class SessionAnswers implements StreamObserver<SessionResponse> {
    private static final Set<ErrorReason> VERSION_IS_GONE =
            EnumSet.of(ErrorReason.BUFFER_VERSION_NOT_FOUND, ErrorReason.BUFFER_VERSION_CORRUPT);

    private final int itemBytes;
    private final Queue<PendingExchange> waiting = new ConcurrentLinkedQueue<>();
    private volatile Throwable end;

    SessionAnswers(int itemBytes) {
        this.itemBytes = itemBytes;
    }

    /** Called on the run's thread, before the request is sent. */
    void expect(PendingExchange exchange) {
        waiting.add(exchange);
        if (end != null) {
            failAll();
        }
    }

    @Override
    public void onNext(SessionResponse response) {
        PendingExchange exchange = waiting.poll();
        if (exchange == null) {
            return;
        }
        try {
            if (response.hasError()) {
                throw refusal(Errors.fromStatus(response.getError()));
            }
            if (response.hasSample()) {
                copy(response.getSample(), exchange.batch());
                exchange.answered();
            } else if (response.hasScan()) {
                copy(response.getScan(), exchange.batch());
                exchange.answered();
            } else {
                exchange.answered(response);
            }
        } catch (ReplayMemoryException refused) {
            exchange.failed(refused);
            if (!exchange.mayBeRefused()) {
                onError(refused);
            }
        }
    }

    private static ReplayMemoryException refusal(ApiException refused) {
        return VERSION_IS_GONE.contains(refused.reason())
                ? new ReplayVersionException(refused.getMessage(), refused)
                : new ReplayMemoryException(refused.getMessage(), refused);
    }

    private void copy(SampleResult drawn, SampleBatch into) {
        int size = drawn.getLabelsCount();
        ByteString items = drawn.getItems();
        if (size > into.capacity() || drawn.getTasksCount() != size || items.size() != size * itemBytes) {
            throw new ReplayMemoryException("an answer of " + size + " labels, " + drawn.getTasksCount() + " tasks and "
                    + items.size() + " bytes; expected at most " + into.capacity() + " samples of " + itemBytes
                    + " bytes");
        }
        into.resize(size);
        items.copyTo(into.items());
        for (int i = 0; i < size; i++) {
            into.labels()[i] = drawn.getLabels(i);
            into.tasks()[i] = drawn.getTasks(i);
        }
    }

    @Override
    public void onError(Throwable failed) {
        if (end == null) {
            end = failed;
        }
        failAll();
    }

    @Override
    public void onCompleted() {
        onError(new ReplayMemoryException("the session was ended by the service"));
    }

    /** Nobody waits any more. Any thread. */
    void close() {
        waiting.clear();
    }

    private void failAll() {
        for (PendingExchange exchange = waiting.poll(); exchange != null; exchange = waiting.poll()) {
            exchange.failed(end);
        }
    }
}
