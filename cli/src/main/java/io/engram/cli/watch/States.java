package io.engram.cli.watch;

import io.engram.proto.trainer.v1.RunState;
import java.util.Locale;

/** States of runs, in words. */
public final class States {
    private static final String PREFIX = "RUN_STATE_";

    private States() {}

    public static String name(RunState state) {
        return state == RunState.UNRECOGNIZED
                ? "in a state that this command does not know"
                : state.name().substring(PREFIX.length()).toLowerCase(Locale.ROOT);
    }

    public static boolean hasEnded(RunState state) {
        return switch (state) {
            case RUN_STATE_SUCCEEDED, RUN_STATE_FAILED, RUN_STATE_CANCELLED -> true;
            case RUN_STATE_UNSPECIFIED, RUN_STATE_QUEUED, RUN_STATE_RUNNING, UNRECOGNIZED -> false;
        };
    }
}
