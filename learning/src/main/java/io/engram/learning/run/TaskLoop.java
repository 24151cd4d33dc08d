package io.engram.learning.run;

import io.engram.learning.checkpoint.Checkpoint;
import io.engram.learning.checkpoint.Position;
import io.engram.learning.method.Method;
import io.engram.learning.method.Observation;
import io.engram.learning.method.TaskContext;
import io.engram.learning.scenario.Batch;
import io.engram.learning.scenario.Task;
import io.engram.learning.scenario.TrainLoader;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Learns the tasks of a run one after another: {@code beforeTask}, {@code observe} for every batch, {@code afterTask}, freeze.
 * The only caller of a {@link Method}'s hooks; it never asks which method it is running.
 *
 * <p>Replay is pipelined: while step {@code k} computes, the memory remembers batches from {@code k} on and draws for the
 * steps after them; but not beyond the next checkpoint.
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
        learnFrom(0);
    }

    /**
     * Goes on from a checkpoint of the same run, bit for bit as if it had not stopped.
     *
     * @throws io.engram.learning.checkpoint.CorruptCheckpointException where it is one of another run
     */
    public void resume(Checkpoint checkpoint) {
        Position position = checkpoint.position();
        if (position.begun()) {
            goOn(run.scenario().tasks().get(position.task()), checkpoint);
            learnFrom(position.task() + 1);
        } else {
            grow(position.task() - 1);
            run.resume(checkpoint);
            clock.resume(checkpoint.totals());
            learnFrom(position.task());
        }
    }

    private void learnFrom(int first) {
        List<Task> tasks = run.scenario().tasks();
        tasks.subList(first, tasks.size()).forEach(this::learn);
    }

    private void learn(Task task) {
        Method method = run.method();
        run.learner().begin(run.scenario().classesUpTo(task.index()), method.startsOver(), run.resetsOptimizer());
        run.offer(task);
        TaskContext context = prepared(task);
        clock.startTask();
        method.beforeTask(context);
        train(context, Position.before(task.index()));
        finish(context);
    }

    /**
     * In the middle of a task. What a method holds outside its lists follows from the task, so it is asked to prepare for the task
     * again; what that changes in the lists is put back.
     */
    private void goOn(Task task, Checkpoint checkpoint) {
        grow(task.index());
        run.resume(checkpoint);
        TaskContext context = prepared(task);
        run.method().beforeTask(context);
        run.resume(checkpoint);
        // Its loader draws from the generator that was put back.
        context = prepared(task);
        context.trainLoader().resume(checkpoint.order());
        clock.startTask();
        clock.resume(checkpoint.totals());
        epochMeter.resume(checkpoint.totals());
        train(context, checkpoint.position());
        finish(context);
    }

    private void grow(int task) {
        run.learner().begin(run.scenario().classesUpTo(task), false, false);
    }

    private TaskContext prepared(Task task) {
        TaskContext context = run.context(task);
        run.learner().use(context.trainLoader().source());
        rehearsal.use(context.trainLoader().source().samples());
        return context;
    }

    /** @param from where in the task */
    private void train(TaskContext context, Position from) {
        TrainLoader loader = context.trainLoader();
        Task task = context.task();
        int epochs = run.training().epochs(task.index(), loader.batches());
        long steps = run.training().steps(task.index(), loader.batches());
        int batch = from.batch();
        for (int epoch = from.epoch(); epoch < epochs; epoch++) {
            if (batch == 0) {
                loader.shuffle();
                epochMeter.reset();
            }
            int batches = (int) Math.min(steps - (long) epoch * loader.batches(), loader.batches());
            while (batch < batches) {
                batch = burst(context, epoch, epochs, batch, batches);
            }
            batch = 0;
        }
    }

    /** Trains up to the next checkpoint or the end of the epoch; returns the batches that are done. */
    private int burst(TaskContext context, int epoch, int epochs, int first, int batches) {
        long every = listener.checkpointSteps();
        int end = every == 0 ? batches : (int) Math.min(batches, first + every - clock.step() % every);
        Task task = context.task();
        context.trainLoader()
                .forEachBatch(
                        first,
                        end,
                        rehearsal.lookahead(),
                        upcoming -> rehearsal.announce(upcoming, task),
                        batch -> observe(task, epoch, epochs, batch));
        if (every != 0 && clock.step() % every == 0) {
            rehearsal.flush();
            boolean whole = end == context.trainLoader().batches();
            Position position = new Position(task.index(), whole ? epoch + 1 : epoch, whole ? 0 : end, true);
            listener.checkpointed(
                    run.checkpoint(position, context.trainLoader().order(), clock.totals(epochMeter, true)));
        }
        return end;
    }

    private void finish(TaskContext context) {
        rehearsal.flush();
        run.method().afterTask(context);
        TrainingFigures figures = clock.finishTask(epochMeter);
        listener.taskCompleted(new CompletedTask(
                context.task(), run.freeze(context.task()), figures, checkpointAfter(context.task())));
    }

    private Optional<Checkpoint> checkpointAfter(Task task) {
        return listener.checkpointSteps() == 0
                ? Optional.empty()
                : Optional.of(
                        run.checkpoint(Position.before(task.index() + 1), List.of(), clock.totals(epochMeter, false)));
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
