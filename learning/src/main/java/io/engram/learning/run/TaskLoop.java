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
import java.util.OptionalInt;
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
    private final CurveMeter curveMeter = new CurveMeter();
    private Position position = Position.before(0);
    private Optional<TaskContext> underWay = Optional.empty();

    /** @param nanoTime a clock like {@link System#nanoTime} */
    public TaskLoop(Run run, RunListener listener, LongSupplier nanoTime) {
        this.run = run;
        this.listener = listener;
        clock = new LoopClock(nanoTime, run.outline().totalSteps());
        rehearsal = run.rehearsal();
    }

    /**
     * Learns every task, or those that are left after {@link #restore}.
     *
     * @throws RunCancelledException where the listener asked for it
     * @throws RunSuspendedException where the listener asked for it
     * @throws LossNotFiniteException where training diverged
     */
    public void run() {
        if (underWay.isPresent()) {
            train(underWay.get(), position);
            finish(underWay.get());
        }
        int next = underWay.isPresent() ? position.task() + 1 : position.task();
        List<Task> tasks = run.scenario().tasks();
        tasks.subList(next, tasks.size()).forEach(this::learn);
    }

    /**
     * Puts the run where a checkpoint of the same run was made: {@link #run} then goes on bit for bit as if it had not stopped.
     * Where this fails, neither the loop nor the run is of use any more.
     *
     * @throws io.engram.learning.checkpoint.CorruptCheckpointException where it is one of another run
     * @throws io.engram.learning.memory.ReplayVersionException where the memory does not have the version any more
     */
    public void restore(Checkpoint checkpoint) {
        position = checkpoint.position();
        if (position.begun()) {
            underWay = Optional.of(goOn(run.scenario().tasks().get(position.task()), checkpoint));
        } else {
            grow(position.task() - 1);
            run.resume(checkpoint);
            clock.resume(checkpoint.totals());
        }
    }

    private void learn(Task task) {
        if (listener.suspensionRequested()) {
            throw new RunSuspendedException(clock.step());
        }
        Method method = run.method();
        run.learner().begin(run.scenario().classesUpTo(task.index()), method.startsOver(), run.resetsOptimizer());
        run.offer(task);
        TaskContext context = prepared(task);
        clock.startTask();
        curveMeter.start(steps(context), 0, List.of());
        method.beforeTask(context);
        train(context, Position.before(task.index()));
        finish(context);
    }

    /**
     * In the middle of a task. What a method holds outside its lists follows from the task, so it is asked to prepare for the task
     * again; what that changes in the lists is put back.
     */
    private TaskContext goOn(Task task, Checkpoint checkpoint) {
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
        curveMeter.start(
                steps(context),
                checkpoint.totals().taskSteps(),
                checkpoint.totals().curve());
        return context;
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
        long steps = steps(context);
        int batch = from.batch();
        for (int epoch = from.epoch(); epoch < epochs; epoch++) {
            if (batch == 0) {
                loader.shuffle();
                epochMeter.reset();
            }
            int batches = (int) Math.min(steps - (long) epoch * loader.batches(), loader.batches());
            while (batch < batches) {
                batch = burst(context, epoch, epochs, batch, batches);
                boolean lastStep = epoch == epochs - 1 && batch == batches;
                if (!lastStep) {
                    pause(context, epoch, batch, batches);
                }
            }
            batch = 0;
        }
    }

    private long steps(TaskContext context) {
        return run.training()
                .steps(context.task().index(), context.trainLoader().batches());
    }

    /** Trains up to the next checkpoint or the end of the epoch; returns the batches that are done. */
    private int burst(TaskContext context, int epoch, int epochs, int first, int batches) {
        OptionalInt every = run.training().checkpointSteps();
        int end = every.isEmpty()
                ? batches
                : (int) Math.min(batches, first + every.getAsInt() - clock.step() % every.getAsInt());
        Task task = context.task();
        return context.trainLoader()
                .forEachBatch(
                        first,
                        end,
                        rehearsal.lookahead(),
                        upcoming -> rehearsal.announce(upcoming, task),
                        listener::suspensionRequested,
                        batch -> observe(task, epoch, epochs, batch));
    }

    /** Within a task, with no batch under way. */
    private void pause(TaskContext context, int epoch, int batch, int batches) {
        boolean suspended = listener.suspensionRequested();
        if (suspended || checkpointDue(epoch, batch == batches)) {
            rehearsal.flush();
            boolean whole = batch == context.trainLoader().batches();
            Position here = new Position(context.task().index(), whole ? epoch + 1 : epoch, whole ? 0 : batch, true);
            clock.standStill(() -> listener.checkpointDue(() ->
                    run.checkpoint(here, context.trainLoader().order(), clock.totals(epochMeter, curveMeter, true))));
        }
        if (suspended) {
            throw new RunSuspendedException(clock.step());
        }
    }

    private boolean checkpointDue(int epoch, boolean epochDone) {
        OptionalInt steps = run.training().checkpointSteps();
        OptionalInt epochs = run.training().checkpointEpochs();
        return steps.isPresent() && clock.step() % steps.getAsInt() == 0
                || epochs.isPresent() && epochDone && (epoch + 1) % epochs.getAsInt() == 0;
    }

    private void finish(TaskContext context) {
        rehearsal.flush();
        run.method().afterTask(context);
        TrainingFigures figures = clock.finishTask(epochMeter, run.memoryUse());
        Position next = Position.before(context.task().index() + 1);
        listener.taskCompleted(new CompletedTask(
                context.task(),
                run.freeze(context.task()),
                figures,
                curveMeter.curve(),
                () -> run.checkpoint(next, List.of(), clock.totals(epochMeter, curveMeter, false))));
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
        curveMeter.add(observation);
        clock.stepDone(observation);
        if (clock.reportDue()) {
            listener.progressed(clock.report(task, epoch, epochs));
        }
    }
}
