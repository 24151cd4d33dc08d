package io.engram.learning.method;

/** Which samples a task is trained on. */
public enum TrainingScope {
    /** Those of the task: what continual learning allows. */
    CURRENT_TASK,
    /** Those of all tasks so far: the upper bound, not a continual learner. */
    ALL_TASKS_SO_FAR,
    /** What the memory holds once it was offered those of the task, in one pass. */
    MEMORY
}
