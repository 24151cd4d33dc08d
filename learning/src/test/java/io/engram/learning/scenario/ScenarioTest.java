package io.engram.learning.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.learning.dataset.Dataset;
import io.engram.learning.dataset.SmallDatasets;
import io.engram.learning.setting.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScenarioTest {

    private final List<Violation> violations = new ArrayList<>();

    @Test
    void eachTaskHasTheRowsOfItsClasses() {
        // Given labels in this order; when split into the tasks {0, 1} and {2}
        Dataset dataset = SmallDatasets.of(3, new int[] {2, 0, 1, 2, 0}, new int[] {1, 2, 0});

        Scenario scenario = Scenario.of(dataset, ScenarioForm.CLASS_INCREMENTAL, List.of(List.of(0, 1), List.of(2)));

        assertThat(scenario.tasks().get(0).trainRows()).containsExactly(1, 2, 4);
        assertThat(scenario.tasks().get(1).trainRows()).containsExactly(0, 3);
        assertThat(scenario.tasks().get(0).testRows()).containsExactly(0, 2);
        assertThat(scenario.tasks().get(1).testRows()).containsExactly(1);
    }

    @Test
    void denseIdsFollowTheOrderInWhichClassesArrive() {
        Scenario scenario = Scenario.of(
                SmallDatasets.ofClasses(4, 1, 1),
                ScenarioForm.CLASS_INCREMENTAL,
                List.of(List.of(3, 1), List.of(2), List.of(0)));

        assertThat(IntStream.of(3, 1, 2, 0).map(scenario::denseId)).containsExactly(0, 1, 2, 3);
    }

    @Test
    void theOffsetOfATaskIsTheNumberOfClassesSeenBefore() {
        // Given a first task of four classes, then two, then one
        Scenario scenario = Scenario.of(
                SmallDatasets.ofClasses(7, 1, 1),
                ScenarioForm.CLASS_INCREMENTAL,
                List.of(List.of(6, 5, 4, 3), List.of(2, 1), List.of(0)));

        assertThat(scenario.classesUpTo(0)).isEqualTo(4);
        assertThat(scenario.classesUpTo(1)).isEqualTo(6);
        assertThat(scenario.classesUpTo(2)).isEqualTo(7);
        assertThat(scenario.denseId(2)).isEqualTo(scenario.classesUpTo(0));
        assertThat(scenario.denseId(0)).isEqualTo(scenario.classesUpTo(1));
    }

    @Test
    void samplesOfClassesThatTakeNoPartAreInNoTask() {
        Dataset dataset = SmallDatasets.of(3, new int[] {0, 1, 2}, new int[] {0, 1, 2});

        Scenario scenario = Scenario.of(dataset, ScenarioForm.CLASS_INCREMENTAL, List.of(List.of(2)));

        assertThat(scenario.tasks().get(0).trainRows()).containsExactly(2);
        assertThat(scenario.training(scenario.tasks().get(0)).classes()).containsExactly(-1, -1, 0);
    }

    @Test
    void aClassWithoutTestSamplesIsNamedWhenItIsAskedFor() {
        Dataset dataset = SmallDatasets.of(2, new int[] {0, 1}, new int[] {0});

        Scenario.split(ScenarioSpec.classIncremental("by hand", 1), dataset, violations);

        assertThat(violations)
                .containsExactly(new Violation(
                        "scenario.class_incremental.class_order", "class 1", "classes with test samples in by hand"));
    }

    @Test
    void aClassWithoutTrainingSamplesIsNamedWhenItIsAskedFor() {
        Dataset dataset = SmallDatasets.of(2, new int[] {1}, new int[] {0, 1});

        Scenario.split(ScenarioSpec.classIncremental("by hand", 1), dataset, violations);

        assertThat(violations)
                .containsExactly(new Violation(
                        "scenario.class_incremental.class_order",
                        "class 0",
                        "classes with training samples in by hand"));
    }

    @Test
    void aClassWithoutSamplesThatIsLeftOutDoesNoHarm() {
        Dataset dataset = SmallDatasets.of(2, new int[] {0, 1}, new int[] {0});
        ScenarioSpec spec = new ScenarioSpec(
                "by hand",
                OptionalInt.empty(),
                OptionalInt.of(1),
                OptionalInt.empty(),
                new ClassOrder.Listed(List.of(0)));

        Scenario.split(spec, dataset, violations);

        assertThat(violations).isEmpty();
    }

    @Test
    void aRefusedScenarioHasNoTasks() {
        Scenario scenario = Scenario.split(
                ScenarioSpec.classIncremental("by hand", 0), SmallDatasets.ofClasses(2, 1, 1), violations);

        assertThat(scenario.tasks()).isEmpty();
        assertThat(violations).hasSize(1);
    }

    @Test
    void aThousandClassesMakeAThousandTasksThatShareOutTheSamples() {
        Dataset dataset = SmallDatasets.ofClasses(1000, 60, 10);

        Scenario scenario = Scenario.split(ScenarioSpec.classIncremental("by hand", 1), dataset, violations);

        assertThat(violations).isEmpty();
        assertThat(scenario.tasks()).hasSize(1000).allMatch(task -> task.trainRows().length == 60);
        assertThat(scenario.tasks().stream()
                        .flatMapToInt(task -> Arrays.stream(task.trainRows()))
                        .sorted())
                .containsExactlyElementsOf(IntStream.range(0, 60_000).boxed().toList());
        assertThat(scenario.denseId(999)).isEqualTo(999);
    }
}
