package io.engram.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the executable of the command must be told of: classes that libraries look up by name. Runs on the JVM alone: it looks
 * for them on the class path, which an executable has no more.
 */
class NativeMetadataTest {
    private static final String METADATA = "META-INF/native-image/io.engram/engram-cli/reachability-metadata.json";

    @ParameterizedTest
    @ValueSource(strings = {"LoadBalancerProvider", "NameResolverProvider", "ManagedChannelProvider"})
    void everyProviderOfGrpcIsKnown(String service) throws IOException {
        Set<String> providers = new TreeSet<>();
        for (URL file : files("META-INF/services/io.grpc." + service)) {
            text(file)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(providers::add);
        }

        assertThat(providers).isNotEmpty();
        assertThat(known()).containsAll(providers);
    }

    @Test
    void everyKnownClassExists() throws IOException {
        assertThat(known()).isNotEmpty().allSatisfy(name -> assertThat(Class.forName(name))
                .isNotNull());
    }

    private static Set<String> known() throws IOException {
        Struct.Builder metadata = Struct.newBuilder();
        JsonFormat.parser().merge(text(files(METADATA).get(0)), metadata);
        return metadata.getFieldsOrThrow("reflection").getListValue().getValuesList().stream()
                .map(Value::getStructValue)
                .map(entry -> entry.getFieldsOrThrow("type").getStringValue())
                .collect(Collectors.toSet());
    }

    private static List<URL> files(String name) throws IOException {
        return Collections.list(NativeMetadataTest.class.getClassLoader().getResources(name));
    }

    private static String text(URL file) throws IOException {
        try (InputStream stream = file.openStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
