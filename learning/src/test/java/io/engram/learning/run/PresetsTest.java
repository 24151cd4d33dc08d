package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.learning.method.Methods;
import io.engram.learning.scenario.ClassOrder;
import io.engram.learning.scenario.DomainShift;
import io.engram.learning.scenario.ScenarioForm;
import io.engram.learning.scenario.ScenarioSpec;
import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Component;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PresetsTest {

    static Stream<Arguments> presets() {
        return Methods.CATALOG.entries().stream().map(CatalogEntry::name).flatMap(method -> Presets.of(method).stream()
                .map(preset -> Arguments.of(method, preset.name())));
    }

    @ParameterizedTest
    @MethodSource("presets")
    void everyPresetMakesASpecThatIsAccepted(String method, String preset) {
        RunSpec complete = Runs.FACTORY.complete(inItsScenario(method, preset));

        assertThat(complete.preset()).isEqualTo(preset);
        assertThat(complete.method().settings())
                .containsAllEntriesOf(Presets.find(method, preset).orElseThrow().settings());
        // and is completed once more as it is
        assertThat(Runs.FACTORY.complete(complete)).isEqualTo(complete);
    }

    private static RunSpec inItsScenario(String method, String preset) {
        ScenarioForm form = Presets.find(method, preset).orElseThrow().form();
        return SpecBuilder.bare(method).scenario(scenario(form)).preset(preset).build();
    }

    private static ScenarioSpec scenario(ScenarioForm form) {
        return new ScenarioSpec(
                "digits",
                form,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.of(5),
                new ClassOrder.Ascending());
    }

    @ParameterizedTest
    @MethodSource("presets")
    void everyPresetSaysWhatItGivesAndWhereThatComesFrom(String method, String name) {
        Preset preset = Presets.find(method, name).orElseThrow();

        assertThat(preset.figure()).contains("%");
        assertThat(preset.scenario()).isNotBlank();
        assertThat(preset.source()).containsPattern("20[12][0-9]");
        assertThat(Presets.of(method)).extracting(Preset::name).containsOnlyOnce(name);
    }

    @Test
    void whatASpecSaysItselfWins() {
        RunSpec spec = SpecBuilder.bare("der++")
                .method(new Component("der++", Map.of("alpha", 0.7)))
                .optimizer("sgd", Map.of("momentum", 0.9))
                .memory(new MemorySpec(OptionalInt.of(50), OptionalInt.empty(), "", ""))
                .preset("buzzega-split-mnist")
                .build();

        RunSpec complete = Runs.FACTORY.complete(spec);

        assertThat(complete.method().settings()).containsEntry("alpha", 0.7).containsEntry("beta", 0.5);
        assertThat(complete.optimizer().orElseThrow().settings())
                .containsEntry("momentum", 0.9)
                .containsEntry("learning_rate", 0.03);
        assertThat(complete.memory().capacity()).hasValue(50);
        assertThat(complete.memory().batchSize()).hasValue(10);
    }

    @Test
    void epochsThatAreAskedForTakeThePlaceOfSteps() {
        RunSpec spec = SpecBuilder.bare("ewc")
                .training(new TrainingSpec(OptionalInt.of(3), OptionalInt.empty(), Optional.empty()))
                .preset("van-de-ven-split-mnist")
                .build();

        TrainingSpec training = Runs.FACTORY.complete(spec).training();

        assertThat(training.epochs()).hasValue(3);
        assertThat(training.stepsPerTask()).isEmpty();
        assertThat(training.batchSize()).hasValue(128);
    }

    @Test
    void anotherBackboneTakesNothingOfThatOfThePreset() {
        RunSpec spec = SpecBuilder.bare("er")
                .backbone(new Component("conv", Map.of("filters", List.of(4.0))))
                .preset("buzzega-split-mnist")
                .build();

        assertThat(Runs.FACTORY.complete(spec).backbone().orElseThrow().network())
                .isEqualTo(new Component("conv", Map.of("filters", List.of(4.0))));
    }

    @Test
    void anUnknownPresetIsRefusedWithThoseThereAreForTheScenario() {
        assertThatThrownBy(() -> Runs.FACTORY.complete(
                        SpecBuilder.of("er").preset("buzzega").build()))
                .isInstanceOf(InvalidRunSpecException.class)
                .hasMessage(
                        "method.preset: was \"buzzega\"; allowed: one of van-de-ven-split-mnist, buzzega-split-mnist, "
                                + "aljundi-split-mnist for er in scenario.class_incremental");
        assertThatThrownBy(() -> Runs.FACTORY.complete(
                        SpecBuilder.of("gdumb").preset("best").build()))
                .hasMessage("method.preset: was \"best\"; allowed: no preset for gdumb in scenario.class_incremental");
    }

    @Test
    void aPresetOfAnotherScenarioIsRefusedWithThoseOfThisOne() {
        assertRefused(
                SpecBuilder.bare("si").preset("van-de-ven-split-mnist-task"),
                "one of van-de-ven-split-mnist for si in scenario.class_incremental");
        assertRefused(
                SpecBuilder.bare("der")
                        .scenario(scenario(ScenarioForm.TASK_INCREMENTAL))
                        .preset("buzzega-split-mnist"),
                "no preset for der in scenario.task_incremental");
        assertRefused(
                SpecBuilder.bare("mir")
                        .scenario(scenario(ScenarioForm.CLASS_GROUPS))
                        .preset("aljundi-permuted-mnist"),
                "no preset for mir in scenario.domain_incremental.class_groups");
    }

    @Test
    void theSeedOfPermutationsIsTheSpecsOwn() {
        ScenarioForm permuted = ScenarioForm.shifted(new DomainShift.PixelPermutation(7));

        RunSpec complete = Runs.FACTORY.complete(SpecBuilder.bare("mir")
                .scenario(scenario(permuted))
                .preset("aljundi-permuted-mnist")
                .build());

        assertThat(complete.scenario().form()).isEqualTo(permuted);
    }

    private static void assertRefused(SpecBuilder spec, String allowed) {
        RunSpec built = spec.build();
        assertThatThrownBy(() -> Runs.FACTORY.complete(built))
                .isInstanceOf(InvalidRunSpecException.class)
                .hasMessage("method.preset: was \"%s\"; allowed: %s", built.preset(), allowed);
    }
}
