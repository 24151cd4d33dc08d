package io.engram.proto.name;

import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;

/** {@code runs/{run}}: the name of a run. */
public record RunName(String run) {
    private static final String PREFIX = "runs/";

    /** @throws IllegalArgumentException where the id is none */
    public RunName {
        if (!ResourceId.isValid(run)) {
            throw new IllegalArgumentException("run id was " + run + "; allowed: " + ResourceId.ALLOWED);
        }
    }

    /**
     * Reads a name from a request.
     *
     * @param field the field of the request it came in
     * @throws ApiException INVALID_ARGUMENT where it is no name of a run
     */
    public static RunName parse(String field, String name) {
        if (!name.startsWith(PREFIX) || !ResourceId.isValid(name.substring(PREFIX.length()))) {
            throw ApiException.invalid(
                    ErrorReason.INVALID_ARGUMENT, field, name, "runs/{run}, run being " + ResourceId.ALLOWED);
        }
        return new RunName(name.substring(PREFIX.length()));
    }

    /** The name of one of its tasks. */
    public TaskName task(int taskIndex) {
        return new TaskName(this, taskIndex);
    }

    /** The name as messages carry it. */
    @Override
    public String toString() {
        return PREFIX + run;
    }
}
