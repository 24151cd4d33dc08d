package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.engram.learning.backbone.Backbone;
import io.engram.learning.backbone.BackboneFactory;
import io.engram.learning.backbone.Backbones;
import io.engram.learning.backbone.ParameterShape;
import io.engram.learning.backbone.UnsuitableSamplesException;
import io.engram.learning.head.LinearHead;
import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Component;
import io.engram.learning.setting.Settings;
import io.engram.learning.setting.Violation;
import io.engram.learning.tensor.TensorProgram;
import io.engram.replay.SplitMix64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every backbone of the catalog, and what each is published with. */
class BackboneContractTest {
    private static final List<Integer> COLOUR = List.of(3, 32, 32);
    private static final int SAMPLES = 4;
    private static final int CLASSES = 10;
    private static final String TEXT = """
            def evaluated(self, x: Tensor) -> Tensor:
              return self.features_of(self.parameters, self.statistics, False, x)
            def gradient_sizes(self, x: Tensor) -> Tensor:
              sizes = torch.zeros([0])
              for g in torch.autograd.grad([torch.sum(torch.pow(self.logits(x), 3))], self.parameters):
                if g is not None:
                  sizes = torch.cat([sizes, torch.reshape(torch.sum(torch.abs(g)), [1])])
              return sizes
            """;

    private final NDManager manager = Runs.ENGINE.newManager(Device.cpu());

    @AfterEach
    void freeNativeMemory() {
        manager.close();
    }

