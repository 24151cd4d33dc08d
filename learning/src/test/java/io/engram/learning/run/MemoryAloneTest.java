package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.learning.method.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Training on what the memory holds, as GDumb does. */
class MemoryAloneTest {

    @Test
    void eachTaskIsTrainedOnABalancedMemoryAndNothingElse() {
        List<List<Integer>> classesByStep = new ArrayList<>();
        List<Integer> replayed = new ArrayList<>();
        Method method = new RecordingMethod(Runs.method("gdumb"), batch -> {
            classesByStep.add(
                    IntStream.range(0, batch.size()).mapToObj(batch::classOf).toList());
            replayed.add(batch.replayed().size());
        });

        // one epoch of one batch for each of five tasks of two classes
        Runs.learn(
                SpecBuilder.of("gdumb").memory(50).training(1, 64).build(),
                method,
                new RecordingListener(),
                System::nanoTime);

        assertThat(replayed).containsOnly(0);
        assertThat(classesByStep).hasSize(5).allSatisfy(classes -> assertThat(classes)
                .hasSize(50));
        // 50 / 2 of each class, and in the end 50 / 10
        assertThat(counts(classesByStep.get(0), 2)).containsOnly(25);
        assertThat(counts(classesByStep.get(4), 10)).containsOnly(5);
    }

    @Test
    void aMemoryWithoutRoomForEveryClassIsRefused() {
        assertThatThrownBy(() ->
                        Runs.FACTORY.complete(SpecBuilder.of("gdumb").memory(9).build()))
                .isInstanceOf(InvalidRunSpecException.class)
                .hasMessageContaining("memory.capacity")
                .hasMessageContaining("at least 10");
    }

    private static List<Integer> counts(List<Integer> classes, int known) {
        return IntStream.range(0, known)
                .mapToObj(c -> Collections.frequency(classes, c))
                .toList();
    }
}
