package io.engram.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReservoirForecastTest {
    private static final int[] NONE = {};

    @Property(tries = 200)
    void aBufferThatIsOfferedOnlyWhatItKeepsIsTheSame(
            @ForAll @IntRange(min = 1, max = 60) int capacity,
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 90) int size)
            throws IOException {
        var whole = new ReplayBuffer(Batches.settings(capacity, seed));
        var thinned = new ReplayBuffer(Batches.settings(capacity, seed));
        var forecast = thinned.forecast().orElseThrow();
        for (int step = 0; step < 10; step++) {
            long first = (long) step * size;
            whole.insert(Batches.numbered(first, size));

            int[] kept = new int[size];
            kept = Arrays.copyOf(kept, forecast.next(size, kept));
            thinned.insertThinned(only(first, size, kept), size, kept);

            assertThat(snapshot(thinned)).isEqualTo(snapshot(whole));
        }
    }

    @Test
    void goesOnFromWhereABufferIs() {
        var buffer = new ReplayBuffer(Batches.settings(20, 3));
        var fromTheStart = buffer.forecast().orElseThrow();
        buffer.insert(Batches.numbered(0, 50));
        var fromThere = buffer.forecast().orElseThrow();
        var fromItsState = new ReservoirForecast(20, 50, fromThere.generator());
        fromTheStart.next(50, new int[50]);

        int[] expected = next(fromTheStart, 100);

        assertThat(expected).isNotEmpty();
        assertThat(next(fromThere, 100)).isEqualTo(expected);
        assertThat(next(fromItsState, 100)).isEqualTo(expected);
    }

    /** The figures are those of {@code bench/reference/reservoir.py}, which has them from the words of the contract alone. */
    @Test
    void foretellsWhatTheContractSays() {
        var forecast = new ReservoirForecast(4, 0, 42);

        assertThat(next(forecast, 40)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 14, 20, 22, 25, 28);
        assertThat(forecast.generator()).isEqualTo(4597363874025009950L);
    }

    @Test
    void aWrongBatchIsRefusedAndChangesNothing() throws IOException {
        var buffer = new ReplayBuffer(Batches.settings(20, 3));
        buffer.insert(Batches.numbered(0, 50));
        byte[] before = snapshot(buffer);
        int[] kept = next(buffer.forecast().orElseThrow(), 100);
        int[] shifted = kept.clone();
        shifted[1]++;
        int[] shorter = Arrays.copyOf(kept, kept.length - 1);
        int[] longer = Arrays.copyOf(kept, kept.length + 1);
        longer[kept.length] = 99;

        assertRefused(
                buffer, 100, shifted, "thinned.kept[1] was " + shifted[1] + "; allowed: " + kept[1] + ", as of 100");
        assertRefused(
                buffer,
                100,
                shorter,
                "thinned.kept[" + shorter.length + "] was none; allowed: " + kept[shorter.length]);
        assertRefused(buffer, 100, longer, "thinned.kept[" + kept.length + "] was 99; allowed: none, as of 100");
        assertRefused(buffer, 0, NONE, "thinned.offered was 0; allowed: 1 to 65536");
        assertRefused(buffer, 65537, NONE, "thinned.offered was 65537; allowed: 1 to 65536");
        assertThatThrownBy(() -> buffer.insertThinned(Batches.numbered(0, 1), 100, kept))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(
                        "thinned.kept was " + kept.length + " positions; allowed: 1, as there are samples");

        assertThat(snapshot(buffer)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"fifo, uniform", "ring, uniform", "class-balanced-reservoir, uniform", "reservoir, class-balanced"})
    void buffersThatLookAtAllSamplesHaveNone(String insertion, String sampling) {
        var buffer = new ReplayBuffer(Batches.settings(insertion, sampling, 10, 1));

        assertThat(buffer.forecast()).isEmpty();
        assertRefused(buffer, 1, NONE, "thinned was given; allowed: whole batches");
    }

    private static void assertRefused(ReplayBuffer buffer, int offered, int[] kept, String says) {
        var batch = Batches.numbered(0, kept.length);
        assertThatThrownBy(() -> buffer.insertThinned(batch, offered, kept))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(says);
    }

    private static int[] next(ReservoirForecast forecast, int count) {
        int[] kept = new int[count];
        return Arrays.copyOf(kept, forecast.next(count, kept));
    }

    private static SampleBatch only(long first, int size, int[] positions) {
        var whole = Batches.numbered(first, size);
        var batch = Batches.numbered(0, positions.length);
        for (int i = 0; i < positions.length; i++) {
            batch.items().putLong(i * Batches.ITEM_BYTES, first + positions[i]);
            batch.labels()[i] = whole.labels()[positions[i]];
            batch.tasks()[i] = whole.tasks()[positions[i]];
        }
        return batch;
    }

    private static byte[] snapshot(ReplayBuffer buffer) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ReplaySnapshot.write(buffer, bytes);
        return bytes.toByteArray();
    }
}
