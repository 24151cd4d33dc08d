package io.engram.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ReplaySnapshotTest {
    @Provide
    Arbitrary<BufferSettings> settings() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 120),
                        Arbitraries.of(PolicyCatalog.insertionPolicies()),
                        Arbitraries.of(PolicyCatalog.samplingPolicies()),
                        Arbitraries.longs())
                .as((capacity, insertion, sampling, seed) -> Batches.settings(insertion, sampling, capacity, seed));
    }

    @Property(tries = 400)
    void aRestoredBufferGoesOnAsTheUndisturbedOne(
            @ForAll("settings") BufferSettings settings,
            @ForAll @IntRange(min = 0, max = 40) int before,
            @ForAll @IntRange(min = 1, max = 20) int after)
            throws IOException {
        var buffer = new ReplayBuffer(settings);
        go(buffer, 0, before);

        byte[] stored = written(buffer);
        ReplayBuffer restored = read(stored);

        assertThat(restored.settings()).isEqualTo(settings);
        assertThat(restored.seen()).isEqualTo(buffer.seen());
        assertThat(written(restored)).isEqualTo(stored);
        assertThat(go(restored, before, after)).isEqualTo(go(buffer, before, after));
        assertThat(written(restored)).isEqualTo(written(buffer));
    }

    @Test
    void readingTakesNothingBeyondTheSnapshotAndItsHeaderComesFirst() throws IOException {
        var buffer = new ReplayBuffer(Batches.settings("ring", "class-balanced", 9, 4));
        go(buffer, 0, 5);
        byte[] two = Arrays.copyOf(written(buffer), 2 * written(buffer).length);
        System.arraycopy(two, 0, two, two.length / 2, two.length / 2);
        InputStream in = new ByteArrayInputStream(two);

        ReplaySnapshot first = ReplaySnapshot.open(in);
        assertThat(first.settings()).isEqualTo(buffer.settings());
        assertThat(first.size()).isEqualTo(buffer.size());
        assertThat(first.seen()).isEqualTo(buffer.seen());
        first.verify();

        assertThat(written(ReplaySnapshot.open(in).read())).isEqualTo(written(buffer));
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void aSnapshotThatWasCutAnywhereIsRefused() throws IOException {
        byte[] stored = small();
        for (int length = 0; length < stored.length; length++) {
            byte[] cut = Arrays.copyOf(stored, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(CorruptSnapshotException.class);
            assertThatThrownBy(() -> verify(cut))
                    .isInstanceOf(CorruptSnapshotException.class)
                    .hasMessageContaining("snapshot");
        }
    }

    @Test
    void aSnapshotWithAnyBitChangedIsRefused() throws IOException {
        byte[] stored = small();
        for (int bit = 0; bit < 8 * stored.length; bit++) {
            byte[] changed = stored.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> read(changed)).isInstanceOf(CorruptSnapshotException.class);
            assertThatThrownBy(() -> verify(changed)).isInstanceOf(CorruptSnapshotException.class);
        }
    }

    @Test
    void whatIsNoSnapshotOrOfALaterFormatIsRefusedByName() throws IOException {
        byte[] later = small();
        later[11] = 2;
        assertThatThrownBy(() -> read(later)).hasMessage("the snapshot has format version 2; known: 1 to 1");
        assertThatThrownBy(() -> read(new byte[100]))
                .hasMessage("not a snapshot of a replay buffer: it does not begin with ENGRAMRB");
        byte[] damaged = small();
        damaged[damaged.length - 5] ^= 1;
        assertThatThrownBy(() -> read(damaged)).hasMessageContaining("the checksum of the snapshot's content is");
    }

    /** Format 1 as {@code snapshot-v1.py}, beside it, wrote it from the description of the format, without this code. */
    @Test
    void aSnapshotOfFormat1IsReadAndWrittenBackByteForByte() throws IOException {
        byte[] golden;
        try (InputStream file = ReplaySnapshotTest.class.getResourceAsStream("snapshot-v1.bin")) {
            golden = file.readAllBytes();
        }

        ReplayBuffer buffer = read(golden);

        assertThat(buffer.settings())
                .isEqualTo(new BufferSettings(4, 8, "class-balanced-reservoir", "class-balanced", -7));
        assertThat(buffer.seen()).isEqualTo(9);
        assertThat(Batches.bySlot(buffer)).containsExactly(100L, 101L, 102L, 103L);
        assertThat(buffer.insertionRandom().state()).isEqualTo(0x0123456789abcdefL);
        assertThat(buffer.samplingRandom().state()).isEqualTo(-2);
        assertThat(buffer.slots().classes().seen(2)).isEqualTo(6);
        assertThat(buffer.slots().classes().slot(2, 0)).isEqualTo(3);
        assertThat(buffer.slots().classes().wasLargest(0)).isTrue();
        assertThat(written(buffer)).isEqualTo(golden);
    }

    private static byte[] small() throws IOException {
        var buffer = new ReplayBuffer(Batches.settings("class-balanced-reservoir", "uniform", 5, 3));
        buffer.insert(Batches.labelled(0, 1, 0, 1, 1, 1, 0, 2));
        return written(buffer);
    }

    /** Inserts and draws, a step after the other, and says what was drawn. */
    private static List<List<Long>> go(ReplayBuffer buffer, int from, int steps) {
        List<List<Long>> transcript = new ArrayList<>();
        var drawn = new SampleBatch(20, Batches.ITEM_BYTES);
        for (int step = from; step < from + steps; step++) {
            buffer.insert(Batches.numbered(step * 7L, step % 8));
            buffer.sample(step % 20, drawn);
            transcript.add(Batches.numbers(drawn));
        }
        return transcript;
    }

    private static byte[] written(ReplayBuffer buffer) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ReplaySnapshot.write(buffer, bytes);
        return bytes.toByteArray();
    }

    private static ReplayBuffer read(byte[] stored) throws IOException {
        return ReplaySnapshot.open(new ByteArrayInputStream(stored)).read();
    }

    private static void verify(byte[] stored) throws IOException {
        ReplaySnapshot.open(new ByteArrayInputStream(stored)).verify();
    }
}
