package io.engram.proto.name;

import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code runs/{run}/tasks/{task}}: the name of one task of a run; tasks are counted from 0. */
public record TaskName(RunName run, int taskIndex) {
    private static final Pattern PATTERN = Pattern.compile("runs/([^/]*)/tasks/(0|[1-9][0-9]{0,8})");

    /** @throws IllegalArgumentException where the index is negative */
    public TaskName {
        if (taskIndex < 0) {
            throw new IllegalArgumentException("task index was " + taskIndex + "; allowed: 0 or more");
        }
    }

    /**
     * Reads a name from a request.
     *
     * @param field the field of the request it came in
     * @throws ApiException INVALID_ARGUMENT where it is no name of a task
     */
    public static TaskName parse(String field, String name) {
        Matcher matcher = PATTERN.matcher(name);
        if (!matcher.matches() || !ResourceId.isValid(matcher.group(1))) {
            throw ApiException.invalid(
                    ErrorReason.INVALID_ARGUMENT,
                    field,
                    name,
                    "runs/{run}/tasks/{task}, run being " + ResourceId.ALLOWED + ", task being 0 or more");
        }
        return new TaskName(new RunName(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** The name as messages carry it. */
    @Override
    public String toString() {
        return run + "/tasks/" + taskIndex;
    }
}
