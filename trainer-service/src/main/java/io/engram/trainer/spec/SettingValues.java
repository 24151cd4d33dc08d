package io.engram.trainer.spec;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.engram.proto.error.FieldViolation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings between {@link Struct} and plain Java: numbers, booleans, strings, and lists of them. */
public final class SettingValues {
    private static final String ALLOWED = "a number, true or false, a text, or a list of them";

    private SettingValues() {}

    /** The settings that are of an allowed kind; the others become violations under {@code path}. */
    static Map<String, Object> read(String path, Struct settings, List<FieldViolation> violations) {
        Map<String, Object> read = new LinkedHashMap<>();
        settings.getFieldsMap().forEach((name, value) -> value(path + "." + name, value, true, violations)
                .ifPresent(plain -> read.put(name, plain)));
        return read;
    }

    private static Optional<Object> value(
            String path, Value value, boolean listAllowed, List<FieldViolation> violations) {
        return switch (value.getKindCase()) {
            case NUMBER_VALUE -> Optional.of(value.getNumberValue());
            case BOOL_VALUE -> Optional.of(value.getBoolValue());
            case STRING_VALUE -> Optional.of(value.getStringValue());
            case LIST_VALUE ->
                listAllowed
                        ? list(path, value.getListValue(), violations)
                        : refuse(path, "a list within a list", violations);
            case STRUCT_VALUE -> refuse(path, "an object", violations);
            default -> refuse(path, "null", violations);
        };
    }

    private static Optional<Object> list(String path, ListValue list, List<FieldViolation> violations) {
        int before = violations.size();
        List<Object> read = new ArrayList<>(list.getValuesCount());
        for (int i = 0; i < list.getValuesCount(); i++) {
            value(path + "[" + i + "]", list.getValues(i), false, violations).ifPresent(read::add);
        }
        return violations.size() == before ? Optional.of(read) : Optional.empty();
    }

    private static Optional<Object> refuse(String path, String what, List<FieldViolation> violations) {
        violations.add(new FieldViolation(path, what, ALLOWED));
        return Optional.empty();
    }

    public static Struct write(Map<String, Object> settings) {
        Struct.Builder struct = Struct.newBuilder();
        settings.forEach((name, value) -> struct.putFields(name, toValue(value)));
        return struct.build();
    }

    /** @throws IllegalArgumentException where the value is of no allowed kind */
    public static Value toValue(Object plain) {
        if (plain instanceof Double number) {
            return Value.newBuilder().setNumberValue(number).build();
        } else if (plain instanceof Boolean flag) {
            return Value.newBuilder().setBoolValue(flag).build();
        } else if (plain instanceof String text) {
            return Value.newBuilder().setStringValue(text).build();
        } else if (plain instanceof List<?> list) {
            ListValue.Builder values = ListValue.newBuilder();
            list.forEach(entry -> values.addValues(toValue(entry)));
            return Value.newBuilder().setListValue(values).build();
        }
        throw new IllegalArgumentException("no setting has the value " + plain);
    }
}
