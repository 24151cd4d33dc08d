package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.learning.artifact.FrozenModel;
import io.engram.learning.memory.ReplayMemoryException;
import io.engram.replay.BufferSettings;
import io.engram.replay.SampleBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a run uses its replay memory. */
class ReplayTest {

    @Test
    void aMemoryThatAnswersOnAnotherThreadGivesTheSameModelBitForBit() {
        RunSpec spec = SpecBuilder.of("er").training(2, 16).build();

        FrozenModel inProcess = Runs.learn(spec).get(4).model();
        FrozenModel remote = Runs.learn(spec, (settings, limit) -> new AnsweringOnAnotherThread(settings, limit, 1))
                .get(4)
                .model();

        assertThat(Runs.bits(remote)).isEqualTo(Runs.bits(inProcess));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 16, 1000})
    void aMemoryThatIsToldOfSeveralBatchesAtOnceGivesTheSameModelBitForBit(int lookahead) {
        // 9 or 10 steps an epoch: a lookahead of 16 is more than there is
        RunSpec spec = SpecBuilder.of("er").training(2, 32).build();

        FrozenModel inProcess = Runs.learn(spec).get(4).model();
        FrozenModel ahead = Runs.learn(spec, (settings, limit) -> new NewBatchEachTime(settings, limit, lookahead))
                .get(4)
                .model();

        assertThat(Runs.bits(ahead)).isEqualTo(Runs.bits(inProcess));
    }

    @Test
    void nothingOfAnOldTaskIsTrainedOnUnlessTheMemoryServedIt() {
        List<Recorded> memories = new ArrayList<>();
        List<Integer> newTasks = new ArrayList<>();
        List<Integer> replayedTasks = new ArrayList<>();
        RecordingMethod method = new RecordingMethod(Runs.method("er"), batch -> {
            for (int k = 0; k < batch.size(); k++) {
                newTasks.add(batch.classOf(k));
            }
            for (int k = 0; k < batch.replayed().size(); k++) {
                replayedTasks.add(batch.replayed().tasks()[k]);
            }
        });

        // one class per task, so that the dense id of a class is its task
        Runs.learn(
                SpecBuilder.of("er").classes(5, 6, 7).training(2, 16).memory(50).build(),
                method,
                (settings, limit) -> {
                    memories.add(new Recorded(settings, limit));
                    return memories.get(0);
                },
                new RecordingListener(),
                System::nanoTime);

        // new samples are of the current task: 0 .. 0, 1 .. 1, 2 .. 2
        assertThat(newTasks).isSorted();
        // what was replayed is what the memory served, one for one
        assertThat(replayedTasks).isEqualTo(memories.get(0).served.subList(0, replayedTasks.size()));
        assertThat(replayedTasks).contains(0, 1, 2);
        // and it served only what it was given before
        assertThat(memories.get(0).unknown).isZero();
    }

    @Test
    void everyNewSampleIsRememberedOnceForEachEpoch() {
        List<Recorded> memories = new ArrayList<>();

        // 142 training samples of class 0 and 146 of class 1
        Runs.learn(SpecBuilder.of("er").classes(0, 1).training(2, 16).build(), (settings, limit) -> {
            memories.add(new Recorded(settings, limit));
            return memories.get(0);
        });

        assertThat(memories.get(0).remembered).isEqualTo(2 * (142 + 146));
    }

    @Test
    void theFirstStepReplaysNothingAndTheSecondFromTheFirstBatch() {
        List<Integer> sizes = new ArrayList<>();
        RecordingMethod method = new RecordingMethod(
                Runs.method("er"), batch -> sizes.add(batch.replayed().size()));

        // batches of 6 new samples, 16 replayed: 0, then the 6 that are there, then 12, then 16 of 18
        Runs.learn(
                SpecBuilder.of("er")
                        .classes(0)
                        .training(1, 6)
                        .memory(new MemorySpec(OptionalInt.of(100), OptionalInt.of(16), "", ""))
                        .build(),
                method,
                new RecordingListener(),
                System::nanoTime);

        assertThat(sizes.subList(0, 6)).containsExactly(0, 6, 12, 16, 16, 16);
    }

    @Test
    void theMemoryIsClosedWithTheRun() {
        List<Recorded> memories = new ArrayList<>();

        Runs.learn(SpecBuilder.of("er").classes(0).training(1, 64).build(), (settings, limit) -> {
            memories.add(new Recorded(settings, limit));
            return memories.get(0);
        });

        assertThat(memories.get(0).closed).isEqualTo(1);
    }

    @Test
    void aMemoryThatCannotBeReachedEndsTheRunWithItsReason() {
        assertThatThrownBy(() -> Runs.learn(SpecBuilder.of("er").build(), (settings, limit) -> {
                    throw new ReplayMemoryException("the buffer service does not answer");
                }))
                .isInstanceOf(ReplayMemoryException.class)
                .hasMessage("the buffer service does not answer");
    }

    @Test
    void noMemoryIsMadeForAMethodWithoutReplay() {
        assertThat(Runs.learn(SpecBuilder.of("finetune").classes(0).build(), (settings, limit) -> {
                    throw new AssertionError("nobody asked for a memory");
                }))
                .hasSize(1);
    }

    private static final class NewBatchEachTime extends ChangedMemory {
        private final int lookahead;

        NewBatchEachTime(BufferSettings settings, int limit, int lookahead) {
            super(settings, limit);
            this.lookahead = lookahead;
        }

        @Override
        public int lookahead() {
            return lookahead;
        }

        @Override
        public PendingReplay exchange(SampleBatch remember, int draw) {
            SampleBatch drawn = copy(memory.exchange(remember, draw).await());
            return () -> drawn;
        }
    }

    /** Counts what goes in and comes out. */
    private static final class Recorded extends ChangedMemory {
        private final Set<ByteBuffer> known = new HashSet<>();
        private final List<Integer> served = new ArrayList<>();
        private int remembered;
        private int unknown;
        private int closed;

        Recorded(BufferSettings settings, int limit) {
            super(settings, limit);
        }

        @Override
        public PendingReplay exchange(SampleBatch remember, int draw) {
            remembered += remember.size();
            for (int k = 0; k < remember.size(); k++) {
                known.add(sample(remember, k));
            }
            SampleBatch drawn = memory.exchange(remember, draw).await();
            for (int k = 0; k < drawn.size(); k++) {
                served.add(drawn.tasks()[k]);
                unknown += known.contains(sample(drawn, k)) ? 0 : 1;
            }
            return () -> drawn;
        }

        /** Bytes, label and task of a sample. */
        private static ByteBuffer sample(SampleBatch batch, int k) {
            byte[] bytes = new byte[batch.itemBytes() + 2];
            batch.items().get(k * batch.itemBytes(), bytes, 0, batch.itemBytes());
            bytes[batch.itemBytes()] = (byte) batch.labels()[k];
            bytes[batch.itemBytes() + 1] = (byte) batch.tasks()[k];
            return ByteBuffer.wrap(bytes);
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
