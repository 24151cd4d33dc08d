package io.engram.buffer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.buffer.application.BufferLimits;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs on the JVM alone: it calls classes, and an executable is started with the same settings by end-to-end tests. */
class BufferServiceConfigTest {
    /** Every setting, with a value that is not its default: one that is added and not tested here fails this test. */
    private static final Map<String, String> ALL = Map.of(
            "ENGRAM_BUFFER_MEMORY_BYTES", "1000001",
            "ENGRAM_BUFFER_MAX_BUFFERS", "17",
            "ENGRAM_BUFFER_MAX_SESSIONS", "5",
            "ENGRAM_BUFFER_MAX_MESSAGE_BYTES", "65536",
            "ENGRAM_BUFFER_DIR", "elsewhere");

    @Test
    void everySettingIsReadFromItsEnvironmentVariable() throws IOException {
        BufferServiceConfig config = read(ALL);

        assertThat(config.memoryBytes()).isEqualTo(1_000_001);
        assertThat(config.maxBuffers()).isEqualTo(17);
        assertThat(config.maxSessions()).isEqualTo(5);
        assertThat(config.maxMessageBytes()).isEqualTo(65_536);
        assertThat(config.dir()).isEqualTo(Path.of("elsewhere"));
        assertThat(BufferServiceConfig.class.getDeclaredMethods())
                .extracting(Method::getName)
                .containsExactlyInAnyOrder("memoryBytes", "maxBuffers", "maxSessions", "maxMessageBytes", "dir");
    }

    @Test
    void theDefaultsOfTheFileAreThoseOfTheInterface() throws IOException {
        BufferServiceConfig ofFile = read(Map.of());
        BufferServiceConfig ofInterface = new SmallRyeConfigBuilder()
                .withMapping(BufferServiceConfig.class)
                .build()
                .getConfigMapping(BufferServiceConfig.class);

        assertThat(values(ofFile)).isEqualTo(values(ofInterface));
    }

    @Test
    void aLimitThatMakesNoSenseIsRefusedByItsName() {
        assertThatThrownBy(() -> new BufferLimits(1, 0, 1, 4096))
                .hasMessage("max-buffers was 0; allowed: 1 to 2147483647");
        assertThatThrownBy(() -> new BufferLimits(1, 1, 1, 4095))
                .hasMessage("max-message-bytes was 4095; allowed: 4096 to 1073741824");
    }

    @Test
    void buffersNeverGetMoreThanTheirShareOfTheHeap() {
        assertThat(BufferServiceBeans.memoryBytes(700, 1000)).isEqualTo(700);
        assertThat(BufferServiceBeans.memoryBytes(701, 1000)).isEqualTo(700);
    }

    private static Object[] values(BufferServiceConfig config) {
        return Arrays.asList(
                        config.memoryBytes(),
                        config.maxBuffers(),
                        config.maxSessions(),
                        config.maxMessageBytes(),
                        config.dir())
                .toArray();
    }

    private static BufferServiceConfig read(Map<String, String> environment) throws IOException {
        return config(environment).getConfigMapping(BufferServiceConfig.class);
    }

    private static SmallRyeConfig config(Map<String, String> environment) throws IOException {
        URL file = BufferServiceConfig.class.getResource("/application.properties");
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(file), new PropertiesConfigSource(environment, "test", 300))
                .withMapping(BufferServiceConfig.class)
                .build();
    }
}
