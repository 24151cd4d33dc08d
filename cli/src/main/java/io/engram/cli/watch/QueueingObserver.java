package io.engram.cli.watch;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;

/** Queues what a stream says, on gRPC's thread. */
final class QueueingObserver<T> implements StreamObserver<T> {
    private final BlockingQueue<Update> queue;
    private final Update.Stream stream;
    private final Function<T, Update> update;

    QueueingObserver(BlockingQueue<Update> queue, Update.Stream stream, Function<T, Update> update) {
        this.queue = queue;
        this.stream = stream;
        this.update = update;
    }

    @Override
    public void onNext(T message) {
        queue.add(update.apply(message));
    }

    @Override
    public void onError(Throwable failure) {
        Status status = Status.fromThrowable(failure);
        queue.add(new Update.Ended(
                stream, Optional.of(status.asRuntimeException(Status.trailersFromThrowable(failure)))));
    }

    @Override
    public void onCompleted() {
        queue.add(new Update.Ended(stream, Optional.empty()));
    }
}
