package io.engram.learning.method;

import io.engram.learning.head.Classifiers;
import io.engram.learning.head.Heads;
import io.engram.learning.scenario.Batch;
import io.engram.learning.scenario.ScenarioKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A continual-learning method: its tensor-program text, and its decisions. Only {@link io.engram.learning.run.TaskLoop} calls
 * the hooks, on the thread of the run, in this order: for each task {@link #beforeTask}, then {@link #observe} for every batch
 * of every epoch, then {@link #afterTask}. The loop owns gradient, step, memory and logging; a method returns values.
 *
 * <p>With {@code x} as {@code [batch, channels, height, width]} float32, {@code y} as dense class ids {@code [batch]} int64 and
 * {@code t} as the tasks the samples come from {@code [batch]} int64, the text defines
 *
 * <ul>
 *   <li>{@code def loss(self, x: Tensor, y: Tensor, t: Tensor) -> List[Tensor]} for a method without replay; with it come
 *       {@code replayed_x, replayed_y, replayed_t}, which are empty while the memory is, and {@code replayed_logits}
 *       {@code [replayed, classes]} where those are remembered; a class that was not known then has the least of the others.
 *       It returns the loss (a scalar), the logits whose first rows are those of the new batch, the scores of the new
 *       batch {@code [batch]} where those are remembered, and whatever else the functions below want to see;
 *   <li>or, in place of the loss and of gradient and update, {@code def streamed(self, x: Tensor, y: Tensor, t: Tensor) ->
 *       List[Tensor]}, run with gradients off, for a method without replay that takes up samples in another way. It returns a
 *       scalar for the meter of the loss, and scores of the batch, {@code [batch, classes]}, from before it was taken up;
 *   <li>if it likes, {@code def adjusted(self, gradients: List[Optional[Tensor]], outcome: List[Tensor]) ->
 *       List[Optional[Tensor]]}: other gradients for the step, given those of the loss and what {@code loss} returned;
 *   <li>if it likes, {@code def after_step(self, gradients: List[Optional[Tensor]], outcome: List[Tensor]) -> int}, run after
 *       the update, with gradients off;
 *   <li>functions that its hooks call by {@link TaskContext#functions};
 *   <li>where its {@link #classifier} has tensors of its own, {@code def classifier_tensors(self) -> List[Tensor]}: those
 *       tensors, in order, when a model is frozen.
 * </ul>
 *
 * <p>It may call
 *
 * <ul>
 *   <li>{@code self.features(x)} and {@code self.logits(x)}: the network in training mode, over all classes so far;
 *   <li>{@code self.features_of(p, s, training, x)}, {@code self.classified(p, features)} and, in evaluation mode,
 *       {@code self.logits_of(p, s, x)}: any network of the same form, with parameters {@code p} and statistics {@code s}
 *       (those of the learner are {@code self.parameters} and {@code self.statistics}; the last two parameters are those of the
 *       head, of which the last has a row for each class). A network from before the head grew has fewer classes, and works;
 *   <li>{@code self.class_count(p)}: the classes of such a network; {@code self.zeros_of_classes()}: zeros as {@code [classes,
 *       features]} and {@code [classes]}, for all classes so far;
 *   <li>{@code self.layer_inputs_of(p, s, x)}: what the layers of the backbone are given, in evaluation mode, see {@link
 *       io.engram.learning.backbone.Backbone#layerInputs}; {@code self.stages_of(p, s, training, x)}: what its stages give, see
 *       {@link io.engram.learning.backbone.Backbone#stages};
 *   <li>{@code self.cross_entropy(logits, y, t)}: its mean over the batch; where the scenario gives the task at test time, over
 *       the classes of the sample's task alone;
 *   <li>{@code self.among(logits, t)}: logits with minus infinity at classes that the scenario rules out for the sample;
 *   <li>{@code self.normalised(features)}: each row divided by its length;
 *   <li>{@code self.task_given()}: whether samples come with their task at test time;
 *   <li>{@code self.learning_rate()}, the size of the optimiser's step, and {@code self.replay_batch_size()}, the replayed
 *       samples in a step as the run asks for; {@code self.memory_capacity()}, the samples that a run may remember in all;
 *   <li>its own lists of tensors, by the names in {@link #state}.
 * </ul>
 *
 * <p>A method holds no state that a run does not own: every run has its own instance. State that must outlive a crash lives in
 * the lists of {@link #state}, or follows from the task.
 */
public interface Method {

    /** Tensor-program text: {@code loss} and the other functions. */
    String text();

    /**
     * Names of the method's own lists of tensors, as {@code self.name}, empty at the start. They belong to the run's
     * checkpoints.
     */
    default List<String> state() {
        return List.of();
    }

    /** Results that it is known to reproduce: its presets. */
    default List<PublishedResult> publishedResults() {
        return List.of();
    }

    /** How it uses the memory. */
    default Replay replay() {
        return Replay.NONE;
    }

    /**
     * How many remembered samples a step is given.
     *
     * @param batchSize replayed samples in a step, as the run asks for
     */
    default int drawn(int batchSize) {
        return batchSize;
    }

    /** Whether its runs have a memory. */
    default boolean usesMemory() {
        return replay().usesMemory() || scope() == TrainingScope.MEMORY;
    }

    /** The insertion policy of a memory for which none is asked. */
    default String insertionPolicy() {
        return "reservoir";
    }

    /** Which samples a task is trained on. */
    default TrainingScope scope() {
        return TrainingScope.CURRENT_TASK;
    }

    /** Whether network and optimiser start from new initial values with every task. */
    default boolean startsOver() {
        return false;
    }

    /** The kinds of scenario that it makes sense in; a run of another kind is refused. */
    default Set<ScenarioKind> scenarios() {
        return EnumSet.allOf(ScenarioKind.class);
    }

    /**
     * The least capacity of the memory that it makes sense with.
     *
     * @param classes classes of all tasks
     */
    default int leastMemory(int classes) {
        return 0;
    }

    /**
     * The capacity of the replay memory, where a method keeps some of what is remembered itself.
     *
     * @param capacity samples that a run may remember in all
     */
    default int replayCapacity(int capacity) {
        return capacity;
    }

    /**
     * How many samples of each new class are kept from training and given to it as {@link TaskContext#heldOut}.
     *
     * @param capacity samples that a run may remember in all
     * @param oldClasses classes before the task
     * @param newClasses classes of the task
     */
    default int heldOut(int capacity, int oldClasses, int newClasses) {
        return 0;
    }

    /** The heads that it works with, names of {@link Heads}; the first is that of runs which name none. */
    default List<String> heads() {
        return Heads.NAMES;
    }

    /** How its frozen models choose a class: a name of {@link Classifiers}. */
    default String classifier() {
        return Classifiers.DEFAULT;
    }

    /** Called when the task is about to begin; the head has already grown. */
    default void beforeTask(TaskContext context) {}

    /**
     * Learns one batch.
     *
     * @param batch the new samples, and what was replayed with them
     * @param step forward, loss, gradient and update in one call
     */
    default Observation observe(Batch batch, Step step) {
        return step.run(batch);
    }

    /** Called after the last batch of the task, before the model is frozen. */
    default void afterTask(TaskContext context) {}
}
