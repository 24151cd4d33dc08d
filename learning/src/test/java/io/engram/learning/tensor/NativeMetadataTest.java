package io.engram.learning.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What a native executable must be told of: classes that the engine's glue looks up by name, and files it reads. */
class NativeMetadataTest {
    private static final String METADATA =
            "/META-INF/native-image/io.engram/engram-learning/reachability-metadata.json";
    private static final String GLUE = "/jnilib/linux-x86_64/cpu/libdjl_torch.so";
    /** How a class is named in a call of JNI's {@code FindClass}: a whole string of the library. */
    private static final Pattern CLASS_NAME = Pattern.compile("\0((?:java|ai|org)/(?:\\w+/)+[A-Z][\\w$]*)\0");

    @Test
    void everyClassThatTheGlueLooksUpIsKnown() throws IOException {
        Set<String> lookedUp = new TreeSet<>();
        Matcher names = CLASS_NAME.matcher(new String(read(GLUE), StandardCharsets.ISO_8859_1));
        for (int from = 0; names.find(from); from = names.end() - 1) {
            lookedUp.add(names.group(1).replace('/', '.'));
        }

        assertThat(lookedUp).contains("ai.djl.pytorch.jni.JniUtils", "ai.djl.engine.EngineException");
        assertThat(known("reflection", "type")).containsAll(lookedUp);
    }

    @Test
    void everyKnownClassExists() throws IOException {
        assertThat(known("reflection", "type")).isNotEmpty().allSatisfy(name -> assertThat(Class.forName(name))
                .isNotNull());
    }

    @Test
    void everyKnownFileExists() throws IOException {
        assertThat(known("resources", "glob"))
                .isNotEmpty()
                .filteredOn(glob -> !glob.contains("*"))
                .allSatisfy(file -> assertThat(NativeMetadataTest.class.getResource("/" + file))
                        .isNotNull());
    }

    private static Set<String> known(String list, String field) throws IOException {
        try (InputStream file = NativeMetadataTest.class.getResourceAsStream(METADATA);
                InputStreamReader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            JsonObject metadata = new Gson().fromJson(reader, JsonObject.class);
            return StreamSupport.stream(metadata.getAsJsonArray(list).spliterator(), false)
                    .map(JsonElement::getAsJsonObject)
                    .map(entry -> entry.get(field).getAsString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static byte[] read(String resource) throws IOException {
        try (InputStream file = NativeMetadataTest.class.getResourceAsStream(resource)) {
            return file.readAllBytes();
        }
    }
}
