package io.engram.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Algorithm 2 of Aljundi et al. 2019 by hand; samples are eight bytes, a number and a score. */
class LeastSimilarInsertionTest {
    private static final int RUNS = 20_000;

    @Test
    void whileThereIsRoomEverySampleStays() {
        ReplayBuffer buffer = buffer(3, 1);
        insert(buffer, 0, 1.9f, 2f, 0f);

        assertThat(numbers(buffer)).containsExactly(0, 1, 2);
    }

    @Test
    void aFullBufferTurnsAwayWhatIsLikeSomethingHeld() {
        for (int seed = 0; seed < 100; seed++) {
            ReplayBuffer buffer = buffer(2, seed);
            insert(buffer, 0, 1.5f, 2f, 1f, 1.2f, 2f);

            assertThat(numbers(buffer)).containsExactly(0, 1);
        }
    }

    /** Held 1.5 and 0.5, offered 0.5: the first is drawn with 3/4 and goes with 3/4, the second with 1/4 and 1/2. */
    @Test
    void whatIsMostLikeOthersGoesMostOften() {
        int first = 0;
        int second = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            ReplayBuffer buffer = buffer(2, seed);
            insert(buffer, 0, 1.5f, 0.5f, 0.5f);
            first += numbers(buffer).get(0) == 2 ? 1 : 0;
            second += numbers(buffer).get(1) == 2 ? 1 : 0;
        }

        // five standard deviations
        assertThat(first / (double) RUNS).isCloseTo(9.0 / 16, within(0.018));
        assertThat(second / (double) RUNS).isCloseTo(1.0 / 8, within(0.012));
    }

    @Test
    void aReplacedSampleHasTheScoreOfTheNewOne() {
        // 1 goes for sure against 0, and 0 never does against anything
        ReplayBuffer buffer = buffer(1, 1);
        insert(buffer, 0, 1f, 0f, 0.5f, 0.9f);

        assertThat(numbers(buffer)).containsExactly(1);
    }

    @Test
    void scoresComeBackFromASnapshot() throws IOException {
        for (int seed = 0; seed < 50; seed++) {
            ReplayBuffer buffer = buffer(4, seed);
            insert(buffer, 0, 1.2f, 0.3f, 0.8f, 1.9f, 0.1f, 0.6f);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ReplaySnapshot.write(buffer, bytes);
            ReplayBuffer again = ReplaySnapshot.open(new ByteArrayInputStream(bytes.toByteArray()))
                    .read();

            insert(buffer, 6, 0.2f, 0.9f, 0.4f, 0.7f);
            insert(again, 6, 0.2f, 0.9f, 0.4f, 0.7f);

            assertThat(numbers(again)).isEqualTo(numbers(buffer));
        }
    }

    @Test
    void aScoreThatIsNoneIsRefusedAndNothingChanges() {
        for (float score : new float[] {Float.NaN, -0.1f, Float.POSITIVE_INFINITY}) {
            ReplayBuffer buffer = buffer(2, 1);

            assertThatThrownBy(() -> insert(buffer, 0, 1f, score))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("items[1]");
            assertThat(buffer.size()).isZero();
        }
    }

    @Test
    void samplesTooSmallForAScoreAreRefused() {
        assertThatThrownBy(() -> new BufferSettings(1, 3, "least-similar", "uniform", 1))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("item_bytes");
    }

    private static ReplayBuffer buffer(int capacity, long seed) {
        return new ReplayBuffer(new BufferSettings(capacity, 8, "least-similar", "uniform", seed));
    }

    private static void insert(ReplayBuffer buffer, int first, float... scores) {
        SampleBatch batch = new SampleBatch(scores.length, 8);
        batch.resize(scores.length);
        for (int k = 0; k < scores.length; k++) {
            batch.items().putInt(8 * k, first + k).putFloat(8 * k + 4, scores[k]);
        }
        buffer.insert(batch);
    }

    private static List<Integer> numbers(ReplayBuffer buffer) {
        SampleBatch held = new SampleBatch(buffer.size(), 8);
        buffer.scan(0, held);
        return IntStream.range(0, held.size())
                .map(k -> held.items().getInt(8 * k))
                .boxed()
                .toList();
    }
}
