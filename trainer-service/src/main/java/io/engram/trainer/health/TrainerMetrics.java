package io.engram.trainer.health;

import io.engram.trainer.application.RunWatchers;
import io.engram.trainer.application.TrainingTotals;
import io.engram.trainer.domain.RunStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.util.Locale;

/** The service's own figures, read when somebody scrapes them. */
@Singleton
final class TrainerMetrics implements MeterBinder {
    private final RunCounts counts;
    private final TrainingTotals totals;
    private final RunWatchers watchers;

    TrainerMetrics(RunCounts counts, TrainingTotals totals, RunWatchers watchers) {
        this.counts = counts;
        this.totals = totals;
        this.watchers = watchers;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        for (RunStatus status : RunStatus.values()) {
            Gauge.builder("engram.trainer.runs", counts, read -> read.count(status))
                    .tag("state", status.name().toLowerCase(Locale.ROOT))
                    .description("Runs there are in the database, of all trainers")
                    .register(meters);
        }
        Gauge.builder("engram.trainer.step.seconds", totals, TrainingTotals::stepSeconds)
                .description("Mean time of a training step, newest report")
                .register(meters);
        Gauge.builder("engram.trainer.watchers", watchers, RunWatchers::size)
                .description("Clients that watch a run")
                .register(meters);
        bindCheckpoints(meters);
        FunctionCounter.builder("engram.trainer.steps", totals, TrainingTotals::steps)
                .description("Training steps of tasks that were learned")
                .register(meters);
        FunctionCounter.builder("engram.trainer.samples", totals, TrainingTotals::samples)
                .description("New samples of tasks that were learned")
                .register(meters);
        FunctionCounter.builder("engram.trainer.tasks", totals, TrainingTotals::tasks)
                .description("Tasks that were learned")
                .register(meters);
        FunctionCounter.builder("engram.trainer.training.seconds", totals, TrainingTotals::seconds)
                .description("Time inside the training loop of tasks that were learned")
                .register(meters);
    }

    private void bindCheckpoints(MeterRegistry meters) {
        FunctionCounter.builder("engram.trainer.checkpoints", totals, TrainingTotals::checkpoints)
                .description("Checkpoints that were written")
                .register(meters);
        FunctionCounter.builder("engram.trainer.checkpoint.bytes", totals, TrainingTotals::checkpointBytes)
                .description("Bytes of checkpoints that were written")
                .register(meters);
        FunctionCounter.builder("engram.trainer.checkpoint.seconds", totals, TrainingTotals::checkpointSeconds)
                .description("Time that training stood still for checkpoints")
                .register(meters);
        FunctionCounter.builder("engram.trainer.checkpoints.failed", totals, TrainingTotals::failedCheckpoints)
                .description("Checkpoints that could not be made")
                .register(meters);
        FunctionCounter.builder("engram.trainer.resumed", totals, TrainingTotals::resumedAttempts)
                .description("Attempts that went on from a checkpoint")
                .register(meters);
    }
}
