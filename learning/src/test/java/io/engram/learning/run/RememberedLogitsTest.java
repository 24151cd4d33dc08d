package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.learning.metric.TaskScore;
import io.engram.replay.SampleBatch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered with a sample where methods ask for logits. */
class RememberedLogitsTest {
    private static final int SAMPLE_BYTES = 64;

    @Test
    void aClassThatIsNotKnownYetIsRememberedWithTheLeastLogit() {
        List<float[]> remembered = new ArrayList<>();
        RecordingMethod method =
                new RecordingMethod(Runs.method("der"), batch -> remembered.addAll(logits(batch.replayed(), 3)));

        // one class a task: a sample of the first two tasks has one or two known classes out of three
        Runs.learn(
                SpecBuilder.of("der").classes(3, 5, 8).training(1, 16).build(),
                method,
                new RecordingListener(),
                System::nanoTime);

        assertThat(remembered)
                .isNotEmpty()
                .filteredOn(logits -> logits[1] == logits[2])
                .as("of the first task")
                .isNotEmpty()
                .allSatisfy(logits -> assertThat(logits[1]).isLessThanOrEqualTo(logits[0]));
    }

    /** Without them on new classes, both end where plain training does, at 20 %. */
    @ParameterizedTest
    @ValueSource(strings = {"der", "der++"})
    void rememberedLogitsKeepOldClassesApartFromNewOnes(String method) {
        double average = Runs.scores(
                        Runs.learn(SpecBuilder.demo(method).build()).get(4).model())
                .stream()
                .mapToDouble(TaskScore::accuracy)
                .average()
                .orElseThrow();

        assertThat(average).isGreaterThan(60);
    }

    private static List<float[]> logits(SampleBatch replayed, int classes) {
        List<float[]> all = new ArrayList<>();
        for (int k = 0; k < replayed.size(); k++) {
            float[] logits = new float[classes];
            for (int c = 0; c < classes; c++) {
                logits[c] = replayed.items().getFloat(k * replayed.itemBytes() + SAMPLE_BYTES + Float.BYTES * c);
            }
            all.add(logits);
        }
        return all;
    }
}
