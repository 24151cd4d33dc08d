package io.engram.learning.run;

import io.engram.learning.method.Method;
import io.engram.learning.method.Observation;
import io.engram.learning.method.TaskContext;
import io.engram.learning.scenario.Batch;
import io.engram.learning.scenario.Task;
import io.engram.learning.scenario.TrainLoader;
import java.util.function.LongSupplier;

/**
 * Learns the tasks of a run one after another: {@code beforeTask}, {@code observe} for every batch, {@code afterTask}, freeze.
 * The only caller of a {@link Method}'s hooks; it never asks which method it is running.
 *
 * <p>Replay is pipelined: while step {@code k} computes, the memory remembers batches from {@code k} on and draws for the
 * steps after them.
 */
public final class TaskLoop {
    private final Run run;
    private final RunListener listener;
    private final LoopClock clock;
    private final Rehearsal rehearsal;
    private final TrainMeter epochMeter = new TrainMeter();

    /** @param nanoTime a clock like {@link System#nanoTime} */
    public TaskLoop(Run run, RunListener listener, LongSupplier nanoTime) {
        this.run = run;
        this.listener = listener;
        clock = new LoopClock(nanoTime, run.outline().totalSteps());
        rehearsal = run.rehearsal();
    }

    /**
     * Learns every task.
     *
     * @throws RunCancelledException where the listener asked for it
     * @throws LossNotFiniteException where training diverged
     */
    public void run() {
        run.scenario().tasks().forEach(this::learn);
    }

    private void learn(Task task) {
        Method method = run.method();
        run.learner().begin(run.scenario().classesUpTo(task.index()), method.startsOver(), run.resetsOptimizer());
        TaskContext context = run.context(task);
        TrainLoader loader = context.trainLoader();
        run.learner().use(loader.source());
        rehearsal.use(loader.source().samples());
        clock.startTask();
        method.beforeTask(context);
        int epochs = run.training().epochs(task.index(), loader.batches());
        long left = run.training().steps(task.index(), loader.batches());
        for (int epoch = 0; epoch < epochs; epoch++) {
            epochMeter.reset();
            int current = epoch;
            int batches = (int) Math.min(left, loader.batches());
            loader.forEachBatch(
                    batches,
                    rehearsal.lookahead(),
                    upcoming -> rehearsal.announce(upcoming, task),
                    batch -> observe(task, current, epochs, batch));
            left -= batches;
        }
        rehearsal.flush();
        method.afterTask(context);
        TrainingFigures figures = clock.finishTask(epochMeter);
        listener.taskCompleted(new CompletedTask(task, run.freeze(task), figures));
    }

    private void observe(Task task, int epoch, int epochs, Batch batch) {
        if (listener.cancellationRequested()) {
            throw new RunCancelledException(clock.step());
        }
        rehearsal.prepare(batch);
        Observation observation = run.method().observe(batch, run.learner());
        if (!Float.isFinite(observation.loss())) {
            throw new LossNotFiniteException(observation.loss(), task.index(), clock.step(), run.optimizer());
        }
        rehearsal.observed(batch, task, observation);
        epochMeter.add(observation);
        clock.stepDone(observation);
        if (clock.reportDue()) {
            listener.progressed(clock.report(task, epoch, epochs));
        }
    }
}
