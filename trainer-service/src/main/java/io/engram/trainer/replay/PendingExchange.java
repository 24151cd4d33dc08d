package io.engram.trainer.replay;

import io.engram.learning.memory.ReplayMemoryException;
import io.engram.learning.memory.ReplayVersionException;
import io.engram.proto.buffer.v1.SessionResponse;
import io.engram.replay.SampleBatch;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An exchange whose answer is on its way. Answered on the connection's thread, awaited on the run's. */
final class PendingExchange {
    private final SampleBatch batch;
    private final boolean mayBeRefused;
    private final CompletableFuture<SampleBatch> answer = new CompletableFuture<>();
    private SessionResponse response = SessionResponse.getDefaultInstance();

    /** @param batch takes what is drawn */
    PendingExchange(SampleBatch batch) {
        this(batch, false);
    }

    private PendingExchange(SampleBatch batch, boolean mayBeRefused) {
        this.batch = batch;
        this.mayBeRefused = mayBeRefused;
    }

    /** One whose refusal leaves the memory as it was, so that the session can go on. */
    static PendingExchange command(SampleBatch batch) {
        return new PendingExchange(batch, true);
    }

    boolean mayBeRefused() {
        return mayBeRefused;
    }

    SampleBatch batch() {
        return batch;
    }

    /** What an awaited commit or restore was answered with. */
    SessionResponse response() {
        return response;
    }

    /** Done as a request for samples, which are in the batch. */
    void answered() {
        answer.complete(batch);
    }

    /** Done as a request for something else. */
    void answered(SessionResponse with) {
        response = with;
        answer.complete(batch);
    }

    void failed(Throwable why) {
        answer.completeExceptionally(why);
    }

    /**
     * Waits for the answer.
     *
     * @throws StatusRuntimeException where the session failed
     * @throws ReplayMemoryException where the answer was a refusal or made no sense, or did not come in time
     */
    SampleBatch await(Duration timeout) {
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof StatusRuntimeException status) {
                throw status;
            }
            if (failed.getCause() instanceof ReplayVersionException gone) {
                throw gone;
            }
            throw new ReplayMemoryException(failed.getCause().getMessage(), failed.getCause());
        } catch (TimeoutException late) {
            throw new ReplayMemoryException("no answer within " + timeout.toMillis() + " ms", late);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new ReplayMemoryException("interrupted while waiting for an answer", ended);
        }
    }
}
