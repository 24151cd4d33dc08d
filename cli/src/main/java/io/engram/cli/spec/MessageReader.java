package io.engram.cli.spec;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Walks a YAML tree along the description of a message and collects every problem on the way. */
final class MessageReader {
    private final List<SpecProblem> problems = new ArrayList<>();

    List<SpecProblem> problems() {
        return problems;
    }

    void read(Node node, Message.Builder target) {
        message(node, target, "");
    }

    private void message(Node node, Message.Builder target, String path) {
        if (!(node instanceof MappingNode mapping)) {
            Descriptor type = target.getDescriptorForType();
            problem(node, path, "was " + Scalars.show(node) + "; allowed: fields of its own (" + names(type) + ")");
            return;
        }
        Map<String, Integer> seen = new HashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            String key = Scalars.text(entry.getKeyNode());
            Optional<FieldDescriptor> field = find(target.getDescriptorForType(), key);
            if (field.isEmpty()) {
                unknown(entry.getKeyNode(), key, target.getDescriptorForType(), path);
            } else if (isNew(entry.getKeyNode(), field.get(), seen, path)) {
                field(
                        entry.getValueNode(),
                        field.get(),
                        target,
                        join(path, field.get().getName()));
            }
        }
        oneChoice(mapping, target.getDescriptorForType(), seen.keySet(), path);
    }

    private boolean isNew(Node key, FieldDescriptor field, Map<String, Integer> seen, String path) {
        Integer before = seen.putIfAbsent(field.getName(), Scalars.line(key));
        if (before != null) {
            problem(key, join(path, field.getName()), "is given twice, first in line " + before);
        }
        return before == null;
    }

    private void oneChoice(Node node, Descriptor type, Set<String> given, String path) {
        for (OneofDescriptor choice : type.getRealOneofs()) {
            List<String> both = choice.getFields().stream()
                    .map(FieldDescriptor::getName)
                    .filter(given::contains)
                    .toList();
            if (both.size() > 1) {
                problem(node, path, "has " + String.join(" and ", both) + "; allowed: one of them");
            }
        }
    }

    private void unknown(Node key, String name, Descriptor type, String path) {
        Set<String> known = new LinkedHashSet<>();
        type.getFields().forEach(field -> known.add(field.getName()));
        String meant = Suggestion.of(name, known)
                .map(word -> "; did you mean `" + word + "`?")
                .orElse(".");
        problem(key, join(path, name), "there is no such field" + meant + " Allowed here: " + names(type));
    }

    private void field(Node node, FieldDescriptor field, Message.Builder target, String path) {
        if (Scalars.isNull(node)) {
            return;
        }
        if (field.isRepeated()) {
            list(node, field, target, path);
        } else if (field.getJavaType() == JavaType.MESSAGE) {
            nested(node, field, target, path);
        } else {
            scalar(node, field, path).ifPresent(value -> target.setField(field, value));
        }
    }

    private void nested(Node node, FieldDescriptor field, Message.Builder target, String path) {
        if (field.getMessageType().equals(Struct.getDescriptor())) {
            target.setField(field, new SettingsReader(this::problem).read(node, path));
            return;
        }
        Message.Builder nested = target.newBuilderForField(field);
        message(node, nested, path);
        target.setField(field, nested.build());
    }

    private void list(Node node, FieldDescriptor field, Message.Builder target, String path) {
        if (!(node instanceof SequenceNode sequence)) {
            problem(node, path, "was " + Scalars.show(node) + "; allowed: a list such as [0, 1, 2]");
            return;
        }
        int index = 0;
        for (Node item : sequence.getValue()) {
            scalar(item, field, path + "[" + index++ + "]").ifPresent(value -> target.addRepeatedField(field, value));
        }
    }

    private Optional<Object> scalar(Node node, FieldDescriptor field, String path) {
        Optional<Object> value = node instanceof ScalarNode scalar ? Scalars.read(scalar, field) : Optional.empty();
        if (value.isEmpty()) {
            problem(node, path, "was " + Scalars.show(node) + "; allowed: " + Scalars.allowed(field));
        }
        return value;
    }

    private void problem(Node node, String path, String message) {
        problems.add(new SpecProblem(Scalars.line(node), path, message));
    }

    private static Optional<FieldDescriptor> find(Descriptor type, String name) {
        return type.getFields().stream()
                .filter(field ->
                        field.getName().equals(name) || field.getJsonName().equals(name))
                .findFirst();
    }

    private static String names(Descriptor type) {
        return type.getFields().stream().map(FieldDescriptor::getName).collect(Collectors.joining(", "));
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
