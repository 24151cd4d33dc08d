package io.engram.learning.run;

import io.engram.learning.method.Method;
import io.engram.learning.method.Observation;
import io.engram.learning.method.Replay;
import io.engram.learning.method.Step;
import io.engram.learning.method.TaskContext;
import io.engram.learning.method.TrainingScope;
import io.engram.learning.scenario.Batch;
import io.engram.learning.scenario.ScenarioKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A method of the catalog that also writes down how it was called. */
final class RecordingMethod implements Method {
    private final Method method;
    private final Consumer<Batch> onBatch;
    private final String furtherText;
    private final List<String> calls = new ArrayList<>();
    private final List<TaskContext> contexts = new ArrayList<>();
    private final List<Float> losses = new ArrayList<>();

    RecordingMethod(Method method) {
        this(method, batch -> {});
    }

    /** @param onBatch sees every batch before it is learned */
    RecordingMethod(Method method, Consumer<Batch> onBatch) {
        this(method, onBatch, "");
    }

    /** @param furtherText functions of a test, which may see the lists of the method */
    RecordingMethod(Method method, Consumer<Batch> onBatch, String furtherText) {
        this.method = method;
        this.onBatch = onBatch;
        this.furtherText = furtherText;
    }

    /** The calls in order; other parts of a test may add theirs. */
    List<String> calls() {
        return calls;
    }

    /** What each {@code beforeTask} was given. */
    List<TaskContext> contexts() {
        return contexts;
    }

    /** The loss of each step. */
    List<Float> losses() {
        return losses;
    }

    @Override
    public String text() {
        return method.text() + furtherText;
    }

    @Override
    public Replay replay() {
        return method.replay();
    }

    @Override
    public List<String> state() {
        return method.state();
    }

    @Override
    public int drawn(int batchSize) {
        return method.drawn(batchSize);
    }

    @Override
    public String insertionPolicy() {
        return method.insertionPolicy();
    }

    @Override
    public Set<ScenarioKind> scenarios() {
        return method.scenarios();
    }

    @Override
    public int replayCapacity(int capacity) {
        return method.replayCapacity(capacity);
    }

    @Override
    public int heldOut(int capacity, int oldClasses, int newClasses) {
        return method.heldOut(capacity, oldClasses, newClasses);
    }

    @Override
    public int leastMemory(int classes) {
        return method.leastMemory(classes);
    }

    @Override
    public List<String> heads() {
        return method.heads();
    }

    @Override
    public String classifier() {
        return method.classifier();
    }

    @Override
    public TrainingScope scope() {
        return method.scope();
    }

    @Override
    public boolean startsOver() {
        return method.startsOver();
    }

    @Override
    public void beforeTask(TaskContext context) {
        contexts.add(context);
        calls.add("before " + context.task().index());
        method.beforeTask(context);
    }

    @Override
    public Observation observe(Batch batch, Step step) {
        calls.add("observe");
        onBatch.accept(batch);
        Observation observation = method.observe(batch, step);
        losses.add(observation.loss());
        return observation;
    }

    @Override
    public void afterTask(TaskContext context) {
        calls.add("after " + context.task().index());
        method.afterTask(context);
    }
}
