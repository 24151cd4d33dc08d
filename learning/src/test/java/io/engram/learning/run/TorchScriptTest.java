package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.engram.learning.artifact.NamedTensor;
import io.engram.learning.backbone.Backbone;
import io.engram.learning.backbone.ParameterShape;
import io.engram.learning.head.LinearHead;
import io.engram.learning.tensor.TensorProgram;
import io.engram.replay.SplitMix64;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Modules from outside as backbones, against what eager PyTorch 2.7.1 makes of the same network: {@code
 * bench/reference/torchscript_fixtures.py} wrote the modules and the numbers.
 */
class TorchScriptTest {
    private static final List<Integer> DIGITS = List.of(1, 8, 8);
    private static final int BATCH = 8;
    private static final int CLASSES = 3;
    private static final String TEXT = """
            def evaluated(self, x: Tensor) -> Tensor:
              return self.features_of(self.parameters, self.statistics, False, x)
            def step(self, x: Tensor, y: Tensor) -> Tensor:
              logits = self.logits(x)
              loss = torch.nll_loss(torch.log_softmax(logits, 1), y)
              gradients = torch.autograd.grad([loss], self.parameters)
              torch.set_grad_enabled(False)
              for k in range(len(gradients)):
                g = gradients[k]
                if g is not None:
                  moved = torch.sub_(self.parameters[k], g, alpha=0.1)
              torch.set_grad_enabled(True)
              return torch.detach(loss)
            def of_others(self, x: Tensor) -> Tensor:
              p = annotate(List[Tensor], [])
              for k in range(len(self.parameters)):
                torch.append(p, torch.mul(torch.detach(self.parameters[k]), 0.5))
              others = self.features_of(p, self.statistics, False, x)
              return torch.sub(self.evaluated(x), others)
            """;

    private final NDManager manager = Runs.ENGINE.newManager(Device.cpu());

    @AfterEach
    void freeNativeMemory() {
        manager.close();
    }

    @ParameterizedTest
    @CsvSource({"scripted, false", "scripted, true", "traced, false", "traced, true", "frozen, false"})
    void featuresAreThoseOfPyTorch(String file, boolean trainable) {
        Backbone backbone = backbone(file, trainable);

        float[] features = call(program(network(backbone)), "evaluated", samples(-1));

        assertThat(backbone.featureSize()).isEqualTo(6);
        assertClose(features, TorchScriptFiles.expected("features"));
    }

    @Test
    void fiveStepsOfTrainingGiveTheLossesParametersAndRunningStatisticsOfPyTorch() {
        Network network = network(backbone("scripted", true));
        setHead(network);
        TensorProgram program = program(network);

        float[] losses = new float[5];
        for (int step = 0; step < losses.length; step++) {
            losses[step] = call(program, "step", samples(step), classes())[0];
        }

        assertClose(losses, TorchScriptFiles.expected("losses"));
        for (NamedTensor tensor : network.weights()) {
            assertClose(tensor.values(), TorchScriptFiles.expected(tensor.name()));
        }
        assertClose(call(program, "evaluated", samples(-1)), TorchScriptFiles.expected("trained_features"));
    }

    @Test
    void parametersThatFeaturesDoNotDependOnAreLeftAlone() {
        Backbone backbone = backbone("scripted", true);

        assertThat(names(backbone.parameters()))
                .containsExactly(
                        "backbone.conv1.weight",
                        "backbone.conv1.bias",
                        "backbone.bn1.weight",
                        "backbone.bn1.bias",
                        "backbone.body.0.weight",
                        "backbone.body.1.weight",
                        "backbone.body.1.bias");
        assertThat(names(backbone.statistics()))
                .containsExactly(
                        "backbone.bn1.running_mean",
                        "backbone.bn1.running_var",
                        "backbone.bn1.num_batches_tracked",
                        "backbone.body.1.running_mean",
                        "backbone.body.1.running_var",
                        "backbone.body.1.num_batches_tracked");
    }

    /** Methods ask for other networks of the same form between two looks at this one. */
    @Test
    void theNetworkIsAFunctionOfItsParameters() {
        Network network = network(backbone("scripted", true));
        TensorProgram program = program(network);
        float[] before = call(program, "evaluated", samples(-1));

        assertThat(call(program, "of_others", samples(-1))).isNotEqualTo(new float[before.length]);

        assertThat(call(program, "evaluated", samples(-1))).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void evaluationRepeatsAndChangesNothing(boolean trainable) {
        Network network = network(backbone("scripted", trainable));
        TensorProgram program = program(network);
        List<NamedTensor> before = network.weights();

        float[] first = call(program, "evaluated", samples(-1));

        assertThat(call(program, "evaluated", samples(-1))).isEqualTo(first);
        assertThat(network.weights()).usingRecursiveComparison().isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"scripted", "traced", "frozen"})
    void aFrozenModuleHasNothingToTrainAndStaysAsItIs(String file) {
        Network network = network(backbone(file, false));
        TensorProgram program = program(network);
        float[] before = call(program, "evaluated", samples(-1));

        call(program, "step", samples(0), classes());

        assertThat(network.weights()).extracting(NamedTensor::name).containsExactly("head.weight", "head.bias");
        assertThat(call(program, "evaluated", samples(-1))).isEqualTo(before);
    }

