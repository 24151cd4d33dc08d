package io.engram.trainer.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.engram.learning.run.RunSpec;
import io.engram.learning.scenario.DomainShift;
import io.engram.learning.scenario.ScenarioForm;
import io.engram.proto.error.FieldViolation;
import io.engram.proto.type.v1.ClassOrder;
import io.engram.proto.type.v1.Component;
import io.engram.proto.type.v1.DomainIncremental;
import io.engram.proto.type.v1.LabelList;
import io.engram.proto.type.v1.Scenario;
import io.engram.proto.type.v1.TaskIncremental;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs on the JVM alone: it calls classes, and {@code TrainerCallsTest} sends such specs to both. */
class RunSpecReaderTest {
    @Test
    void settingsBecomePlainValues() {
        var message = minimal();
        message.getMethodBuilder()
                .setSettings(Struct.newBuilder()
                        .putFields("number", number(0.5))
                        .putFields("flag", Value.newBuilder().setBoolValue(true).build())
                        .putFields(
                                "text", Value.newBuilder().setStringValue("a").build())
                        .putFields("list", list(number(1), number(2))));

        RunSpecReader read = RunSpecReader.read(message.build());

        assertThat(read.violations()).isEmpty();
        assertThat(read.spec().method().settings())
                .isEqualTo(Map.of("number", 0.5, "flag", true, "text", "a", "list", List.of(1.0, 2.0)));
    }

    @Test
    void nullAndNestedSettingsAreRefusedByTheirPath() {
        Value nothing = Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
        var message = minimal();
        message.getOptimizerBuilder()
                .setName("sgd")
                .setSettings(Struct.newBuilder()
                        .putFields("learning_rate", nothing)
                        .putFields(
                                "momentum",
                                Value.newBuilder()
                                        .setStructValue(Struct.getDefaultInstance())
                                        .build())
                        .putFields("weight_decay", list(number(1), list(number(2)))));

        assertThat(RunSpecReader.read(message.build()).violations())
                .extracting(FieldViolation::field)
                .containsExactlyInAnyOrder(
                        "optimizer.settings.learning_rate",
                        "optimizer.settings.momentum",
                        "optimizer.settings.weight_decay[1]");
    }

    @Test
    void aBackboneHasAHeadAndAMethodAPreset() {
        var message = minimal();
        message.getMethodBuilder().setPreset("of-a-paper");
        message.getBackboneBuilder()
                .setName("mlp")
                .getHeadBuilder()
                .setName("split-cosine")
                .setSettings(Struct.newBuilder().putFields("proxies", number(3)));

        RunSpecReader read = RunSpecReader.read(message.build());

        assertThat(read.violations()).isEmpty();
        assertThat(read.spec().preset()).isEqualTo("of-a-paper");
        assertThat(read.spec().backbone().orElseThrow().head())
                .hasValue(new io.engram.learning.setting.Component("split-cosine", Map.of("proxies", 3.0)));
        // and comes back as it was
        var written = RunSpecWriter.write("", read.spec());
        assertThat(written.getMethod().getPreset()).isEqualTo("of-a-paper");
        assertThat(written.getBackbone().getHead())
                .isEqualTo(message.build().getBackbone().getHead());
    }

    @Test
    void nothingElseHasAHeadOrAPreset() {
        var message = minimal();
        message.getMethodBuilder().setHead(Component.newBuilder().setName("cosine"));
        message.getOptimizerBuilder().setName("sgd").setPreset("fast");
        message.getBackboneBuilder().setName("mlp").setPreset("wide");

        assertThat(RunSpecReader.read(message.build()).violations())
                .extracting(FieldViolation::field)
                .containsExactlyInAnyOrder("method.head", "optimizer.preset", "backbone.preset");
    }

    @Test
    void aScenarioWithoutAKindIsRefused() {
        var message = minimal();
        message.getScenarioBuilder().clearKind();

        assertThat(RunSpecReader.read(message.build()).violations())
                .extracting(FieldViolation::field)
                .containsExactly("scenario.kind");
    }

    @Test
    void augmentationIsKept() {
        var message = minimal();
        message.getScenarioBuilder().addAugmentation("horizontal-flip").addAugmentation("pad-and-crop");

        RunSpec spec = RunSpecReader.read(message.build()).spec();

        assertThat(spec.scenario().augmentation()).containsExactly("horizontal-flip", "pad-and-crop");
        assertThat(RunSpecJson.parse(RunSpecJson.print(spec))).isEqualTo(spec);
    }

    @Test
    void whatIsLeftOutStaysLeftOut() {
        RunSpec spec = RunSpecReader.read(minimal().build()).spec();

        assertThat(spec.backbone()).isEmpty();
        assertThat(spec.optimizer()).isEmpty();
        assertThat(spec.seed()).isEmpty();
        assertThat(spec.training().epochs()).isEmpty();
        assertThat(spec.memory().capacity()).isEmpty();
        assertThat(spec.scenario().tasks()).isEmpty();
    }

