package io.engram.learning.checkpoint;

/**
 * Between two steps of a run.
 *
 * @param task the task that comes next or is under way, 0-based; the number of tasks at the end
 * @param epoch its epoch that comes next or is under way, 0-based
 * @param batch batches of that epoch that are done; 0 where it has not begun
 * @param begun whether the task is under way
 */
public record Position(int task, int epoch, int batch, boolean begun) {

    /** Before a task. */
    public static Position before(int task) {
        return new Position(task, 0, 0, false);
    }
}
