package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.learning.checkpoint.StoredTensor;
import io.engram.learning.memory.ReplayMemoryFactory;
import io.engram.learning.method.Methods;
import io.engram.learning.scenario.ScenarioForm;
import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Component;
import io.engram.learning.setting.Violation;
import io.engram.replay.BufferSettings;
import io.engram.replay.SampleBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every method with a memory, in every scenario that it supports; and what is left of each without one. */
class MemoryContractTest {

    /** Whose loss is that of {@code finetune} where nothing is replayed. */
    private static final List<String> REPLAY_ALONE =
            List.of("er", "er-aml", "mir", "gss-greedy", "a-gem", "der", "der++");

    /** What they do beside replaying is left where nothing is. */
    private static final List<String> MORE_THAN_REPLAY = List.of("er-ace", "wa", "ssil", "eeil", "lucir");

    /** They choose classes by what they hold, or train on nothing else. */
    private static final List<String> NOT_WITHOUT_MEMORY = List.of("gdumb", "icarl", "bic", "podnet");

    static Stream<MethodInScenario> withMemory() {
        return MethodInScenario.withMemory();
    }

    static Stream<MethodInScenario> replayAlone() {
        return MethodInScenario.supported(REPLAY_ALONE);
    }

    /** Where tasks do not bring classes beside others, those in a batch of {@code er-ace} are all there are. */
    static Stream<MethodInScenario> moreThanReplay() {
        return MethodInScenario.supported(MORE_THAN_REPLAY)
                .filter(each -> each.form().equals(ScenarioForm.CLASS_INCREMENTAL));
    }