    @Test
    void onlyABackboneStartsFromWeights() {
        var message = minimal();
        message.getMethodBuilder().setWeights("a.npz");
        message.getOptimizerBuilder().setName("sgd").setWeights("b.npz");
        message.getBackboneBuilder().setName("mlp").setWeights("c.npz");

        RunSpecReader read = RunSpecReader.read(message.build());

        assertThat(read.spec().backbone().orElseThrow().weights()).isEqualTo("c.npz");
        assertThat(read.violations())
                .containsExactly(
                        new FieldViolation("method.weights", "a.npz", "nothing; only a backbone starts from weights"),
                        new FieldViolation(
                                "optimizer.weights", "b.npz", "nothing; only a backbone starts from weights"));
    }

    @Test
    void aSpecComesBackFromItsJsonAsItWas() {
        var message = minimal().setSeed(9007199254740991L).setDevice("cpu");
        message.getScenarioBuilder()
                .getClassIncrementalBuilder()
                .setTasks(2)
                .getClassOrderBuilder()
                .setLabels(LabelList.newBuilder().addAllValues(List.of(3, 1, 2)));
        message.getBackboneBuilder()
                .setName("mlp")
                .setWeights("pretrained/mlp.npz")
                .setSettings(Struct.newBuilder().putFields("hidden", list(number(8), number(4))));
        message.getTrainingBuilder()
                .setEpochs(3)
                .setBatchSize(16)
                .setResetOptimizer(true)
                .setCheckpointSteps(500);
        message.getMemoryBuilder().setCapacity(100).setBatchSize(8).setInsertionPolicy("reservoir");
        RunSpec spec = RunSpecReader.read(message.build()).spec();

        assertThat(RunSpecJson.parse(RunSpecJson.print(spec))).isEqualTo(spec);
    }

    static Stream<Scenario> everyKindOfScenario() {
        ClassOrder order = ClassOrder.newBuilder().setShuffleSeed(3).build();
        return Stream.of(
                Scenario.newBuilder()
                        .setTaskIncremental(
                                TaskIncremental.newBuilder().setTasks(3).setClassOrder(order))
                        .build(),
                domains(d -> d.getClassGroupsBuilder().setClassesPerTask(2).setClassOrder(order)),
                domains(d -> d.getPixelPermutationBuilder().setTasks(4).setSeed(9)),
                domains(d -> d.getRotationBuilder().setTasks(4).setDegreesPerTask(-30)));
    }

    private static Scenario domains(Consumer<DomainIncremental.Builder> choice) {
        DomainIncremental.Builder domains = DomainIncremental.newBuilder();
        choice.accept(domains);
        return Scenario.newBuilder().setDomainIncremental(domains).build();
    }

    @ParameterizedTest
    @MethodSource("everyKindOfScenario")
    void everyKindOfScenarioComesBackFromItsJsonAsItWas(Scenario scenario) {
        var message = minimal().setScenario(scenario.toBuilder().setDataset("digits"));
        message.getTrainingBuilder().setStepsPerTask(20).setCheckpointEpochs(2);
        RunSpecReader reader = RunSpecReader.read(message.build());

        assertThat(reader.violations()).isEmpty();
        assertThat(RunSpecJson.parse(RunSpecJson.print(reader.spec()))).isEqualTo(reader.spec());
        assertThat(RunSpecWriter.write("", reader.spec()).getScenario()).isEqualTo(message.getScenario());
    }

    @Test
    void rotationsShareOutHalfATurnUnlessSaidOtherwise() {
        var message = minimal().setScenario(domains(d -> d.getRotationBuilder().setTasks(5)));

        assertThat(RunSpecReader.read(message.build()).spec().scenario().form())
                .isEqualTo(ScenarioForm.shifted(new DomainShift.Rotation(36)));
    }

    @Test
    void aDomainIncrementalScenarioSaysWhatDiffers() {
        var message = minimal().setScenario(domains(d -> {}));

        assertThat(RunSpecReader.read(message.build()).violations())
                .extracting(FieldViolation::field)
                .containsExactly("scenario.domain_incremental");
    }

    @Test
    void aRotationByNothingIsRefused() {
        var message = minimal().setScenario(domains(d -> d.getRotationBuilder().setDegreesPerTask(0)));

        assertThat(RunSpecReader.read(message.build()).violations())
                .containsExactly(new FieldViolation(
                        "scenario.domain_incremental.rotation.degrees_per_task", "0.0", "-360 to 360, not 0"));
    }

    private static io.engram.proto.type.v1.RunSpec.Builder minimal() {
        var message = io.engram.proto.type.v1.RunSpec.newBuilder()
                .setMethod(Component.newBuilder().setName("er"));
        message.getScenarioBuilder().setDataset("digits").getClassIncrementalBuilder();
        return message;
    }

    private static Value number(double value) {
        return Value.newBuilder().setNumberValue(value).build();
    }

    private static Value list(Value... values) {
        return Value.newBuilder()
                .setListValue(ListValue.newBuilder().addAllValues(List.of(values)))
                .build();
    }
}
