package io.engram.learning.method;

import io.engram.learning.scenario.Batch;

/**
 * A continual-learning method: its loss as tensor-program text, and its decisions. Only
 * {@link io.engram.learning.run.TaskLoop} calls the hooks, on the thread of the run, in this order: for each task
 * {@link #beforeTask}, then {@link #observe} for every batch of every epoch, then {@link #afterTask}. The loop owns
 * gradient, step, memory and logging; a method returns values.
 *
 * <p>Its text defines {@code loss}, which returns a list of two tensors: the loss (a scalar) and the logits whose first rows
 * are those of the new batch. With {@code x} as {@code [batch, channels, height, width]} float32 and {@code y} as dense class
 * ids {@code [batch]} int64, its head is
 *
 * <ul>
 *   <li>{@code def loss(self, x: Tensor, y: Tensor) -> List[Tensor]} for a method without replay,
 *   <li>{@code def loss(self, x: Tensor, y: Tensor, replayed_x: Tensor, replayed_y: Tensor) -> List[Tensor]} for one with
 *       replay; the replayed batch is empty while the memory is.
 * </ul>
 *
 * <p>It may call {@code self.logits(x)} and {@code self.features(x)}. A method holds no state that a run does not own:
 * every run has its own instance.
 */
public interface Method {

    /** Tensor-program text of {@code loss}. */
    String loss();

    /** Whether each step replays a batch from the memory, and new samples are remembered. */
    default boolean replays() {
        return false;
    }

    /** Which samples a task is trained on. */
    default TrainingScope scope() {
        return TrainingScope.CURRENT_TASK;
    }

    /** Whether network and optimiser start from new initial values with every task. */
    default boolean startsOver() {
        return false;
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
