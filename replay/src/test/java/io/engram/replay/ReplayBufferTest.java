package io.engram.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ReplayBufferTest {
    @Test
    void keepsEverythingUntilItIsFull() {
        var buffer = new ReplayBuffer(Batches.settings(5, 1));

        buffer.insert(Batches.numbered(0, 3));

        assertThat(buffer.size()).isEqualTo(3);
        assertThat(buffer.seen()).isEqualTo(3);
        assertThat(Batches.held(buffer)).containsExactlyInAnyOrder(0L, 1L, 2L);
    }

    /**
     * By hand, with the generator tested on its own: a full reservoir of 2 sees samples 2 and 3. Sample 2 goes to place
     * {@code nextLong(3)}, sample 3 to place {@code nextLong(4)}, each only if that place is 0 or 1.
     */
    @Test
    void replacesAsAlgorithmRDoes() {
        for (long seed = 0; seed < 20; seed++) {
            var buffer = new ReplayBuffer(Batches.settings(2, seed));
            buffer.insert(Batches.numbered(0, 4));

            long[] expected = {0, 1};
            var random = new SplitMix64(seed).split(1);
            long place = random.nextLong(3);
            if (place < 2) {
                expected[(int) place] = 2;
            }
            place = random.nextLong(4);
            if (place < 2) {
                expected[(int) place] = 3;
            }

            assertThat(Batches.held(buffer)).containsExactlyInAnyOrder(expected[0], expected[1]);
        }
    }

    /** By hand: the first of two steps of Fisher-Yates over [0, 1, 2] swaps place 0, the second place 1, with a later one. */
    @Test
    void drawsAsFisherYatesDoes() {
        for (long seed = 0; seed < 20; seed++) {
            var buffer = new ReplayBuffer(Batches.settings(3, seed));
            buffer.insert(Batches.numbered(0, 3));
            var random = new SplitMix64(seed).split(2);
            var drawn = new SampleBatch(2, Batches.ITEM_BYTES);

            for (int draw = 0; draw < 3; draw++) {
                long[] order = {0, 1, 2};
                swap(order, 0, random.nextInt(3));
                swap(order, 1, 1 + random.nextInt(2));

                assertThat(buffer.sample(2, drawn)).isEqualTo(2);
                assertThat(Batches.numbers(drawn)).containsExactly(order[0], order[1]);
            }
        }
    }

    @Test
    void aSampleComesBackWithItsBytesLabelAndTask() {
        var buffer = new ReplayBuffer(Batches.settings(1000, 1));
        buffer.insert(Batches.numbered(0, 1000));
        var drawn = new SampleBatch(300, Batches.ITEM_BYTES);

        buffer.sample(300, drawn);

        var numbers = Batches.numbers(drawn);
        for (int i = 0; i < 300; i++) {
            assertThat(drawn.labels()[i]).isEqualTo(Batches.labelOf(numbers.get(i)));
            assertThat(drawn.tasks()[i]).isEqualTo(Batches.taskOf(numbers.get(i)));
        }
    }

    @Test
    void givesWhatThereIsWhereFewerAreHeldThanAskedFor() {
        var buffer = new ReplayBuffer(Batches.settings(10, 1));
        var drawn = new SampleBatch(64, Batches.ITEM_BYTES);

        assertThat(buffer.sample(64, drawn)).isZero();
        assertThat(drawn.size()).isZero();

        buffer.insert(Batches.numbered(7, 2));
        assertThat(buffer.sample(64, drawn)).isEqualTo(2);
        assertThat(Batches.numbers(drawn)).containsExactlyInAnyOrder(7L, 8L);
    }

    @Test
    void insertingDoesNotDisturbWhatSamplingDraws() {
        var one = new ReplayBuffer(Batches.settings(4, 9));
        var other = new ReplayBuffer(Batches.settings(4, 9));
        one.insert(Batches.numbered(0, 4));
        other.insert(Batches.numbered(0, 4));
        // Offered to one of them only; the policy draws for each of them.
        one.insert(Batches.numbered(100, 50));
        var fromOne = new SampleBatch(4, Batches.ITEM_BYTES);
        var fromOther = new SampleBatch(4, Batches.ITEM_BYTES);

        one.sample(4, fromOne);
        other.sample(4, fromOther);

        // Slots are drawn in the same order: what was not replaced is at the same place in both.
        var numbers = Batches.numbers(fromOne);
        for (int i = 0; i < 4; i++) {
            if (numbers.get(i) < 100) {
                assertThat(numbers.get(i)).isEqualTo(Batches.numbers(fromOther).get(i));
            }
        }
        assertThat(numbers).anyMatch(number -> number >= 100);
    }

    @Test
    void aRefusedBatchChangesNothingAndSaysWhichSampleIsWrong() {
        var buffer = new ReplayBuffer(Batches.settings(10, 1));
        buffer.insert(Batches.numbered(0, 3));
        var batch = Batches.numbered(50, 4);
        batch.labels()[2] = -5;

        assertThatThrownBy(() -> buffer.insert(batch))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("labels[2] was -5; allowed: 0 or more");

        batch.labels()[2] = 0;
        batch.tasks()[3] = -1;
        assertThatThrownBy(() -> buffer.insert(batch)).hasMessage("tasks[3] was -1; allowed: 0 or more");
        assertThatThrownBy(() -> buffer.insert(new SampleBatch(1, 7)))
                .hasMessage("item_bytes was 7; allowed: 8, as the buffer was made with");

        assertThat(buffer.seen()).isEqualTo(3);
        assertThat(Batches.held(buffer)).containsExactlyInAnyOrder(0L, 1L, 2L);
    }

    @Test
    void aDrawThatDoesNotFitIsRefusedAndDoesNotMoveTheGenerator() {
        var buffer = new ReplayBuffer(Batches.settings(10, 1));
        var twin = new ReplayBuffer(Batches.settings(10, 1));
        buffer.insert(Batches.numbered(0, 10));
        twin.insert(Batches.numbered(0, 10));
        var small = new SampleBatch(3, Batches.ITEM_BYTES);

        assertThatThrownBy(() -> buffer.sample(4, small)).hasMessage("count was 4; allowed: 0 to 3");
        assertThatThrownBy(() -> buffer.sample(-1, small)).hasMessage("count was -1; allowed: 0 to 3");

        assertThat(Batches.held(buffer)).isEqualTo(Batches.held(twin));
    }

    @Test
    void memoryGrowsWithWhatIsHeldAndNotWithTheCapacity() {
        var settings = new BufferSettings(BufferSettings.MAX_CAPACITY, 1 << 20, "reservoir", "uniform", 0);
        var buffer = new ReplayBuffer(settings);

        assertThat(buffer.memoryBytes()).isZero();

        var batch = new SampleBatch(3, 1 << 20);
        batch.resize(3);
        buffer.insert(batch);
        assertThat(buffer.memoryBytes()).isBetween(3L << 20, (3L << 20) + 300);
        assertThat(settings.memoryBytesWhenFull()).isGreaterThan(10_000_000L << 20);
    }

    private static void swap(long[] values, int a, int b) {
        long value = values[a];
        values[a] = values[b];
        values[b] = value;
    }
}
