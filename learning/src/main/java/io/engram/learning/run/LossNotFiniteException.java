package io.engram.learning.run;

import io.engram.learning.setting.Component;

/** The loss became infinite or not a number: training diverged. The message names the step and the setting to look at. */
public final class LossNotFiniteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LossNotFiniteException(float loss, int taskIndex, long step, Component optimizer) {
        super("the loss became " + loss + " at step " + step + ", in task " + taskIndex
                + ": training diverged. Look at optimizer.settings.learning_rate, which is "
                + optimizer.settings().get("learning_rate") + "; try a tenth of it");
    }
}