    /** One that is a file is made for its samples; {@link TorchScriptTest} asks the same of it. */
    static Stream<CatalogEntry<BackboneFactory>> entries() {
        return Backbones.CATALOG.entries().stream()
                .filter(entry -> !entry.name().equals("torchscript"));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void featuresAreAsWideAsPromised(CatalogEntry<BackboneFactory> entry) {
        for (List<Integer> shape : List.of(COLOUR, List.of(1, 32, 48))) {
            Backbone backbone = entry.create(entry.defaults()).forSamples(shape);
            Network network = network(backbone);

            try (NDList features = program(network).call("features", samples(shape))) {
                assertThat(features.get(0).getShape()).isEqualTo(new Shape(SAMPLES, backbone.featureSize()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("entries")
    void evaluationRepeatsAndLeavesParametersAndStatisticsAlone(CatalogEntry<BackboneFactory> entry) {
        Network network = network(entry.create(entry.defaults()).forSamples(COLOUR));
        TensorProgram program = program(network);
        program.call("features", samples(COLOUR)).close();
        List<float[]> before = values(network);

        float[] first = call(program, "evaluated");

        assertThat(call(program, "evaluated")).isEqualTo(first);
        assertThat(values(network)).usingRecursiveComparison().isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("entries")
    void trainingMovesEveryStatistic(CatalogEntry<BackboneFactory> entry) {
        Network network = network(entry.create(entry.defaults()).forSamples(COLOUR));
        List<float[]> before =
                network.statistics().stream().map(NDArray::toFloatArray).toList();

        call(program(network), "features");

        for (int k = 0; k < before.size(); k++) {
            assertThat(network.statistics().get(k).toFloatArray()).isNotEqualTo(before.get(k));
        }
    }

    @ParameterizedTest
    @MethodSource("entries")
    void everyParameterHasAGradient(CatalogEntry<BackboneFactory> entry) {
        Network network = network(entry.create(entry.defaults()).forSamples(COLOUR));

        float[] sizes = call(program(network), "gradient_sizes");

        assertThat(sizes).hasSameSizeAs(network.parameters());
        for (float size : sizes) {
            assertThat(size).isPositive().isFinite();
        }
    }

    @ParameterizedTest
    @MethodSource("entries")
    void namesAreUniqueAndOfTheBackbone(CatalogEntry<BackboneFactory> entry) {
        Backbone backbone = entry.create(entry.defaults()).forSamples(COLOUR);

        assertThat(Stream.concat(backbone.parameters().stream(), backbone.statistics().stream())
                        .map(ParameterShape::name))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.startsWith("backbone."));
    }

    /** The statistics belong to the backbone: new classes leave them alone. */
    @ParameterizedTest
    @MethodSource("entries")
    void aHeadThatGrowsKeepsTheStatistics(CatalogEntry<BackboneFactory> entry) {
        Network network = network(entry.create(entry.defaults()).forSamples(COLOUR));
        TensorProgram program = program(network);
        call(program, "features");
        float[] features = call(program, "evaluated");
        List<float[]> before =
                network.statistics().stream().map(NDArray::toFloatArray).toList();

        network.grow(CLASSES + 5);

        assertThat(network.statistics().stream().map(NDArray::toFloatArray).toList())
                .usingRecursiveComparison()
                .isEqualTo(before);
        assertThat(call(program(network), "evaluated")).isEqualTo(features);
    }

    /**
     * Head included. He et al. 2016, table 6: 0.27 million for ResNet-20 and 0.46 million for ResNet-32; torchvision documents
     * 11689512 for its ResNet-18. With the CIFAR stem that is 9408 - 1728 less in the first layer, and 990 * 513 less in the
     * head. Vinyals et al.: 27 * 64 + 3 * 576 * 64 in kernels, 4 * 128 in normalisation, 256 * 10 + 10 in the head.
     */
    @ParameterizedTest
    @CsvSource({
        "resnet20, , 10, 269722",
        "resnet32, , 10, 464154",
        "resnet18, imagenet, 1000, 11689512",
        "resnet18, cifar, 10, 11173962",
        "conv, , 10, 115402"
    })
    void parametersAreAsManyAsPublished(String name, String stem, int classes, long expected) {
        Backbone backbone = backbone(name, stem == null ? Map.of() : Map.of("stem", stem), COLOUR);

        long backboneAlone = size(backbone.parameters());

        assertThat(backboneAlone + size(new LinearHead(backbone).parameters(classes)))
                .isEqualTo(expected);
    }

    /** As the code of Aljundi et al. 2019 (MIR) prints it for CIFAR-10, which has the network of Lopez-Paz and Ranzato 2017. */
    @Test
    void theReducedResnet18HasAsManyParametersAsThatOfItsAuthors() {
        Backbone reduced = backbone("resnet18", Map.of("width", 20.0), COLOUR);

        long parameters = size(reduced.parameters()) + size(new LinearHead(reduced).parameters(10));

        assertThat(parameters).isEqualTo(1094750);
        assertThat(reduced.featureSize()).isEqualTo(160);
    }

    /** Convolutions and the head; those of shortcuts are not counted (He et al. 2016, section 4.1). */
    @ParameterizedTest
    @CsvSource({"resnet20, 20", "resnet32, 32", "resnet18, 18"})
    void aResidualNetworkHasTheLayersOfItsName(String name, int layers) {
        Backbone backbone = backbone(name, Map.of(), COLOUR);

        long convolutions = backbone.parameters().stream()
                .filter(p -> p.shape().size() == 4 && p.shape().get(3) > 1)
                .count();

        assertThat(convolutions + 1).isEqualTo(layers);
    }

    /**
     * A convolution that changes nothing, so that the values 0 to 7 of two samples are normalised: mean 3.5, unbiased variance 6.
     * The running mean becomes 0.9 * 0 + 0.1 * 3.5, the running variance 0.9 * 1 + 0.1 * 6; the largest values of the samples,
     * 3 and 7, are (3 - 0.35) / sqrt(1.5) and (7 - 0.35) / sqrt(1.5) in evaluation.
     */
    @Test
    void runningStatisticsAreThoseOfPyTorch() {
        Network network = network(backbone("conv", Map.of("filters", List.of(1.0)), List.of(1, 2, 2)));
        network.parameters().get(0).set(new float[] {0, 0, 0, 0, 1, 0, 0, 0, 0});
        TensorProgram program = program(network);
        NDArray x = manager.create(new float[] {0, 1, 2, 3, 4, 5, 6, 7}, new Shape(2, 1, 2, 2));

        program.call("features", x).close();

        assertThat(network.statistics().get(0).toFloatArray()[0]).isCloseTo(0.35f, within());
        assertThat(network.statistics().get(1).toFloatArray()[0]).isCloseTo(1.5f, within());
        try (NDList features = program.infer("evaluated", x)) {
            assertThat(features.get(0).toFloatArray()[0]).isCloseTo((float) (2.65 / Math.sqrt(1.5)), within());
            assertThat(features.get(0).toFloatArray()[1]).isCloseTo((float) (6.65 / Math.sqrt(1.5)), within());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "resnet20, '', 4, 3",
        "resnet18, cifar, 8, 7",
        "resnet18, imagenet, 32, 31",
        "conv, '', 16, 15",
    })
    void samplesThatAreTooSmallAreRefused(String name, String stem, int smallest, int tooSmall) {
        Map<String, Object> settings = stem.isEmpty() ? Map.of() : Map.of("stem", stem);

        assertThat(backbone(name, settings, List.of(1, smallest, smallest))).isNotNull();
        assertThatThrownBy(() -> backbone(name, settings, List.of(1, smallest, tooSmall)))
                .isInstanceOf(UnsuitableSamplesException.class)
                .hasMessageContaining("takes samples of %1$dx%1$d or larger, not of %1$dx%2$d", smallest, tooSmall);
    }

    @Test
    void aBackboneThatCannotTakeTheSamplesIsRefusedAtSubmission() {
        RunSpec spec = SpecBuilder.of("finetune")
                .backbone(new Component("resnet18", Map.of("stem", "imagenet")))
                .build();

        assertThatThrownBy(() -> Runs.FACTORY.complete(spec))
                .isInstanceOfSatisfying(InvalidRunSpecException.class, refusal -> assertThat(refusal.violations())
                        .containsExactly(new Violation(
                                "backbone.name",
                                "\"resnet18\"",
                                "a network for the samples of digits; resnet18 with the stem imagenet takes samples of 32x32"
                                        + " or larger, not of 8x8")));
    }

    /** Chance is 50 %. */
    @Test
    void aConvolutionalNetworkLearnsAndIsScoredWithItsRunningStatistics() {
        List<CompletedTask> completed = Runs.learn(SpecBuilder.of("finetune")
                .backbone(new Component("conv", Map.of("filters", List.of(16.0, 16.0))))
                .build());

        assertThat(Runs.scores(completed.get(0).model()).get(0).accuracy()).isGreaterThan(95);
    }

    private static Offset<Float> within() {
        return Offset.offset(1e-4f);
    }

    private static Backbone backbone(String name, Map<String, Object> settings, List<Integer> shape) {
        CatalogEntry<BackboneFactory> entry = Backbones.CATALOG.get(name);
        Map<String, Object> values = new LinkedHashMap<>(entry.defaults().values());
        values.putAll(settings);
        return entry.create(new Settings(values)).forSamples(shape);
    }

    private static long size(List<ParameterShape> parameters) {
        return parameters.stream().mapToLong(ParameterShape::size).sum();
    }

    private Network network(Backbone backbone) {
        Network network = new Network(backbone, new LinearHead(backbone), 0, new SplitMix64(1), manager);
        network.grow(CLASSES);
        return network;
    }

    private TensorProgram program(Network network) {
        TensorProgram program = new TensorProgram(manager, List.of("parameters", "statistics"), network.text() + TEXT);
        program.set("parameters", network.parameters());
        program.set("statistics", network.statistics());
        return program;
    }

    private float[] call(TensorProgram program, String function) {
        try (NDList result = program.call(function, samples(COLOUR))) {
            return result.get(0).toFloatArray();
        }
    }

    /** The same values every time, between 0 and 1. */
    private NDArray samples(List<Integer> shape) {
        Shape all = new Shape(SAMPLES).addAll(Network.shape(shape));
        SplitMix64 random = new SplitMix64(3);
        float[] values = new float[(int) all.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return manager.create(values, all);
    }

    private static List<float[]> values(Network network) {
        return Stream.concat(network.parameters().stream(), network.statistics().stream())
                .map(NDArray::toFloatArray)
                .toList();
    }
}
