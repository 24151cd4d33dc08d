package io.engram.learning.method;

/** How a method uses the replay memory of its run. */
public enum Replay {
    /** Not at all. */
    NONE(false, false, Added.NOTHING),
    /** Every batch is remembered as it is trained on, and each step replays a batch of what was remembered before it. */
    STREAM(true, true, Added.NOTHING),
    /**
     * As {@link #STREAM}, and with each sample the logits the model gave it when it was trained on, before the update.
     */
    STREAM_WITH_LOGITS(true, true, Added.LOGITS),
    /**
     * As {@link #STREAM}, and with each sample the score that the method gave it when it was trained on, before the update, for an
     * insertion policy that decides by it.
     */
    STREAM_WITH_SCORES(true, true, Added.SCORE),
    /** Each step replays a batch; what is remembered is the method's decision, around a task. */
    EXEMPLARS(true, false, Added.NOTHING);

    private final boolean memory;
    private final boolean remembersStream;
    private final Added added;

    Replay(boolean memory, boolean remembersStream, Added added) {
        this.memory = memory;
        this.remembersStream = remembersStream;
        this.added = added;
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
        return added == Added.LOGITS;
    }

    /** Whether a score is remembered with each sample. */
    public boolean withScores() {
        return added == Added.SCORE;
    }

    /** Whether something that a step finds is remembered with its samples. */
    public boolean remembersOutcome() {
        return added != Added.NOTHING;
    }

    /** What is remembered with a sample. */
    private enum Added {
        NOTHING,
        LOGITS,
        SCORE
    }
}
