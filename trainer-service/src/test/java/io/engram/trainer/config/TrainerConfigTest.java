package io.engram.trainer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.trainer.application.TrainerSettings;
import io.engram.trainer.replay.BufferAddress;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Runs on the JVM alone: it calls classes, and the tests of the running service set the same properties of both. */
class TrainerConfigTest {
    private static final Map<String, String> EVERY_PROPERTY = Map.ofEntries(
            Map.entry("artifactDir", "/elsewhere"),
            Map.entry("dataDir", "/data"),
            Map.entry("dataMemoryBytes", "9"),
            Map.entry("dataDeviceBytes", "10"),
            Map.entry("scratchDir", "/scratch"),
            Map.entry("computeThreads", "3"),
            Map.entry("replay", "in-process"),
            Map.entry("bufferAddress", "buffer:1"),
            Map.entry("bufferTimeout", "1s"),
            Map.entry("lease", "2s"),
            Map.entry("heartBeat", "4s"),
            Map.entry("poll", "5s"),
            Map.entry("watchInterval", "6s"),
            Map.entry("attemptLimit", "7"),
            Map.entry("retryPause", "8s"));

    @Test
    void everyPropertyIsKnownToThisTest() {
        assertThat(Arrays.stream(TrainerConfig.class.getDeclaredMethods()).map(Method::getName))
                .containsExactlyInAnyOrderElementsOf(EVERY_PROPERTY.keySet());
    }

    @Test
    void theDefaultsAreTheDocumentedOnes() {
        TrainerConfig config = config(Map.of());

        assertThat(config.artifactDir()).isEqualTo(Path.of("artifacts"));
        assertThat(config.dataDir()).isEmpty();
        assertThat(config.dataMemoryBytes()).isEqualTo(1L << 30);
        assertThat(config.dataDeviceBytes()).isEqualTo(4L << 30);
        assertThat(config.scratchDir()).isEmpty();
        assertThat(config.computeThreads()).isZero();
        assertThat(config.replay()).isEqualTo(TrainerConfig.Replay.BUFFER_SERVICE);
        assertThat(config.bufferAddress()).isEqualTo("localhost:9102");
        assertThat(config.bufferTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.lease()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.heartBeat()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.poll()).isEqualTo(Duration.ofMillis(200));
        assertThat(config.watchInterval()).isEqualTo(Duration.ofMillis(250));
        assertThat(config.attemptLimit()).isEqualTo(5);
        assertThat(config.retryPause()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void everyPropertyCanBeSet() {
        TrainerConfig config = config(EVERY_PROPERTY);

        assertThat(config.artifactDir()).isEqualTo(Path.of("/elsewhere"));
        assertThat(config.dataDir()).isEqualTo(Optional.of(Path.of("/data")));
        assertThat(config.computeThreads()).isEqualTo(3);
        assertThat(config.replay()).isEqualTo(TrainerConfig.Replay.IN_PROCESS);
        assertThat(config.bufferAddress()).isEqualTo("buffer:1");
        assertThat(config.bufferTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.lease()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.heartBeat()).isEqualTo(Duration.ofSeconds(4));
        assertThat(config.poll()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.watchInterval()).isEqualTo(Duration.ofSeconds(6));
        assertThat(config.attemptLimit()).isEqualTo(7);
        assertThat(config.retryPause()).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void aLeaseThatOneLateHeartBeatWouldLoseIsRefused() {
        Duration second = Duration.ofSeconds(1);

        assertThatThrownBy(() -> new TrainerSettings("t", second, second, second, 5, second))
                .hasMessageContaining("engram.trainer.lease")
                .hasMessageContaining("at least twice heart-beat");
    }

    @Test
    void threadsAndAddressOutOfBoundsAreRefused() {
        assertThatThrownBy(() -> ComputeThreads.of(-1)).hasMessageContaining("ENGRAM_COMPUTE_THREADS");
        assertThatThrownBy(() -> new BufferAddress("localhost")).hasMessageContaining("ENGRAM_BUFFER_ADDRESS");
        assertThat(ComputeThreads.of(0)).isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    private static TrainerConfig config(Map<String, String> properties) {
        Map<String, String> named = new HashMap<>();
        properties.forEach((name, value) -> named.put("engram.trainer." + dashed(name), value));
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(TrainerConfig.class)
                .withConverter(Duration.class, 200, TrainerConfigTest::duration)
                .withSources(new PropertiesConfigSource(named, "test", 100))
                .build()
                .getConfigMapping(TrainerConfig.class);
    }

    /** Quarkus reads {@code 5s} so; plain SmallRye reads ISO 8601 only. */
    private static Duration duration(String text) {
        return text.endsWith("ms")
                ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                : Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)));
    }

    private static String dashed(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
