package io.engram.learning.setting;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One setting of a catalog entry: its name, what it does, the value it takes when left out, and what is allowed. Enough
 * to build a form from.
 */
public sealed interface Setting {

    String name();

    String description();

    /** The value when left out: {@link Double}, {@link Boolean}, {@link String}, or a list of {@link Double}. */
    Object defaultValue();

    /** What is allowed, for people, for example {@code greater than 0, at most 1}. */
    String allowed();

    /** A value as a message shows it: texts in quotes, whole numbers as such. */
    static String show(Object value) {
        if (value instanceof String) {
            return "\"" + value + "\"";
        }
        if (value instanceof Double number) {
            return number == Math.rint(number) && Math.abs(number) < 1e9
                    ? Long.toString(number.longValue())
                    : number.toString();
        }
        return value instanceof List<?> list
                ? list.stream().map(Setting::show).collect(Collectors.joining(", ", "[", "]"))
                : String.valueOf(value);
    }

    /** The value in the setting's own type, or empty where it is not allowed. */
    Optional<Object> accept(Object value);

    /**
     * A real number between bounds.
     *
     * @param minimum the smallest value
     * @param exclusiveMinimum whether {@code minimum} itself is refused
     * @param maximum the largest value, which is allowed
     */
    record Number(
            String name,
            String description,
            Double defaultValue,
            double minimum,
            boolean exclusiveMinimum,
            double maximum)
            implements Setting {
        @Override
        public String allowed() {
            return (exclusiveMinimum ? "greater than " : "at least ") + show(minimum) + ", at most " + show(maximum);
        }

        @Override
        public Optional<Object> accept(Object value) {
            boolean ok = value instanceof Double d && (exclusiveMinimum ? d > minimum : d >= minimum) && d <= maximum;
            return ok ? Optional.of(value) : Optional.empty();
        }
    }

    /**
     * A whole number between bounds, which are allowed.
     *
     * @param minimum the smallest value
     * @param maximum the largest value
     */
    record Whole(String name, String description, Double defaultValue, int minimum, int maximum) implements Setting {
        public Whole(String name, String description, int defaultValue, int minimum, int maximum) {
            this(name, description, (double) defaultValue, minimum, maximum);
        }

        @Override
        public String allowed() {
            return "a whole number, " + minimum + " to " + maximum;
        }

        @Override
        public Optional<Object> accept(Object value) {
            boolean ok = value instanceof Double d && d == Math.rint(d) && d >= minimum && d <= maximum;
            return ok ? Optional.of(value) : Optional.empty();
        }
    }

    /**
     * A yes or no.
     */
    record Flag(String name, String description, Boolean defaultValue) implements Setting {
        @Override
        public String allowed() {
            return "true or false";
        }

        @Override
        public Optional<Object> accept(Object value) {
            return value instanceof Boolean ? Optional.of(value) : Optional.empty();
        }
    }

    /**
     * One of a few words.
     *
     * @param values the words
     */
    record Choice(String name, String description, String defaultValue, List<String> values) implements Setting {
        public Choice {
            values = List.copyOf(values);
        }

        @Override
        public String allowed() {
            return "one of " + String.join(", ", values);
        }

        @Override
        public Optional<Object> accept(Object value) {
            return values.contains(value) ? Optional.of(value) : Optional.empty();
        }
    }

    /**
     * A list of whole numbers.
     *
     * @param minimum the smallest entry
     * @param maximum the largest entry
     * @param maximumLength the longest list
     */
    record IntegerList(
            String name, String description, List<Double> defaultValue, int minimum, int maximum, int maximumLength)
            implements Setting {
        @Override
        public String allowed() {
            return "a list of at most " + maximumLength + " whole numbers, each " + minimum + " to " + maximum;
        }

        @Override
        public Optional<Object> accept(Object value) {
            return value instanceof List<?> list
                            && list.size() <= maximumLength
                            && list.stream().allMatch(this::isEntry)
                    ? Optional.of(List.copyOf(list))
                    : Optional.empty();
        }

        private boolean isEntry(Object entry) {
            return entry instanceof Double d && d == Math.rint(d) && d >= minimum && d <= maximum;
        }
    }
}
