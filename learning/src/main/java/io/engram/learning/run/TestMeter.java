package io.engram.learning.run;

import io.engram.learning.metric.TaskScore;
import java.util.OptionalLong;

/** Counts right answers on the test set of one task. */
public final class TestMeter {
    private final int taskIndex;
    private long correct;
    private long amongAll;
    private long amongOwn;
    private long total;
    private final boolean bringsClasses;

    /** @param bringsClasses whether the task has classes of its own, so that there are two ways to count */
    TestMeter(int taskIndex, boolean bringsClasses) {
        this.taskIndex = taskIndex;
        this.bringsClasses = bringsClasses;
    }

    void add(Inference inference) {
        correct += inference.correct();
        amongAll += inference.amongAll();
        amongOwn += inference.amongOwn();
        total += inference.predictions().length;
    }

    TaskScore score() {
        return bringsClasses
                ? new TaskScore(taskIndex, correct, total, OptionalLong.of(amongAll), OptionalLong.of(amongOwn))
                : new TaskScore(taskIndex, correct, total);
    }
}