    /** A weight of three times the identity, which two layers share, gives nine times what it is given. */
    @Test
    void layersThatShareAWeightGoOnSharingIt() {
        Backbone backbone = backbone("shared", true);

        assertThat(names(backbone.parameters())).containsExactly("backbone.first.weight");
        Network network = network(backbone);
        float[] values = new float[64 * 64];
        for (int k = 0; k < 64; k++) {
            values[65 * k] = 3;
        }
        network.parameters().get(0).set(values);
        float[] given = samples(-1).toFloatArray();
        float[] features = call(program(network), "evaluated", samples(-1));
        for (int k = 0; k < given.length; k++) {
            assertThat(features[k]).isEqualTo(9 * given[k]);
        }
    }

    /** From 0, by a tenth of the batch's mean in a step: of the mean of the first values of its samples, for the first. */
    @Test
    void whatAModulePutsInThePlaceOfABufferIsKept() {
        Network network = network(backbone("moving", true));
        float[] given = samples(-1).toFloatArray();
        double mean = IntStream.range(0, BATCH)
                .mapToDouble(k -> given[64 * k])
                .average()
                .orElseThrow();

        call(program(network), "features", samples(-1));

        assertThat(network.statistics().get(0).toFloatArray()[0]).isCloseTo((float) (0.1 * mean), Offset.offset(1e-5f));
        assertThat(network.statistics().get(1).toFloatArray()).containsExactly(1);
        assertThat(network.statistics()).noneMatch(NDArray::hasGradient);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "missing.pt | false | a file of the data folder; there is no file .*missing.pt",
                "../scripted.pt | false | a path inside the data folder, relative to it",
                "'' | false | a module that torch.jit.save wrote, which torchscript has to have",
                "expected.npz | false | a module that torch.jit.save wrote; there is no code in it; torch.save writes none",
                "state-dict.pt | false | a module that torch.jit.save wrote; there is no code in it; torch.save writes none",
                "labels.pt | false | a module that gives float32 .batch, features., .*; this one gives int64 .3, 1. for a batch of 3",
                "onenumber.pt | false | a module that gives float32 .*; this one gives float32 .3. for a batch of 3",
                "pair.pt | false | a module from float32 .batch, 1, 8, 8. to float32 .batch, features.; .*Tuple.*",
                "random.pt | false | a module without randomness; in evaluation mode, .*",
                "traced-in-training.pt | false | a module that changes nothing in evaluation mode, .* changes bn1.running_mean",
                "frozen.pt | true | for trainable: true, a module with parameters; this one has none: torch.jit.freeze makes .*",
            })
    void whatCannotBeABackboneIsRefusedWithTheReason(String file, boolean trainable, String allowed) {
        assertRefused(TorchScriptFiles.spec("finetune", file, trainable).build(), "\"" + file + "\"", allowed);
    }

    @Test
    void samplesThatAModuleIsNotForAreRefusedWithItsOwnWords() {
        assertRefused(
                TorchScriptFiles.spec("finetune", "colour.pt", false).build(),
                "\"colour.pt\"",
                "a module from float32 .batch, 1, 8, 8. to float32 .batch, features.; Given groups=1, .* but got 1 channels.*");
    }

    private void assertRefused(RunSpec spec, String value, String allowed) {
        assertThatThrownBy(() -> Runs.FACTORY.complete(spec))
                .isInstanceOfSatisfying(InvalidRunSpecException.class, refusal -> assertThat(refusal.violations())
                        .singleElement()
                        .satisfies(violation -> {
                            assertThat(violation.field()).isEqualTo("backbone.weights");
                            assertThat(violation.value()).isEqualTo(value);
                            assertThat(violation.allowed()).matches(allowed);
                        }));
    }

    private static List<String> names(List<ParameterShape> shapes) {
        return shapes.stream().map(ParameterShape::name).toList();
    }

    private static Backbone backbone(String file, boolean trainable) {
        BackboneSpec spec = new BackboneSpec(TorchScriptFiles.component(trainable), file + ".pt");
        return spec.load(DIGITS, TorchScriptFiles.FOLDER, Runs.ENGINE).backbone();
    }

    private Network network(Backbone backbone) {
        Network network = new Network(backbone, new LinearHead(backbone), 0, new SplitMix64(1), manager);
        network.grow(CLASSES);
        return network;
    }

    private TensorProgram program(Network network) {
        TensorProgram program = new TensorProgram(
                manager, List.of("parameters", "statistics"), network.text() + TEXT, network.module());
        program.set("parameters", network.parameters());
        program.set("statistics", network.statistics());
        return program;
    }

    /** The values of {@code head()} in the script. */
    private static void setHead(Network network) {
        float[] weight = new float[CLASSES * 6];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (i * 5 % 11 - 5) / 20f;
        }
        NDList parameters = network.parameters();
        parameters.get(parameters.size() - 2).set(weight);
        parameters.get(parameters.size() - 1).set(new float[CLASSES]);
    }

    /** Those of {@code samples()} in the script. */
    private NDArray samples(int step) {
        float[] values = new float[BATCH * 64];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i * 7 + (step + 1) * 5) % 17 / 16f;
        }
        return manager.create(values, new Shape(BATCH, 1, 8, 8));
    }

    private NDArray classes() {
        return manager.create(new long[] {0, 1, 2, 0, 1, 2, 0, 1}, new Shape(BATCH));
    }

    private static float[] call(TensorProgram program, String function, NDArray... arguments) {
        try (NDList result = program.call(function, arguments)) {
            return result.get(0).toFloatArray();
        }
    }

    private static void assertClose(float[] found, float[] expected) {
        assertThat(found).hasSameSizeAs(expected).containsExactly(expected, Offset.offset(1e-5f));
    }
}
