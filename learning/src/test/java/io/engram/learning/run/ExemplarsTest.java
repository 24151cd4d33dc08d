package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engram.learning.artifact.NamedTensor;
import io.engram.learning.memory.InProcessReplayMemory;
import io.engram.learning.memory.ReplayMemory;
import io.engram.learning.method.Method;
import io.engram.learning.method.Methods;
import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Methods that select exemplars around tasks. */
class ExemplarsTest {
    private final List<ReplayMemory> memories = new ArrayList<>();

    static Stream<String> methodsWithExemplars() {
        return Methods.CATALOG.entries().stream()
                .map(CatalogEntry::name)
                .filter(name -> Runs.method(name).insertionPolicy().equals("ranked"));
    }

    /** 100 slots for 2, 4, ... 10 classes: 50, 25, 16, 12 and 10 exemplars each; less where some are kept for something else. */
    @ParameterizedTest
    @MethodSource("methodsWithExemplars")
    void classesShareTheMemory(String method) {
        List<Map<Integer, Integer>> held = new ArrayList<>();

        learn(SpecBuilder.of(method).memory(100).build(), () -> held.add(counts()));

        assertThat(held).hasSize(5);
        int capacity = Runs.method(method).replayCapacity(100);
        for (int task = 0; task < 5; task++) {
            assertThat(held.get(task)).hasSize(2 * (task + 1)).values().containsOnly(capacity / (2 * (task + 1)));
        }
    }

    /** 142 training samples of class 0 and 146 of class 1: a quota of 500 keeps them all. */
    @ParameterizedTest
    @MethodSource("methodsWithExemplars")
    void aClassWithLessThanItsQuotaKeepsAll(String method) {
        learn(SpecBuilder.of(method).firstTasks(1).memory(1000).build(), () -> {});

        int kept = Runs.method(method).heldOut(1000, 0, 2);
        assertThat(counts()).containsEntry(0, 142 - kept).containsEntry(1, 146 - kept);
    }

    @ParameterizedTest
    @MethodSource("methodsWithExemplars")
    void aFixedNumberForEachClassLeavesTheRestOfTheMemoryFree(String method) {
        RunSpec spec = SpecBuilder.of(method)
                .method(new Component(method, Map.of("exemplars_per_class", 7.0)))
                .memory(100)
                .build();

        learn(spec, () -> {});

        assertThat(counts()).hasSize(10).values().containsOnly(7);
    }

    @ParameterizedTest
    @MethodSource("methodsWithExemplars")
    void onlyExemplarsOfEarlierTasksAreReplayed(String name) {
        List<Integer> replayed = new ArrayList<>();
        List<Integer> drawn = new ArrayList<>();
        Method method = new RecordingMethod(Runs.method(name), batch -> {
            drawn.add(batch.replayed().size());
            for (int k = 0; k < batch.replayed().size(); k++) {
                replayed.add(batch.replayed().labels()[k]);
            }
        });
        RunSpec spec = SpecBuilder.of(name).firstTasks(2).training(1, 32).build();

        Runs.learn(spec, method, new RecordingListener(), System::nanoTime);

        // 9 steps for 288 samples without any, less where some are held out, then as many or more with 32 each
        assertThat(drawn).startsWith(0, 0, 0, 0, 0, 0, 0, 0).endsWith(32);
        assertThat(replayed).contains(0, 1).doesNotContain(2, 3);
    }

    static Stream<String> methodsThatNeedMemory() {
        return methodsWithExemplars().filter(name -> Runs.method(name).leastMemory(10) > 0);
    }

    @ParameterizedTest
    @MethodSource("methodsThatNeedMemory")
    void aMemoryThatIsTooSmallIsRefused(String method) {
        int least = Runs.method(method).leastMemory(10);

        assertThatThrownBy(() -> Runs.FACTORY.complete(
                        SpecBuilder.of(method).memory(least - 1).build()))
                .isInstanceOf(InvalidRunSpecException.class)
                .hasMessage("memory.capacity: was %d; allowed: at least %d for %s of 10 classes"
                        .formatted(least - 1, least, method));
        assertThat(Runs.learn(
                        SpecBuilder.of(method).training(1, 64).memory(least).build()))
                .hasSize(5);
    }

    /** Without hidden layers features are pixels, which divided by their length give means that can be found by hand. */
    @Test
    void theMeansOfIcarlAreThoseOfItsExemplars() {
        List<CompletedTask> tasks = learn(SpecBuilder.of("icarl").hidden().build(), () -> {});

        double[][] sums = new double[10][64];
        int[] counts = new int[10];
        memories.get(0).scan(batch -> {
            for (int k = 0; k < batch.size(); k++) {
                double length = 0;
                for (int i = 0; i < 64; i++) {
                    length += Math.pow(batch.items().get(k * 64 + i), 2);
                }
                for (int i = 0; i < 64; i++) {
                    sums[batch.labels()[k]][i] += batch.items().get(k * 64 + i) / Math.sqrt(length);
                }
                counts[batch.labels()[k]]++;
            }
        });
        NamedTensor means = tasks.get(4).model().weights().get(2);
        assertThat(means.name()).isEqualTo("classifier.means");
        for (int c = 0; c < 10; c++) {
            double length = 0;
            for (double sum : sums[c]) {
                length += sum * sum;
            }
            for (int i = 0; i < 64; i++) {
                assertThat((double) means.values()[c * 64 + i]).isCloseTo(sums[c][i] / Math.sqrt(length), within(1e-5));
            }
            assertThat(tasks.get(4).model().weights().get(3).values()[c]).isEqualTo(counts[c]);
        }
    }

    @Test
    void theMeansOfIcarlMoveWithTheNetwork() {
        List<CompletedTask> tasks = learn(SpecBuilder.of("icarl").firstTasks(2).build(), () -> {});

        float ofFirst = tasks.get(0).model().weights().get(4).values()[0];
        assertThat(tasks.get(1).model().weights().get(4).values()[0]).isNotEqualTo(ofFirst);
    }

    private List<CompletedTask> learn(RunSpec spec, Runnable onCompleted) {
        return Runs.learn(
                spec,
                Runs.method(spec.method()),
                (settings, limit) -> {
                    memories.add(new InProcessReplayMemory(settings, limit));
                    return memories.get(0);
                },
                new RecordingListener(() -> false, onCompleted),
                System::nanoTime);
    }

    private Map<Integer, Integer> counts() {
        Map<Integer, Integer> counts = new TreeMap<>();
        memories.get(0).scan(batch -> {
            for (int k = 0; k < batch.size(); k++) {
                counts.merge(batch.labels()[k], 1, Integer::sum);
            }
        });
        return counts;
    }
}
