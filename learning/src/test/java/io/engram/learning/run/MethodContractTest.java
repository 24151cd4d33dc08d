package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.learning.method.Methods;
import io.engram.learning.metric.TaskScore;
import io.engram.learning.setting.CatalogEntry;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every method of the catalog, and what each of them promises. */
class MethodContractTest {

    static Stream<String> methods() {
        return Methods.CATALOG.entries().stream().map(CatalogEntry::name);
    }

    /** With steps that Adam bounds: the penalties of some methods are too steep for plain gradient descent. */
    private static SpecBuilder quick(String method) {
        return SpecBuilder.of(method).optimizer("adam", Map.of("learning_rate", 0.01));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void everyMethodLearnsTheFirstTask(String method) {
        CompletedTask first = Runs.learn(quick(method).build()).get(0);

        assertThat(Runs.scores(first.model())).singleElement().satisfies(score -> assertThat(score.accuracy())
                .isGreaterThan(90));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void everyMethodRepeatsBitForBit(String method) {
        RunSpec spec = quick(method).build();

        List<CompletedTask> once = Runs.learn(spec);
        List<CompletedTask> again = Runs.learn(spec);

        assertThat(once).hasSize(5);
        for (int task = 0; task < once.size(); task++) {
            assertThat(Runs.bits(again.get(task).model()))
                    .isEqualTo(Runs.bits(once.get(task).model()));
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void anotherSeedGivesAnotherModel(String method) {
        SpecBuilder spec = quick(method).classes(0, 1).training(1, 64);

        assertThat(Runs.bits(Runs.learn(spec.seed(2).build()).get(0).model()))
                .isNotEqualTo(Runs.bits(Runs.learn(spec.seed(1).build()).get(0).model()));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void theModelAfterATaskKnowsTheClassesSoFar(String method) {
        List<CompletedTask> tasks =
                Runs.learn(quick(method).classes(4, 2, 9).training(1, 64).build());

        assertThat(tasks.get(1).model().descriptor().taskIndex()).isEqualTo(1);
        assertThat(tasks.get(1).model().descriptor().labelsByTask()).containsExactly(List.of(4), List.of(2));
        assertThat(tasks.get(1).model().weights()).anySatisfy(tensor -> {
            assertThat(tensor.name()).isEqualTo("head.weight");
            assertThat(tensor.shape()).startsWith(2).endsWith(16);
        });
    }

    /** Neither labels nor samples of a later task may be looked at: with and without it, models are the same before it. */
    @ParameterizedTest
    @MethodSource("methods")
    void whatComesLaterDoesNotMatter(String method) {
        List<CompletedTask> tasks =
                Runs.learn(quick(method).firstTasks(3).training(1, 32).build());
        List<CompletedTask> fewer =
                Runs.learn(quick(method).firstTasks(2).training(1, 32).build());

        for (int task = 0; task < fewer.size(); task++) {
            assertThat(Runs.bits(tasks.get(task).model()))
                    .isEqualTo(Runs.bits(fewer.get(task).model()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"er", "er-aml", "mir", "gss-greedy", "der", "der++", "a-gem"})
    void withoutMemoryItIsFinetuneByteForByte(String method) {
        List<CompletedTask> replayed =
                Runs.learn(SpecBuilder.of(method).memory(0).build());
        List<CompletedTask> finetuned = Runs.learn(SpecBuilder.of("finetune").build());

        assertThat(Runs.bits(replayed.get(4).model()))
                .isEqualTo(Runs.bits(finetuned.get(4).model()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"er", "er-ace", "er-aml", "mir", "gss-greedy", "der", "der++", "a-gem"})
    void withMemoryItIsNotFinetune(String method) {
        assertThat(Runs.bits(Runs.learn(SpecBuilder.of(method).build()).get(4).model()))
                .isNotEqualTo(Runs.bits(
                        Runs.learn(SpecBuilder.of("finetune").build()).get(4).model()));
    }

    @Test
    void theSettingsOfTheMemoryDoNotShiftOrderOrInitialValuesOfFinetune() {
        assertThat(Runs.bits(Runs.learn(SpecBuilder.of("finetune").memory(7).build())
                        .get(4)
                        .model()))
                .isEqualTo(Runs.bits(
                        Runs.learn(SpecBuilder.of("finetune").build()).get(4).model()));
    }

    /**
     * A bare PyTorch loop of the same work (stratified 80/20 split, 64-256-256, 10 epochs, 16 + 16, SGD 0.1, memory 400)
     * gave, over three seeds, 90.9 to 92.1 for er, 19 for finetune and 94.5 to 96.7 for joint; the ranges leave room for
     * another split.
     */
    @ParameterizedTest
    @CsvSource({"er, 88, 95", "finetune, 19, 20.5", "joint, 94, 98"})
    void averageAccuracyOnTheDigitsIsThatOfAReferenceLoop(String method, double least, double most) {
        CompletedTask last = Runs.learn(SpecBuilder.demo(method).build()).get(4);

        double average = Runs.scores(last.model()).stream()
                .mapToDouble(TaskScore::accuracy)
                .average()
                .orElseThrow();

        assertThat(average).isBetween(least, most);
    }
}
