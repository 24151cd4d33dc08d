package io.engram.cli.watch;

import io.engram.cli.client.EngramClient;
import io.engram.proto.evaluator.v1.Evaluation;
import io.engram.proto.evaluator.v1.EvaluationFailure;
import io.engram.proto.evaluator.v1.WatchEvaluationsRequest;
import io.engram.proto.evaluator.v1.WatchEvaluationsResponse;
import io.engram.proto.trainer.v1.Run;
import io.engram.proto.trainer.v1.RunState;
import io.engram.proto.trainer.v1.WatchRunRequest;
import io.engram.proto.trainer.v1.WatchRunResponse;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Follows a run by its two streams, one of the trainer and one of the evaluator, until both have ended. A service that
 * goes away is waited for: runs survive it. All of it happens on the caller's thread; the streams only queue.
 */
public final class RunWatcher {
    /** Called now and then while nothing arrives; throws where waiting on makes no sense. */
    @FunctionalInterface
    public interface StillAlive {
        void check();
    }

    private static final long SILENCE_MILLIS = 500;

    private final EngramClient client;
    private final StillAlive stillAlive;
    private final ProgressView view;
    private final BlockingQueue<Update> updates = new LinkedBlockingQueue<>();
    private final Patience training;
    private final Patience evaluation;
    private Run run = Run.getDefaultInstance();
    private int evaluatedTask = -1;
    private boolean evaluationsEnded;

    public RunWatcher(EngramClient client, ProgressView view, StillAlive stillAlive) {
        this.client = client;
        this.view = view;
        this.stillAlive = stillAlive;
        this.training = new Patience("trainer", client.addresses());
        this.evaluation = new Patience("evaluator", client.addresses());
    }

    /**
     * Follows a run to its end.
     *
     * @return the run when it has ended and, where it succeeded, when all of it is evaluated
     * @throws StatusRuntimeException where a service refuses
     */
    public Run follow(String name) throws InterruptedException {
        Context.CancellableContext streams = Context.current().withCancellation();
        try {
            streams.run(() -> watchRun(name));
            streams.run(() -> watchEvaluations(name));
            while (!isOver()) {
                Update update = updates.poll(SILENCE_MILLIS, TimeUnit.MILLISECONDS);
                stillAlive.check();
                if (update != null) {
                    streams.run(() -> apply(update, name));
                }
            }
            return run;
        } finally {
            streams.cancel(null);
        }
    }

    private boolean isOver() {
        boolean succeeded = run.getState() == RunState.RUN_STATE_SUCCEEDED;
        return States.hasEnded(run.getState()) && (evaluationsEnded || !succeeded);
    }

    private void apply(Update update, String name) {
        if (update instanceof Update.Trained trained) {
            training.succeeded();
            run = trained.run();
            view.trained(run);
        } else if (update instanceof Update.Evaluated evaluated) {
            evaluation.succeeded();
            show(evaluated.evaluation());
        } else if (update instanceof Update.Failed failed) {
            evaluation.succeeded();
            show(failed.failure());
        } else if (update instanceof Update.Ended ended) {
            ended(ended, name);
        }
    }

    private void show(Evaluation stored) {
        // A stream that was opened again begins with what was there.
        if (stored.getTaskIndex() > evaluatedTask) {
            evaluatedTask = stored.getTaskIndex();
            view.evaluated(stored);
        }
    }

    private void show(EvaluationFailure failure) {
        if (failure.getTaskIndex() > evaluatedTask) {
            evaluatedTask = failure.getTaskIndex();
            view.failed(failure);
        }
    }

    private static Update outcome(WatchEvaluationsResponse response) {
        return response.hasFailure()
                ? new Update.Failed(response.getFailure())
                : new Update.Evaluated(response.getEvaluation());
    }

    private void ended(Update.Ended ended, String name) {
        if (ended.stream() == Update.Stream.TRAINING) {
            if (!States.hasEnded(run.getState())) {
                training.failed(ended.failure(), view);
                watchRun(name);
            }
        } else if (ended.failure().isEmpty()) {
            evaluationsEnded = true;
        } else if (!States.hasEnded(run.getState()) || run.getState() == RunState.RUN_STATE_SUCCEEDED) {
            evaluation.failed(ended.failure(), view);
            watchEvaluations(name);
        }
    }

    private void watchRun(String name) {
        client.trainerStream()
                .watchRun(
                        WatchRunRequest.newBuilder().setName(name).build(),
                        new QueueingObserver<WatchRunResponse>(
                                updates, Update.Stream.TRAINING, response -> new Update.Trained(response.getRun())));
    }

    private void watchEvaluations(String name) {
        client.evaluatorStream()
                .watchEvaluations(
                        WatchEvaluationsRequest.newBuilder().setRun(name).build(),
                        new QueueingObserver<WatchEvaluationsResponse>(
                                updates, Update.Stream.EVALUATION, RunWatcher::outcome));
    }
}
