package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engram.learning.dataset.Dataset;
import io.engram.learning.method.TaskContext;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskLoopTest {

    @Test
    void theHooksAreCalledInOrderTaskByTask() {
        // Given classes 0 (142 training samples) and 1 (146) one by one, in batches of 100: two steps an epoch
        RunSpec spec = SpecBuilder.of("er").classes(0, 1).training(2, 100).build();
        RecordingMethod method = new RecordingMethod(Runs.method("er"));

        Runs.learn(spec, method, listenerWriting(method), System::nanoTime);

        assertThat(method.calls())
                .containsExactly(
                        "before 0",
                        "observe",
                        "observe",
                        "observe",
                        "observe",
                        "after 0",
                        "completed", //
                        "before 1",
                        "observe",
                        "observe",
                        "observe",
                        "observe",
                        "after 1",
                        "completed");
    }

    @Test
    void aMethodIsGivenTaskMemoryAndLoaders() {
        RecordingMethod method = new RecordingMethod(Runs.method("er"));

        Runs.learn(
                SpecBuilder.of("er").classes(0, 1).training(1, 100).build(),
                method,
                new RecordingListener(),
                System::nanoTime);

        TaskContext second = method.contexts().get(1);
        assertThat(second.task().index()).isEqualTo(1);
        assertThat(second.memory()).isPresent();
        assertThat(second.trainLoader().samples()).isEqualTo(second.task().trainRows().length);
        assertThat(second.testLoaders())
                .extracting(loader -> loader.task().index())
                .containsExactly(0, 1);
    }

    @Test
    void aMethodWithoutReplayIsGivenNoMemory() {
        RecordingMethod method = new RecordingMethod(Runs.method("finetune"));

        Runs.learn(
                SpecBuilder.of("finetune").classes(0).training(1, 100).build(),
                method,
                new RecordingListener(),
                System::nanoTime);

        assertThat(method.contexts()).singleElement().satisfies(context -> assertThat(context.memory())
                .isEmpty());
    }

    @Test
    void cancellationStopsBeforeTheNextStep() {
        // Given a listener that says yes when it is asked for the sixth time
        AtomicLong asked = new AtomicLong();
        RecordingListener listener = new RecordingListener(() -> asked.incrementAndGet() > 5, () -> {});
        RecordingMethod method = new RecordingMethod(Runs.method("er"));

        assertThatThrownBy(() -> Runs.learn(SpecBuilder.of("er").build(), method, listener, System::nanoTime))
                .isInstanceOf(RunCancelledException.class)
                .hasMessage("cancelled before step 5");

        assertThat(method.calls()).hasSize(6).filteredOn("observe"::equals).hasSize(5);
        assertThat(listener.completed()).isEmpty();
    }

    @Test
    void aLossThatIsNotFiniteEndsTheRunWithTheStepAndTheSettingToLookAt() {
        RunSpec spec = SpecBuilder.of("finetune")
                .hidden(64, 64, 64)
                .optimizer("sgd", Map.of("learning_rate", 1000.0))
                .build();

        assertThatThrownBy(() -> Runs.learn(spec))
                .isInstanceOf(LossNotFiniteException.class)
                .hasMessageMatching("the loss became (NaN|Infinity) at step \\d+, in task 0: training diverged\\."
                        + " Look at optimizer\\.settings\\.learning_rate, which is 1000\\.0; try a tenth of it");
    }

    @Test
    void afterARunThatFailedTheNextOneGivesTheSameAsEver() {
        RunSpec spec = SpecBuilder.of("er").classes(0, 1).training(1, 64).build();
        ByteBuffer before = Runs.bits(Runs.learn(spec).get(1).model());

        aLossThatIsNotFiniteEndsTheRunWithTheStepAndTheSettingToLookAt();

        assertThat(Runs.bits(Runs.learn(spec).get(1).model())).isEqualTo(before);
    }

    @Test
    void anExceptionFromTheListenerEndsTheRun() {
        RecordingListener listener = new RecordingListener(() -> false, () -> {
            throw new IllegalStateException("no room for the model");
        });

        assertThatThrownBy(() -> Runs.learn(
                        SpecBuilder.of("finetune")
                                .classes(0, 1)
                                .training(1, 100)
                                .build(),
                        Runs.method("finetune"),
                        listener,
                        System::nanoTime))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no room for the model");
        assertThat(listener.completed()).hasSize(1);
    }

    @Test
    void everyEpochTrainsOnEachSampleOfTheTaskOnceAndOnNoOther() {
        List<Integer> rows = new ArrayList<>();
        RecordingMethod method = rowsInto(rows, "finetune");

        Runs.learn(
                SpecBuilder.of("finetune").classes(0, 1).training(1, 16).build(),
                method,
                new RecordingListener(),
                System::nanoTime);

        int ofFirst = method.contexts().get(0).task().trainRows().length;
        assertThat(rows.subList(0, ofFirst)).containsExactlyInAnyOrderElementsOf(rowsOf(method, 0));
        assertThat(rows.subList(ofFirst, rows.size())).containsExactlyInAnyOrderElementsOf(rowsOf(method, 1));
    }

    @Test
    void jointTrainsOnAllDataSoFar() {
        List<Integer> rows = new ArrayList<>();
        RecordingMethod method = rowsInto(rows, "joint");

        Runs.learn(
                SpecBuilder.of("joint").classes(0, 1).training(1, 16).build(),
                method,
                new RecordingListener(),
                System::nanoTime);

        int ofFirst = method.contexts().get(0).task().trainRows().length;
        List<Integer> both = new ArrayList<>(rowsOf(method, 0));
        both.addAll(rowsOf(method, 1));
        assertThat(rows.subList(ofFirst, rows.size())).containsExactlyInAnyOrderElementsOf(both);
    }

    @Test
    void figuresAndReportsAddUp() {
        // Given a clock that moves 0.1 s with every step: a report is due every third step (0.25 s at least)
        AtomicLong nanos = new AtomicLong(-5_000_000_000L);
        RecordingMethod method = new RecordingMethod(Runs.method("finetune"), batch -> nanos.addAndGet(100_000_000));
        RecordingListener listener = new RecordingListener();
        RunSpec spec = SpecBuilder.of("finetune").classes(0, 1).training(2, 16).build();

        Runs.learn(spec, method, listener, nanos::get);

        // 142 samples of class 0 and 146 of class 1: nine and ten batches an epoch, so 18 and 20 steps
        TrainingFigures first = listener.completed().get(0).figures();
        assertThat(first.steps()).isEqualTo(18);
        assertThat(first.samples()).isEqualTo(2 * 142);
        assertThat(first.seconds()).isCloseTo(1.8, within(1e-9));
        TrainingFigures second = listener.completed().get(1).figures();
        assertThat(second.steps()).isEqualTo(20);
        assertThat(second.samples()).isEqualTo(2 * 146);
        assertThat(second.seconds()).isCloseTo(2.0, within(1e-9));
        // reports after every third step of each task
        assertThat(listener.progress())
                .extracting(Progress::step)
                .containsExactly(3L, 6L, 9L, 12L, 15L, 18L, 21L, 24L, 27L, 30L, 33L, 36L);
        assertThat(listener.progress()).allSatisfy(report -> {
            assertThat(report.totalSteps()).isEqualTo(38);
            assertThat(report.trainingSeconds()).isCloseTo(0.1 * report.step(), within(1e-9));
            assertThat(report.secondsLeft()).isCloseTo(0.1 * (38 - report.step()), within(1e-9));
            assertThat(report.epochs()).isEqualTo(2);
            assertThat(report.taskIndex()).isEqualTo(report.step() <= 18 ? 0 : 1);
            assertThat(report.epoch())
                    .isEqualTo(report.step() <= 9 ? 0 : report.step() <= 18 ? 1 : report.step() <= 28 ? 0 : 1);
        });
        // rate times interval gives the samples: all 284 of task 0, whose last report is at its end
        assertThat(listener.progress().stream()
                        .filter(report -> report.taskIndex() == 0)
                        .mapToDouble(report -> report.samplesPerSecond() * 0.3)
                        .sum())
                .isCloseTo(2 * 142, within(1e-6));
    }

    @Test
    void memoryIsCountedByWhatItIsFor() {
        RunSpec spec = SpecBuilder.of("online-ewc")
                .classes(0, 1)
                .hidden(8)
                .training(1, 100)
                .build();

        List<MemoryUse> memory =
                Runs.learn(spec).stream().map(task -> task.figures().memory()).toList();

        // 64 inputs, 8 hidden units and 1 class: 64 * 8 + 8 + 8 + 1 = 529 numbers; each further class has 9 more
        assertThat(memory).extracting(MemoryUse::network).containsExactly(4L * 529, 4L * 538);
        assertThat(memory).allSatisfy(use -> assertThat(use.replay()).isZero());
        // anchors and importances, at least, of every parameter
        assertThat(memory).allSatisfy(use -> assertThat(use.method()).isGreaterThanOrEqualTo(2 * use.network()));
        RunSpec replaying = SpecBuilder.of("er").classes(0, 1).training(1, 100).build();
        // 100 samples of 64 bytes
        assertThat(Runs.learn(replaying))
                .allSatisfy(task -> assertThat(task.figures().memory().replay()).isEqualTo(6400));
    }

    @Test
    void theCurveOfATaskIsThatOfItsSteps() {
        // one class alone: its only logit is right, and cross-entropy over one class is 0; 142 samples in batches of 16
        RunSpec spec = SpecBuilder.of("finetune").classes(0).training(1, 16).build();

        assertThat(Runs.learn(spec).get(0).curve())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 9)
                        .mapToObj(step -> new CurvePoint(step, 0, 100))
                        .toList());
    }

    @Test
    void theLastEpochGivesLossAndAccuracyOfTheTask() {
        // one class alone: its only logit is right, and cross-entropy over one class is 0
        RecordingListener listener = new RecordingListener();

        Runs.learn(
                SpecBuilder.of("finetune").classes(3).training(1, 16).build(),
                Runs.method("finetune"),
                listener,
                System::nanoTime);

        assertThat(listener.completed().get(0).figures().loss()).isZero();
        assertThat(listener.completed().get(0).figures().accuracy()).isEqualTo(100);
    }

    @Test
    void theOutlineOfARunCountsItsSteps() {
        // as above: 2 epochs of 9 and 10 batches; joint sees 142 and then 288 samples: 9 and 18 batches
        SpecBuilder spec = SpecBuilder.of("finetune").classes(0, 1).training(2, 16);

        assertThat(Runs.FACTORY.outline(spec.build()).totalSteps()).isEqualTo(38);
        assertThat(Runs.FACTORY
                        .outline(SpecBuilder.of("joint")
                                .classes(0, 1)
                                .training(2, 16)
                                .build())
                        .totalSteps())
                .isEqualTo(54);
        assertThat(Runs.FACTORY.outline(spec.build()).tasks()).hasSize(2);
    }

    private static RecordingListener listenerWriting(RecordingMethod method) {
        return new RecordingListener(() -> false, () -> method.calls().add("completed"));
    }

    private static RecordingMethod rowsInto(List<Integer> rows, String name) {
        Dataset digits = Runs.DATASETS.load("digits");
        return new RecordingMethod(Runs.method(name), batch -> {
            for (int k = 0; k < batch.size(); k++) {
                assertThat(batch.row(k)).isBetween(0, digits.train().size() - 1);
                rows.add(batch.row(k));
            }
        });
    }

    private static List<Integer> rowsOf(RecordingMethod method, int task) {
        return IntStream.of(method.contexts().get(task).task().trainRows())
                .boxed()
                .toList();
    }
}
