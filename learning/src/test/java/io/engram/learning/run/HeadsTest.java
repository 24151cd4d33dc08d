package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.engram.learning.backbone.Backbone;
import io.engram.learning.backbone.Backbones;
import io.engram.learning.head.Heads;
import io.engram.learning.method.Methods;
import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Component;
import io.engram.learning.setting.Settings;
import io.engram.learning.tensor.TensorProgram;
import io.engram.replay.SplitMix64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Heads by hand, over two features, and each method with each head it works with. */
class HeadsTest {
    private final NDManager manager = Runs.ENGINE.newManager(Device.cpu());

    @AfterEach
    void freeNativeMemory() {
        manager.close();
    }

    /** The cosines of (3, 4) with (1, 0) and (0, 2) are 0.6 and 0.8; the scale is 2. */
    @Test
    void aCosineHeadGivesCosinesTimesItsScale() {
        float[] logits = logits("cosine", Map.of(), new float[] {2}, new float[] {1, 0, 0, 2});

        assertThat(logits).containsExactly(new float[] {1.2f, 1.6f}, offset(1e-6f));
    }

    /**
     * Two proxies a class: cosines 0.6, 0.8 for the first, 1, -0.6 for the second, each weighted by the softmax of the two.
     */
    @Test
    void aSplitCosineHeadWeighsProxiesByTheirSoftmax() {
        float[] logits =
                logits("split-cosine", Map.of("proxies", 2.0), new float[] {1}, new float[] {1, 0, 0, 2, 6, 8, -5, 0});

        assertThat(logits).containsExactly(new float[] {mixed(0.6, 0.8), mixed(1, -0.6)}, offset(1e-6f));
    }

    private static float mixed(double a, double b) {
        return (float) ((a * Math.exp(a) + b * Math.exp(b)) / (Math.exp(a) + Math.exp(b)));
    }

    static Stream<Arguments> otherHeads() {
        return Methods.CATALOG.entries().stream()
                .map(CatalogEntry::name)
                .flatMap(
                        method -> Runs.method(method).heads().stream().skip(1).map(head -> Arguments.of(method, head)));
    }

    @ParameterizedTest
    @MethodSource("otherHeads")
    void everyMethodWorksWithEveryHeadItNames(String method, String head) {
        RunSpec spec = SpecBuilder.of(method)
                .head(Component.named(head))
                .optimizer("adam", Map.of("learning_rate", 0.01))
                .firstTasks(2)
                .build();

        List<CompletedTask> tasks = Runs.learn(spec);

        assertThat(tasks.get(1).model().descriptor().head().name()).isEqualTo(head);
        assertThat(Runs.scores(tasks.get(0).model()).get(0).accuracy()).isGreaterThan(90);
        assertThat(Runs.scores(tasks.get(1).model())).hasSize(2);
    }

    @Test
    void aHeadThatAMethodDoesNotWorkWithIsRefused() {
        RunSpec spec = SpecBuilder.of("wa").head(Component.named("cosine")).build();

        assertThatThrownBy(() -> Runs.FACTORY.complete(spec))
                .isInstanceOf(InvalidRunSpecException.class)
                .hasMessage("backbone.head.name: was \"cosine\"; allowed: for wa one of linear");
    }

    @Test
    void anUnknownHeadAndItsSettingsAreRefused() {
        assertThatThrownBy(() -> Runs.FACTORY.complete(
                        SpecBuilder.of("er").head(Component.named("cosines")).build()))
                .hasMessageContaining("backbone.head.name: was \"cosines\"")
                .hasMessageContaining("did you mean cosine?");
        assertThatThrownBy(() -> Runs.FACTORY.complete(SpecBuilder.of("er")
                        .head(new Component("split-cosine", Map.of("proxies", 0.0)))
                        .build()))
                .hasMessageContaining("backbone.head.settings.proxies: was 0; allowed: a whole number, 1 to 1000");
    }

    private float[] logits(String head, Map<String, Object> settings, float[] scale, float[] weight) {
        Backbone pixels = Backbones.CATALOG
                .get("mlp")
                .create(new Settings(Map.of("hidden", List.of())))
                .forSamples(List.of(1, 1, 2));
        Network network = new Network(
                pixels,
                Heads.CATALOG.get(head).create(new Settings(settings)).on(pixels),
                0,
                new SplitMix64(1),
                manager);
        network.grow(2);
        network.parameters().get(0).set(scale);
        network.parameters().get(1).set(weight);
        TensorProgram program = new TensorProgram(
                manager,
                List.of("parameters", "statistics"),
                network.text() + "def shown(self, x: Tensor) -> Tensor:\n  return self.logits(x)\n");
        program.set("parameters", network.parameters());
        program.set("statistics", network.statistics());
        NDArray x = manager.create(new float[] {3, 4}, new Shape(1, 1, 1, 2));
        try (NDList result = program.infer("shown", x)) {
            return result.get(0).toFloatArray();
        }
    }
}
