package io.engram.trainer.application;

/** The points at which tests let a trainer fail or die; see {@link io.engram.service.fault.FaultPoints}. */
public final class TrainerFaults {
    /** Before a step. */
    public static final String STEP = "trainer.step";
    /** The version of the memory that belongs to a checkpoint is committed, and the checkpoint is not written. */
    public static final String MEMORY_COMMITTED = "trainer.memory-committed";
    /** A checkpoint is durable; at the end of a task, the database does not know of the task yet. */
    public static final String CHECKPOINT_WRITTEN = "trainer.checkpoint-written";
    /** Before an attempt says where it begins. */
    public static final String RESUMED = "trainer.resumed";
    /** The model of a task is durable, and nobody knows of it yet. */
    public static final String MODEL_WRITTEN = "trainer.model-written";
    /** A learned task and its event are in the database. */
    public static final String TASK_COMMITTED = "trainer.task-committed";
    /** Before the lease is looked after. */
    public static final String SIGN_OF_LIFE = "trainer.sign-of-life";

    private TrainerFaults() {}
}
