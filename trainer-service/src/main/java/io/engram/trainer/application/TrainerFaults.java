package io.engram.trainer.application;

/** The points at which tests let a trainer fail or die; see {@link io.engram.service.fault.FaultPoints}. */
public final class TrainerFaults {
    /** Before a step. */
    public static final String STEP = "trainer.step";
    /** The model of a task is durable, and nobody knows of it yet. */
    public static final String MODEL_WRITTEN = "trainer.model-written";
    /** The checkpoint of a task and its event are in the database. */
    public static final String TASK_COMMITTED = "trainer.task-committed";
    /** Before the lease is looked after. */
    public static final String SIGN_OF_LIFE = "trainer.sign-of-life";

    private TrainerFaults() {}
}