    /** Both where the memory is, and when steps are announced to it. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("withMemory")
    void aMemoryThatAnswersOnAnotherThreadGivesTheSameModelsBitForBit(MethodInScenario each) {
        RunSpec spec = each.spec().training(1, 32).build();

        assertThat(bits(Runs.learn(spec, (settings, limit) -> new AnsweringOnAnotherThread(settings, limit, 5))))
                .isEqualTo(bits(Runs.learn(spec)));
    }

    /** After every exchange, when it is full, and after every task with what a method holds in lists of its own. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("withMemory")
    void neverMoreIsHeldThanTheCapacity(MethodInScenario each) {
        RunSpec spec = each.spec().training(1, 32).build();
        int capacity = spec.memory().capacity().orElseThrow();
        List<Counted> memories = new ArrayList<>();
        SamplesOfMethod ofMethod =
                new SamplesOfMethod(Runs.method(each.method()).state());

        learn(spec, ofMethod, (settings, limit) -> {
            memories.add(new Counted(settings, limit));
            return memories.get(0);
        });

        int most = memories.get(0).most;
        assertThat(most).isEqualTo(Runs.method(each.method()).replayCapacity(capacity));
        assertThat(ofMethod.counts).hasSize(3).allSatisfy(count -> assertThat(most + count)
                .isLessThanOrEqualTo(capacity));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("withMemory")
    void withMemoryItIsNotFinetune(MethodInScenario each) {
        assertThat(bits(Runs.learn(each.spec().training(1, 32).build()))).isNotEqualTo(finetuned(each));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("replayAlone")
    void withoutMemoryItIsFinetuneByteForByte(MethodInScenario each) {
        assertThat(bits(Runs.learn(each.spec().training(1, 32).memory(0).build())))
                .isEqualTo(finetuned(each));
    }

    @Test
    void replayThatCountsByTasksIsFinetuneWithoutMemory() {
        MethodInScenario er = replayAlone().findFirst().orElseThrow();
        RunSpec byTasks = er.spec()
                .method(new Component("er", Map.of("by_tasks", true)))
                .training(1, 32)
                .memory(0)
                .build();

        assertThat(bits(Runs.learn(byTasks))).isEqualTo(finetuned(er));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("moreThanReplay")
    void whatAMethodDoesBesideReplayingIsLeftWithoutMemory(MethodInScenario each) {
        List<ByteBuffer> learned =
                bits(Runs.learn(each.spec().training(1, 32).memory(0).build()));

        assertThat(learned).hasSize(3).isNotEqualTo(finetuned(each));
    }

    /** One of each class; ten with {@code bic}, which keeps every tenth from training. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"gdumb, 6", "icarl, 6", "bic, 60", "podnet, 6"})
    void aMethodThatIsNothingWithoutMemoryRefusesTooLittle(String method, int least) {
        for (int capacity : new int[] {0, least - 1}) {
            RunSpec spec = first(method).spec().memory(capacity).build();

            assertThatThrownBy(() -> Runs.FACTORY.complete(spec))
                    .isInstanceOfSatisfying(InvalidRunSpecException.class, refusal -> assertThat(refusal.violations())
                            .containsExactly(new Violation(
                                    "memory.capacity",
                                    Integer.toString(capacity),
                                    "at least " + least + " for " + method + " of 6 classes")));
        }
    }

    @Test
    void everyMethodWithAMemoryIsOneOfThese() {
        List<String> told = Stream.of(REPLAY_ALONE, MORE_THAN_REPLAY, NOT_WITHOUT_MEMORY)
                .flatMap(List::stream)
                .toList();

        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(Methods.CATALOG.entries().stream()
                        .map(CatalogEntry::name)
                        .filter(name -> Runs.method(name).usesMemory())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7})
    void theSettingsOfTheMemoryDoNotShiftOrderOrInitialValuesOfFinetune(int capacity) {
        assertThat(bits(Runs.learn(SpecBuilder.of("finetune").memory(capacity).build())))
                .isEqualTo(bits(Runs.learn(SpecBuilder.of("finetune").build())));
    }

    private static MethodInScenario first(String method) {
        return MethodInScenario.supported(List.of(method)).findFirst().orElseThrow();
    }

    private static List<ByteBuffer> finetuned(MethodInScenario each) {
        return bits(Runs.learn(each.with("finetune").spec().training(1, 32).build()));
    }

    private static List<ByteBuffer> bits(List<CompletedTask> tasks) {
        return tasks.stream().map(task -> Runs.bits(task.model())).toList();
    }

    private static void learn(RunSpec spec, RunListener listener, ReplayMemoryFactory memories) {
        try (Run run = Runs.FACTORY.create(spec, memories)) {
            new TaskLoop(run, listener, System::nanoTime).run();
        }
    }

    /** Counts what is held after every exchange. */
    private static final class Counted extends ChangedMemory {
        private int most;

        Counted(BufferSettings settings, int limit) {
            super(settings, limit);
        }

        @Override
        public PendingReplay exchange(SampleBatch remember, int draw) {
            PendingReplay drawn = memory.exchange(remember, draw);
            int[] held = {0};
            scan(batch -> held[0] += batch.size());
            most = Math.max(most, held[0]);
            return drawn;
        }
    }

    /** Counts samples among the tensors that a method keeps from task to task. */
    private static final class SamplesOfMethod implements RunListener {
        /** Of a digit. */
        private static final List<Integer> SHAPE = List.of(1, 8, 8);

        private final List<String> lists;
        private final List<Integer> counts = new ArrayList<>();

        SamplesOfMethod(List<String> lists) {
            this.lists = lists;
        }

        @Override
        public void progressed(Progress progress) {}

        @Override
        public void taskCompleted(CompletedTask task) {
            Map<String, List<StoredTensor>> tensors = task.checkpoint().get().tensors();
            counts.add(lists.stream()
                    .flatMap(list -> tensors.get(list).stream())
                    .map(StoredTensor::shape)
                    .filter(shape -> shape.size() == 4 && shape.subList(1, 4).equals(SHAPE))
                    .mapToInt(shape -> shape.get(0))
                    .sum());
        }

        @Override
        public boolean cancellationRequested() {
            return false;
        }
    }
}
