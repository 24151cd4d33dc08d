package io.engram.cli.spec;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Settings of a component: a free map, whose names and values the service knows. */
final class SettingsReader {
    /** Takes what is wrong. */
    interface Problems {
        void add(Node node, String path, String message);
    }

    private final Problems problems;

    SettingsReader(Problems problems) {
        this.problems = problems;
    }

    Struct read(Node node, String path) {
        Struct.Builder settings = Struct.newBuilder();
        if (!(node instanceof MappingNode mapping)) {
            problems.add(node, path, "was " + Scalars.show(node) + "; allowed: settings by name");
            return settings.build();
        }
        for (NodeTuple entry : mapping.getValue()) {
            String name = Scalars.text(entry.getKeyNode());
            if (settings.containsFields(name)) {
                problems.add(entry.getKeyNode(), path + "." + name, "is given twice");
            }
            settings.putFields(name, value(entry.getValueNode(), path + "." + name));
        }
        return settings.build();
    }

    private Value value(Node node, String path) {
        if (node instanceof MappingNode) {
            return Value.newBuilder().setStructValue(read(node, path)).build();
        }
        if (node instanceof SequenceNode sequence) {
            ListValue.Builder list = ListValue.newBuilder();
            sequence.getValue().forEach(item -> list.addValues(value(item, path)));
            return Value.newBuilder().setListValue(list).build();
        }
        return scalar((ScalarNode) node);
    }

    private static Value scalar(ScalarNode node) {
        Value.Builder value = Value.newBuilder();
        if (Scalars.isNull(node)) {
            return value.setNullValue(NullValue.NULL_VALUE).build();
        }
        return Scalars.bool(node)
                .map(value::setBoolValue)
                .or(() -> Scalars.number(node).map(number -> value.setNumberValue(number.doubleValue())))
                .orElseGet(() -> value.setStringValue(node.getValue()))
                .build();
    }
}
