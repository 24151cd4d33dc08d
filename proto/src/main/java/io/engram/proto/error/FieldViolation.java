package io.engram.proto.error;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A field that is refused.
 *
 * @param field its path in the request, for example {@code method.settings.lambda}
 * @param value the value it had, shortened where it is long
 * @param allowed what is allowed, in words
 */
public record FieldViolation(String field, String value, String allowed) {
    private static final int LONGEST_VALUE = 200;
    private static final Pattern DESCRIPTION = Pattern.compile("was (.*?); allowed: (.*)", Pattern.DOTALL);

    /** Shortens long values, so that nothing a caller sends comes back in full. */
    public FieldViolation {
        if (value.length() > LONGEST_VALUE) {
            value = value.substring(0, LONGEST_VALUE) + "…";
        }
    }

    /** The sentence that travels in BadRequest: {@code was X; allowed: Y}. */
    public String description() {
        return "was " + (value.isEmpty() ? "empty" : value) + "; allowed: " + allowed;
    }

    /** Reads back what {@link #description} wrote; empty where the sentence is somebody else's. */
    static Optional<FieldViolation> fromDescription(String field, String description) {
        Matcher matcher = DESCRIPTION.matcher(description);
        return matcher.matches()
                ? Optional.of(new FieldViolation(field, matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }

    /** {@code field: was X; allowed: Y}. */
    @Override
    public String toString() {
        return field + ": " + description();
    }
}
