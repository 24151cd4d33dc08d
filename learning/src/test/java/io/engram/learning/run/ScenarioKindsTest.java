package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.learning.metric.TaskScore;
import io.engram.learning.scenario.ClassOrder;
import io.engram.learning.scenario.DomainShift;
import io.engram.learning.scenario.ScenarioForm;
import io.engram.learning.scenario.ScenarioSpec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The kinds of scenario beside class-incremental, on the digits. */
class ScenarioKindsTest {

    private static final ScenarioSpec PAIRS = ScenarioSpec.classIncremental("digits", 2);

    @Test
    void toldTheTaskAModelChoosesAmongItsClasses() {
        // Given a model that was trained with the task known, so that each task trains its own columns alone
        List<TaskScore> scores = lastScores("finetune", PAIRS.withForm(ScenarioForm.TASK_INCREMENTAL));

        // Then what counts is the choice among two, and it forgets far less than among ten
        assertThat(scores).allSatisfy(score -> {
            assertThat(score.taskAware()).hasValue(score.correct());
            assertThat(score.taskAgnostic().orElseThrow()).isLessThanOrEqualTo(score.correct());
        });
        assertThat(mean(scores)).isGreaterThan(70);
    }

    @Test
    void notToldTheTaskAModelChoosesAmongAllClasses() {
        List<TaskScore> scores = lastScores("finetune", PAIRS);

        assertThat(scores).allSatisfy(score -> {
            assertThat(score.taskAgnostic()).hasValue(score.correct());
            assertThat(score.taskAware().orElseThrow()).isGreaterThanOrEqualTo(score.correct());
        });
    }

    @Test
    void groupsOfClassesShareTheColumnsOfTheirPlaces() {
        ScenarioSpec groups = PAIRS.withForm(ScenarioForm.CLASS_GROUPS);

        List<CompletedTask> tasks = learn("finetune", groups);

        assertThat(tasks).hasSize(5).allSatisfy(task -> assertThat(task.model()
                        .weights()
                        .get(task.model().weights().size() - 1)
                        .shape())
                .containsExactly(2));
        assertThat(Runs.scores(tasks.get(4).model()))
                .allSatisfy(score -> assertThat(score.taskAware()).isEmpty())
                .last()
                .satisfies(score -> assertThat(score.accuracy()).isGreaterThan(90));
    }

    @Test
    void permutedPixelsAreLearnedTaskByTaskAndTestedAsTheyWereTrained() {
        List<CompletedTask> tasks = learn("finetune", shifted(new DomainShift.PixelPermutation(3), 3));

        assertThat(tasks).hasSize(3);
        for (CompletedTask task : tasks) {
            assertThat(Runs.scores(task.model()))
                    .hasSize(task.task().index() + 1)
                    .last()
                    .satisfies(score -> assertThat(score.accuracy()).isGreaterThan(85));
        }
    }

    @Test
    void whatIsReplayedLooksAsItDidInItsTask() {
        double finetuned = mean(lastScores("finetune", shifted(new DomainShift.PixelPermutation(3), 4)));

        assertThat(mean(lastScores("er", shifted(new DomainShift.PixelPermutation(3), 4))))
                .isGreaterThan(finetuned + 5);
    }

    @Test
    void jointTrainingSeesTheSamplesOfEveryTaskInTheirOwnLook() {
        assertThat(lastScores("joint", shifted(new DomainShift.Rotation(90), 3)))
                .hasSize(3)
                .allSatisfy(score -> assertThat(score.accuracy()).isGreaterThan(85));
    }

    @Test
    void stepsInPlaceOfEpochsEndInTheMiddleOfOne() {
        RunSpec spec = SpecBuilder.of("finetune")
                .training(new TrainingSpec(
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.of(25),
                        OptionalInt.of(16),
                        Optional.empty()))
                .build();

        assertThat(Runs.learn(spec))
                .hasSize(5)
                .allSatisfy(task -> assertThat(task.figures().steps()).isEqualTo(25));
    }

    @Test
    void theFirstTaskMayHaveItsOwnNumberOfEpochs() {
        RunSpec spec = SpecBuilder.of("finetune")
                .training(new TrainingSpec(
                        OptionalInt.of(1),
                        OptionalInt.of(3),
                        OptionalInt.empty(),
                        OptionalInt.of(16),
                        Optional.empty()))
                .build();

        List<CompletedTask> tasks = Runs.learn(spec);

        assertThat(tasks.get(0).figures().samples())
                .isEqualTo(3L * tasks.get(0).task().trainRows().length);
        assertThat(tasks.get(1).figures().samples())
                .isEqualTo(tasks.get(1).task().trainRows().length);
    }

    private static ScenarioSpec shifted(DomainShift shift, int tasks) {
        return new ScenarioSpec(
                "digits",
                ScenarioForm.shifted(shift),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.of(tasks),
                new ClassOrder.Ascending());
    }

    private static List<CompletedTask> learn(String method, ScenarioSpec scenario) {
        return Runs.learn(
                SpecBuilder.of(method).scenario(scenario).training(8, 16).build());
    }

    private static List<TaskScore> lastScores(String method, ScenarioSpec scenario) {
        List<CompletedTask> tasks = learn(method, scenario);
        return Runs.scores(tasks.get(tasks.size() - 1).model());
    }

    private static double mean(List<TaskScore> scores) {
        return scores.stream().mapToDouble(TaskScore::accuracy).average().orElseThrow();
    }
}
