package io.engram.learning.run;

import io.engram.learning.metric.TaskScore;

/** Counts right answers on the test set of one task. */
public final class TestMeter {
    private final int taskIndex;
    private long correct;
    private long total;

    TestMeter(int taskIndex) {
        this.taskIndex = taskIndex;
    }

    void add(Inference inference) {
        correct += inference.correct();
        total += inference.predictions().length;
    }

    TaskScore score() {
        return new TaskScore(taskIndex, correct, total);
    }
}
