package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.engram.learning.dataset.Datasets;
import io.engram.learning.method.Methods;
import io.engram.learning.scenario.ClassOrder;
import io.engram.learning.scenario.DomainShift;
import io.engram.learning.scenario.ScenarioForm;
import io.engram.learning.scenario.ScenarioSpec;
import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Component;
import io.engram.learning.setting.Violation;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Defaults and bounds as the comments of {@code run_spec.proto} have them. */
class SpecCheckTest {

    private final RunSpec filled = Runs.FACTORY.complete(SpecBuilder.bare("er").build());

    static Stream<MethodInScenario> unsupported() {
        return MethodInScenario.unsupported();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsupported")
    void aMethodIsRefusedInAScenarioThatItDoesNotSupport(MethodInScenario each) {
        String others = MethodInScenario.supported()
                .filter(other -> other.form().equals(each.form()))
                .map(MethodInScenario::method)
                .collect(Collectors.joining(", "));

        assertThatThrownBy(() -> Runs.FACTORY.complete(each.spec().build()))
                .isInstanceOfSatisfying(InvalidRunSpecException.class, refusal -> assertThat(refusal.violations())
                        .containsExactly(new Violation(
                                "method.name",
                                "\"" + each.method() + "\"",
                                "for " + each.form().kind().label() + " one of " + others)));
    }

    /** Seven that follow iCaRL need new classes with each task: in three forms of scenario each. */
    @Test
    void methodsThatFollowIcarlAreRefusedWhereTasksBringNoClassesOrAreTold() {
        assertThat(MethodInScenario.unsupported().map(MethodInScenario::method))
                .hasSize(3 * 7)
                .containsOnly("icarl", "bic", "wa", "ssil", "eeil", "lucir", "podnet");
    }

    @Test
    void theBackboneIsAnMlpWithALinearHeadWhenLeftOut() {
        assertThat(filled.backbone())
                .hasValue(new BackboneSpec(
                        new Component("mlp", Map.of("hidden", List.of(400.0, 400.0))),
                        "",
                        Optional.of(Component.named("linear"))));
    }

    @Test
    void theOptimizerIsSgdWithItsDefaultsWhenLeftOut() {
        assertThat(filled.optimizer())
                .hasValue(new Component("sgd", Map.of("learning_rate", 0.1, "momentum", 0.0, "weight_decay", 0.0)));
    }

    @Test
    void thereIsOneEpochWhenLeftOut() {
        assertThat(filled.training().epochs()).hasValue(1);
    }

    @Test
    void aBatchHas64SamplesWhenLeftOut() {
        assertThat(filled.training().batchSize()).hasValue(64);
    }

    @Test
    void theOptimizersStateIsKeptWhenNothingIsSaid() {
        assertThat(filled.training().resetOptimizer()).hasValue(false);
    }

    @Test
    void theMemoryHolds1000SamplesWhenLeftOut() {
        assertThat(filled.memory().capacity()).hasValue(1000);
    }

    @Test
    void asManySamplesAreReplayedAsAreNewWhenLeftOut() {
        assertThat(filled.memory().batchSize()).hasValue(64);
        assertThat(Runs.FACTORY
                        .complete(SpecBuilder.bare("er")
                                .training(new TrainingSpec(OptionalInt.empty(), OptionalInt.of(7), Optional.empty()))
                                .build())
                        .memory()
                        .batchSize())
                .hasValue(7);
    }

    @Test
    void thePoliciesAreReservoirAndUniformWhenLeftOut() {
        assertThat(filled.memory().insertionPolicy()).isEqualTo("reservoir");
        assertThat(filled.memory().samplingPolicy()).isEqualTo("uniform");
    }

    @ParameterizedTest
    @CsvSource({
        "a-gem, reservoir",
        "der, reservoir",
        "gdumb, greedy-balanced",
        "icarl, ranked",
        "bic, ranked",
        "lucir, ranked",
        "gss-greedy, least-similar"
    })
    void theInsertionPolicyIsThatOfTheMethodWhenLeftOut(String method, String policy) {
        RunSpec complete = Runs.FACTORY.complete(SpecBuilder.bare(method).build());

        assertThat(complete.memory().insertionPolicy()).isEqualTo(policy);
    }

    @Test
    void theDeviceIsAutoWhenLeftOut() {
        assertThat(filled.device()).isEqualTo("auto");
    }

    @Test
    void theSeedIs1WhenLeftOut() {
        assertThat(filled.seed()).hasValue(1);
    }

    @Test
    void whatIsGivenStays() {
        RunSpec spec = SpecBuilder.of("er")
                .optimizer("adam", Map.of("learning_rate", 0.5))
                .memory(new MemorySpec(OptionalInt.of(0), OptionalInt.of(5), "reservoir", "uniform"))
                .seed((1L << 53) - 1)
                .build();

        RunSpec complete = Runs.FACTORY.complete(spec);

        assertThat(complete.memory()).isEqualTo(spec.memory());
        assertThat(complete.seed()).isEqualTo(spec.seed());
        assertThat(complete.optimizer().orElseThrow().settings())
                .containsEntry("learning_rate", 0.5)
                .containsEntry("beta1", 0.9);
    }

    @Test
    void aCompleteSpecIsCompleteAlready() {
        assertThat(Runs.FACTORY.complete(filled)).isEqualTo(filled);
    }

    static Stream<Arguments> refused() {
        String methods = Methods.CATALOG.entries().stream()
                .map(CatalogEntry::name)
                .collect(Collectors.joining(", ", "one of ", ""));
        String names = "one of digits, mnist, fashion-mnist, cifar-10, cifar-100";
        return Stream.of(
                refusal(spec().dataset("mnits"), "scenario.dataset", "\"mnits\"", names + "; did you mean mnist?"),
                refusal(spec().dataset(""), "scenario.dataset", "\"\"", names),
                refusal(
                        spec().dataset("digits+mnits"),
                        "scenario.dataset",
                        "\"digits+mnits\"",
                        names + "; did you mean mnist?"),
                refusal(
                        spec().dataset("digits+digits"),
                        "scenario.dataset",
                        "\"digits+digits\"",
                        "each data set of a sequence once"),
                refusal(
                        spec().dataset("mnist"),
                        "scenario.dataset",
                        "\"mnist\"",
                        "a data set that can be read; the data set \"mnist\" needs a data folder: set ENGRAM_DATA_DIR or"
                                + " --data-dir to a folder that holds mnist/"),
                refusal(
                        spec().scenario(ScenarioSpec.classIncremental("digits", 11)),
                        "scenario.class_incremental.classes_per_task",
                        "11",
                        "1 to 10 (the scenario has 10 classes)"),
                refusal(
                        spec().method(Component.named("finetun")),
                        "method.name",
                        "\"finetun\"",
                        methods + "; did you mean finetune?"),
                refusal(
                        spec().method(new Component("er", Map.of("lambda", 1.0))),
                        "method.settings.lambda",
                        "1",
                        "only the settings by_tasks"),
                refusal(
                        spec().backbone(Component.named("resnet")),
                        "backbone.name",
                        "\"resnet\"",
                        "one of mlp, conv, resnet20, resnet32, resnet18, torchscript; did you mean resnet20?"),
                refusal(
                        spec().hidden(0),
                        "backbone.settings.hidden",
                        "[0]",
                        "a list of at most 16 whole numbers, each 1 to 16384"),
                // 64*16384 + 16384 of the first layer, 16384*16384 + 16384 of each of the 15 others
                refusal(
                        spec().backbone(new Component("mlp", Map.of("hidden", Collections.nCopies(16, 16384.0)))),
                        "backbone.settings",
                        "4027842560 parameters",
                        "a network of at most 100000000"),
                refusal(
                        spec().optimizer("sdg", Map.of()),
                        "optimizer.name",
                        "\"sdg\"",
                        "one of sgd, adam; did you mean sgd?"),
                refusal(
                        spec().optimizer("sgd", Map.of("learning_rate", -0.1)),
                        "optimizer.settings.learning_rate",
                        "-0.1",
                        "greater than 0, at most 1000"),
                refusal(spec().training(0, 16), "training.epochs", "0", "1 to 10000"),
                refusal(spec().training(10001, 16), "training.epochs", "10001", "1 to 10000"),
                refusal(spec().training(1, 0), "training.batch_size", "0", "1 to 65536"),
                refusal(spec().training(1, 65537), "training.batch_size", "65537", "1 to 65536"),
                refusal(spec().memory(-1), "memory.capacity", "-1", "0 to 10000000"),
                refusal(spec().memory(10_000_001), "memory.capacity", "10000001", "0 to 10000000"),
                refusal(spec().memory(memory(0, "", "")), "memory.batch_size", "0", "1 to 65536"),
                refusal(spec().memory(memory(65537, "", "")), "memory.batch_size", "65537", "1 to 65536"),
                refusal(
                        spec().memory(memory(1, "resevoir", "")),
                        "memory.insertion_policy",
                        "\"resevoir\"",
                        "one of class-balanced-reservoir, fifo, greedy-balanced, least-similar, ranked, reservoir, ring; did you mean"
                                + " reservoir?"),
                refusal(
                        spec().memory(memory(1, "", "random")),
                        "memory.sampling_policy",
                        "\"random\"",
                        "one of class-balanced, uniform"),
                refusal(spec().device("gpu"), "device", "\"gpu\"", "auto, cpu or cuda:N"),
                refusal(spec().device("cuda:"), "device", "\"cuda:\"", "auto, cpu or cuda:N"),
                refusal(
                        spec().scenario(augmented("pad-and-crop", "flip")),
                        "scenario.augmentation",
                        "\"flip\"",
                        "one of pad-and-crop, horizontal-flip"),
                refusal(
                        spec().scenario(augmented("horizontal-flip", "horizontal-flip")),
                        "scenario.augmentation",
                        "\"horizontal-flip\" twice",
                        "each at most once"),
                refusal(
                        spec().training(checkpoints(OptionalInt.of(0), OptionalInt.empty())),
                        "training.checkpoint_steps",
                        "0",
                        "1 to 10000000"),
                refusal(
                        spec().training(checkpoints(OptionalInt.empty(), OptionalInt.of(10_001))),
                        "training.checkpoint_epochs",
                        "10001",
                        "1 to 10000"),
                refusal(
                        spec().training(checkpoints(OptionalInt.of(100), OptionalInt.of(1))),
                        "training.checkpoint_steps",
                        "100",
                        "either checkpoint_steps or checkpoint_epochs"),
                refusal(spec().seed(-1), "seed", "-1", "0 to 9007199254740991"),
                refusal(spec().seed(1L << 53), "seed", "9007199254740992", "0 to 9007199254740991"));
    }

    private static ScenarioSpec augmented(String... names) {
        return ScenarioSpec.classIncremental("digits", 2).withAugmentation(List.of(names));
    }

    @ParameterizedTest(name = "{1} {2}")
    @MethodSource("refused")
    void whatIsNotAllowedIsRefusedAlone(RunSpec spec, String field, String value, String allowed) {
        RunFactory withoutDataFolder = new RunFactory(new Datasets(Optional.empty()), Runs.ENGINE);

        assertThatThrownBy(() -> withoutDataFolder.complete(spec))
                .isInstanceOfSatisfying(InvalidRunSpecException.class, refusal -> assertThat(refusal.violations())
                        .containsExactly(new Violation(field, value, allowed)));
    }

    @Test
    void looksOfTheSamplesThatFitAreAllowed() {
        // The digits' training samples take 1438 * 64 = 92032 bytes, of which 23334 fit into 2^31 - 1: always more than
        // the 1000
        // tasks that a scenario may have; so there is nothing to refuse.
        ScenarioSpec shifted = new ScenarioSpec(
                "digits",
                ScenarioForm.shifted(new DomainShift.PixelPermutation(1)),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.of(1000),
                new ClassOrder.Ascending());

        assertThat(Runs.FACTORY
                        .complete(SpecBuilder.of("joint").scenario(shifted).build())
                        .scenario())
                .isEqualTo(shifted);
    }

    @Test
    void aGpuThatIsNotThereIsRefusedWithWhatThereIs() {
        assumeTrue(!Runs.ENGINE.device("auto").isGpu(), "this machine has a GPU");

        assertThatThrownBy(() -> Runs.FACTORY.complete(spec().device("cuda:0").build()))
                .isInstanceOfSatisfying(InvalidRunSpecException.class, refusal -> assertThat(refusal.violations())
                        .singleElement()
                        .satisfies(violation -> {
                            assertThat(violation.field()).isEqualTo("device");
                            assertThat(violation.value()).isEqualTo("\"cuda:0\"");
                            assertThat(violation.allowed())
                                    .startsWith("a device that this trainer has; there is no GPU here");
                        }));
    }

    @Test
    void everyViolationIsReportedAtOnce() {
        RunSpec spec = new RunSpec(
                ScenarioSpec.classIncremental("digits", 0),
                Component.named("err"),
                Optional.of(BackboneSpec.of(Component.named("mpl"))),
                Optional.of(new Component("adam", Map.of("beta1", 1.0, "colour", "red"))),
                new TrainingSpec(OptionalInt.of(0), OptionalInt.of(-5), Optional.empty()),
                new MemorySpec(OptionalInt.of(-1), OptionalInt.of(0), "a", "b"),
                "tpu",
                OptionalLong.of(-1));

        assertThatThrownBy(() -> Runs.FACTORY.complete(spec))
                .isInstanceOfSatisfying(InvalidRunSpecException.class, refusal -> {
                    assertThat(refusal.violations())
                            .extracting(Violation::field)
                            .containsExactlyInAnyOrder(
                                    "scenario.class_incremental.classes_per_task",
                                    "method.name",
                                    "backbone.name",
                                    "optimizer.settings.beta1",
                                    "optimizer.settings.colour",
                                    "training.epochs",
                                    "training.batch_size",
                                    "memory.capacity",
                                    "memory.batch_size",
                                    "memory.insertion_policy",
                                    "memory.sampling_policy",
                                    "device",
                                    "seed");
                    assertThat(refusal.getMessage().lines()).hasSize(13);
                });
    }

    @Test
    void aRefusedSpecMakesNoRun() {
        assertThatThrownBy(() -> Runs.FACTORY.create(spec().seed(-1).build(), Runs.IN_PROCESS))
                .isInstanceOf(InvalidRunSpecException.class)
                .hasMessage("seed: was -1; allowed: 0 to 9007199254740991");
    }

    private static SpecBuilder spec() {
        return SpecBuilder.of("er");
    }

    private static TrainingSpec checkpoints(OptionalInt everySteps, OptionalInt everyEpochs) {
        return TrainingSpec.defaults().withCheckpoints(everySteps, everyEpochs);
    }

    private static MemorySpec memory(int batchSize, String insertion, String sampling) {
        return new MemorySpec(OptionalInt.empty(), OptionalInt.of(batchSize), insertion, sampling);
    }

    private static Arguments refusal(SpecBuilder spec, String field, String value, String allowed) {
        return arguments(spec.build(), field, value, allowed);
    }
}
