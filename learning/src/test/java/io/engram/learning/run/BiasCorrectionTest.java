package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.learning.artifact.NamedTensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BiasCorrectionTest {

    @Test
    void onlyTheClassesOfTheLastTaskAreCorrectedAndAllInTheSameWay() {
        List<CompletedTask> tasks = Runs.learn(SpecBuilder.of("bic").build());

        assertThat(tensor(tasks.get(0), "classifier.factors")).containsExactly(1, 1);
        assertThat(tensor(tasks.get(0), "classifier.shifts")).containsExactly(0, 0);
        for (int task = 1; task < 5; task++) {
            float[] factors = tensor(tasks.get(task), "classifier.factors");
            float[] shifts = tensor(tasks.get(task), "classifier.shifts");
            int old = 2 * task;
            for (int c = 0; c < old; c++) {
                assertThat(factors[c]).isEqualTo(1);
                assertThat(shifts[c]).isZero();
            }
            assertThat(factors[old]).isNotEqualTo(1).isEqualTo(factors[old + 1]);
            assertThat(shifts[old]).isNotZero().isEqualTo(shifts[old + 1]);
        }
    }

    /** A tenth of 100 for two classes is 5 of each, which of 288 leaves 278; after that 5, 2, 1 and 1 of each new class. */
    @Test
    void whatIsKeptForTheCorrectionIsNeverTrainedOn() {
        List<Set<Integer>> trained = new ArrayList<>(List.of(new HashSet<>()));
        RecordingMethod method = new RecordingMethod(Runs.method("bic"), batch -> {
            for (int k = 0; k < batch.size(); k++) {
                trained.get(0).add(batch.row(k));
            }
        });

        Runs.learn(SpecBuilder.of("bic").memory(100).build(), method, new RecordingListener(), System::nanoTime);

        int all = Runs.DATASETS.load("digits").train().size();
        List<Integer> kept = new ArrayList<>();
        method.contexts().forEach(context -> {
            kept.add(context.heldOut().samples());
            context.heldOut().again(all, batch -> {
                for (int k = 0; k < batch.size(); k++) {
                    assertThat(trained.get(0)).doesNotContain(batch.row(k));
                }
            });
        });
        assertThat(kept).containsExactly(10, 10, 4, 2, 2);
        assertThat(trained.get(0)).hasSize(all - 28);
    }

    @Test
    void theOutlineCountsTheStepsOfWhatIsTrainedOn() {
        RunSpec spec =
                SpecBuilder.of("bic").firstTasks(1).training(1, 9).memory(100).build();
        RecordingMethod method = new RecordingMethod(Runs.method("bic"));

        Runs.learn(spec, method, new RecordingListener(), System::nanoTime);

        // 278 / 9 = 30.9, where 288 samples would be 32 batches
        assertThat(method.calls()).filteredOn("observe"::equals).hasSize(31);
        assertThat(Runs.FACTORY.outline(spec).totalSteps()).isEqualTo(31);
    }

    private static float[] tensor(CompletedTask task, String name) {
        return task.model().weights().stream()
                .filter(tensor -> tensor.name().equals(name))
                .map(NamedTensor::values)
                .findFirst()
                .orElseThrow();
    }
}
