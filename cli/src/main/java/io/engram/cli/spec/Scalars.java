package io.engram.cli.spec;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.math.BigDecimal;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Single values. Numbers and truth values are what JSON takes for them: YAML 1.1 would read {@code 1e-3} as a text,
 * {@code no} as false and {@code 1:30} as 90.
 */
final class Scalars {
    private static final int LONGEST_SHOWN = 60;
    private static final int LONGEST_NUMBER = 40;

    private Scalars() {}

    static Optional<Object> read(ScalarNode node, FieldDescriptor field) {
        String text = node.getValue();
        return switch (field.getJavaType()) {
            case INT -> integer(node, Integer.MIN_VALUE, Integer.MAX_VALUE).map(Long::intValue);
            case LONG -> integer(node, Long.MIN_VALUE, Long.MAX_VALUE).map(Long::valueOf);
            case DOUBLE -> number(node).map(BigDecimal::doubleValue);
            case FLOAT -> number(node).map(BigDecimal::floatValue);
            case BOOLEAN -> bool(node).map(Boolean::valueOf);
            case STRING -> Optional.of(text);
            case BYTE_STRING, ENUM, MESSAGE -> Optional.empty();
        };
    }

    static String allowed(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case INT, LONG -> "an integer";
            case DOUBLE, FLOAT -> "a number";
            case BOOLEAN -> "true or false";
            default -> "a text";
        };
    }

    static Optional<Boolean> bool(ScalarNode node) {
        boolean isOne = isPlain(node)
                && (node.getValue().equals("true") || node.getValue().equals("false"));
        return isOne ? Optional.of(node.getValue().equals("true")) : Optional.empty();
    }

    static Optional<BigDecimal> number(ScalarNode node) {
        if (!isPlain(node) || node.getValue().length() > LONGEST_NUMBER) {
            return Optional.empty();
        }
        try {
            BigDecimal number = new BigDecimal(node.getValue());
            return Double.isFinite(number.doubleValue()) ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> integer(ScalarNode node, long least, long most) {
        return number(node)
                .filter(number -> Math.abs((long) number.precision() - number.scale()) <= LONGEST_NUMBER)
                .filter(number -> number.stripTrailingZeros().scale() <= 0)
                .filter(number -> number.compareTo(BigDecimal.valueOf(least)) >= 0)
                .filter(number -> number.compareTo(BigDecimal.valueOf(most)) <= 0)
                .map(BigDecimal::longValueExact);
    }

    static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar
                && isPlain(scalar)
                && (scalar.getValue().isEmpty()
                        || scalar.getValue().equals("null")
                        || scalar.getValue().equals("~"));
    }

    static boolean isPlain(ScalarNode node) {
        return node.getScalarStyle() == ScalarStyle.PLAIN;
    }

    /** The text of a key; something that no field is called where it is no text. */
    static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : show(node);
    }

    /** A value as a message shows it. */
    static String show(Node node) {
        if (node instanceof ScalarNode scalar) {
            String text = scalar.getValue();
            return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : "`" + text + "`";
        }
        return node instanceof MappingNode ? "a mapping" : "a list";
    }

    /** 1-based. */
    static int line(Node node) {
        return node.getStartMark() == null ? 0 : node.getStartMark().getLine() + 1;
    }
}
