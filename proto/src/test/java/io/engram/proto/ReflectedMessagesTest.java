package io.engram.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.rpc.ErrorDetailsProto;
import io.engram.proto.buffer.v1.BufferOuterClass;
import io.engram.proto.evaluator.v1.Evaluator;
import io.engram.proto.event.v1.Events;
import io.engram.proto.trainer.v1.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Protocol Buffers read and print messages by reflection; a native executable must know of every one. {@code
 * -Dengram.writeDocs=true} writes the list anew.
 */
class ReflectedMessagesTest {
    private static final Path METADATA = Path.of(
            System.getProperty("engram.home"),
            "proto/src/main/resources/META-INF/native-image/io.engram/engram-proto/reachability-metadata.json");

    private final SortedSet<String> classes = new TreeSet<>();
    private final SortedSet<String> files = new TreeSet<>();

    @Test
    void everyMessageOfTheContractIsKnownToANativeExecutable() throws IOException {
        Stream.of(
                        BufferOuterClass.getDescriptor(),
                        Evaluator.getDescriptor(),
                        Events.getDescriptor(),
                        Trainer.getDescriptor(),
                        ErrorDetailsProto.getDescriptor())
                .forEach(this::add);
        String metadata = classes.stream()
                .map("    {\"type\": \"%s\", \"allPublicMethods\": true}"::formatted)
                .collect(Collectors.joining(",\n", "{\n  \"reflection\": [\n", "\n  ]\n}\n"));
        if (Boolean.getBoolean("engram.writeDocs")) {
            Files.createDirectories(METADATA.getParent());
            Files.writeString(METADATA, metadata);
        }

        assertThat(Files.readString(METADATA)).isEqualTo(metadata);
        assertThat(classes).allSatisfy(name -> assertThat(Class.forName(name)).isNotNull());
    }

    private void add(FileDescriptor file) {
        if (files.add(file.getName())) {
            file.getDependencies().forEach(this::add);
            file.getMessageTypes().forEach(message -> add(prefix(file), message));
            file.getEnumTypes().forEach(type -> add(prefix(file), type));
        }
    }

    private void add(String prefix, Descriptor message) {
        if (message.getOptions().getMapEntry()) {
            return;
        }
        String name = prefix + message.getName();
        classes.add(name);
        classes.add(name + "$Builder");
        message.getNestedTypes().forEach(nested -> add(name + "$", nested));
        message.getEnumTypes().forEach(type -> add(name + "$", type));
    }

    private void add(String prefix, EnumDescriptor type) {
        classes.add(prefix + type.getName());
    }

    /** Package, and the outer class where a file makes one class. */
    private static String prefix(FileDescriptor file) {
        String inPackage = file.getOptions().getJavaPackage() + ".";
        return file.getOptions().getJavaMultipleFiles()
                ? inPackage
                : inPackage + file.getOptions().getJavaOuterClassname() + "$";
    }
}
