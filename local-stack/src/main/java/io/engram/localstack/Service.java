package io.engram.localstack;

import java.util.Locale;

/** The services of a stack. */
public enum Service {
    TRAINER,
    BUFFER,
    EVALUATOR;

    /** Its name in messages and file names. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its module in the build. */
    public String module() {
        return label() + "-service";
    }
}
