package io.engram.proto.error;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Something that was asked for cannot be done, with everything a caller needs to know about it. Thrown inside services and
 * turned into a status at their edge; thrown by clients that read such a status.
 */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Violations that the message tells in full; all of them are in {@link #violations}. */
    private static final int SUMMARISED = 5;
    /** Violations that are kept; how many more there were is in {@link #metadata}. */
    private static final int MOST_VIOLATIONS = 100;
    /** The metadata that counts violations which are not told. */
    static final String LEFT_OUT = "violations_left_out";

    private final ErrorReason reason;
    private final transient List<FieldViolation> violations;
    private final transient Map<String, String> metadata;

    private ApiException(
            ErrorReason reason,
            String message,
            List<FieldViolation> violations,
            Map<String, String> metadata,
            Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.violations = List.copyOf(violations);
        this.metadata = Map.copyOf(metadata);
    }

    /** A refusal without fields. */
    public static ApiException of(ErrorReason reason, String message) {
        return new ApiException(reason, message, List.of(), Map.of(), null);
    }

    /** A refusal that follows from another exception. */
    public static ApiException of(ErrorReason reason, String message, Throwable cause) {
        return new ApiException(reason, message, List.of(), Map.of(), cause);
    }

    /** One refused field. */
    public static ApiException invalid(ErrorReason reason, String field, String value, String allowed) {
        return invalid(reason, List.of(new FieldViolation(field, value, allowed)));
    }

    /**
     * Refused fields: the first hundred, and in the metadata {@code violations_left_out} how many more there are.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static ApiException invalid(ErrorReason reason, List<FieldViolation> violations) {
        if (violations.isEmpty()) {
            throw new IllegalArgumentException("no violation");
        }
        int kept = Math.min(MOST_VIOLATIONS, violations.size());
        Map<String, String> metadata =
                kept < violations.size() ? Map.of(LEFT_OUT, Integer.toString(violations.size() - kept)) : Map.of();
        return new ApiException(reason, summary(violations), violations.subList(0, kept), metadata, null);
    }

    private static String summary(List<FieldViolation> violations) {
        if (violations.size() == 1) {
            return violations.get(0).toString();
        }
        String first = violations.stream()
                .limit(SUMMARISED)
                .map(FieldViolation::toString)
                .collect(Collectors.joining(" | "));
        String rest = violations.size() > SUMMARISED ? " | and " + (violations.size() - SUMMARISED) + " more" : "";
        return violations.size() + " fields are refused: " + first + rest;
    }

    /** The same with one more entry of metadata, which travels in ErrorInfo. */
    public ApiException with(String key, String value) {
        Map<String, String> more = new TreeMap<>(metadata);
        more.put(key, value);
        return new ApiException(reason, getMessage(), violations, more, getCause());
    }

    static ApiException read(
            ErrorReason reason,
            String message,
            List<FieldViolation> violations,
            Map<String, String> metadata,
            Throwable cause) {
        return new ApiException(reason, message, violations, metadata, cause);
    }

    /** Why. */
    public ErrorReason reason() {
        return reason;
    }

    /** The refused fields; empty where it is not about fields. */
    public List<FieldViolation> violations() {
        return violations;
    }

    /** How many refused fields there are beside {@link #violations}. */
    public int violationsLeftOut() {
        String count = metadata.getOrDefault(LEFT_OUT, "0");
        return count.matches("\\d{1,9}") ? Integer.parseInt(count) : 0;
    }

    /** Further facts by name, for example {@code limit}. */
    public Map<String, String> metadata() {
        return metadata;
    }
}
