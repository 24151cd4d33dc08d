package io.engram.learning.method;

/** How a method uses the replay memory of its run. */
public enum Replay {
    /** Not at all. */
    NONE(false, false, false),
    /** Every batch is remembered as it is trained on, and each step replays a batch of what was remembered before it. */
    STREAM(true, true, false),
    /**
     * As {@link #STREAM}, and with each sample the logits the model gave it when it was trained on, before the update.
     */
    STREAM_WITH_LOGITS(true, true, true),
    /** Each step replays a batch; what is remembered is the method's decision, around a task. */
    EXEMPLARS(true, false, false);

    private final boolean memory;
    private final boolean remembersStream;
    private final boolean logits;

    Replay(boolean memory, boolean remembersStream, boolean logits) {
        this.memory = memory;
        this.remembersStream = remembersStream;
        this.logits = logits;
    }

    public boolean usesMemory() {
        return memory;
    }

    /** Whether the loop remembers every batch that is trained on. */
    public boolean remembersStream() {
        return remembersStream;
    }

    /** Whether logits are remembered with the samples. */
    public boolean withLogits() {
        return logits;
    }
}
