package io.engram.replay;

/**
 * One value that is not allowed.
 *
 * @param field where it was, e.g. {@code capacity} or {@code labels[3]}
 * @param value what it was
 * @param allowed what would have been right
 */
public record Violation(String field, String value, String allowed) {
    @Override
    public String toString() {
        return field + " was " + value + "; allowed: " + allowed;
    }
}
