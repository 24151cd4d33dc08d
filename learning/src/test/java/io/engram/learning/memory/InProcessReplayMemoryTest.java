package io.engram.learning.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.replay.BufferSettings;
import io.engram.replay.SampleBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InProcessReplayMemoryTest {
    private static final int ITEM_BYTES = 8;
    private static final int BATCH = 16;
    private static final BufferSettings SETTINGS =
            new BufferSettings(50, ITEM_BYTES, "class-balanced-reservoir", "class-balanced", 42);

    @TempDir
    Path folder;

    private ReplayMemory memory(boolean inFolder) {
        return inFolder
                ? new InProcessReplayMemory(SETTINGS, BATCH, folder.resolve("memory"))
                : new InProcessReplayMemory(SETTINGS, BATCH);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRestoredMemoryGoesOnAsItDidThenAndCanGoBackAgain(boolean inFolder) {
        ReplayMemory memory = memory(inFolder);
        go(memory, 0, 40);
        long version = memory.commit();
        List<List<Long>> undisturbed = go(memory, 40, 40);

        memory.restore(version);
        assertThat(go(memory, 40, 40)).isEqualTo(undisturbed);
        memory.restore(version);
        assertThat(memory.commit()).isGreaterThan(version);
        assertThat(go(memory, 40, 40)).isEqualTo(undisturbed);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void version0IsTheMemoryAsItWasMade(boolean inFolder) {
        ReplayMemory memory = memory(inFolder);
        List<List<Long>> first = go(memory, 0, 20);

        memory.restore(0);

        assertThat(held(memory)).isEmpty();
        assertThat(go(memory, 0, 20)).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theNewVersionAndTheOneItFollowsAreKept(boolean inFolder) {
        ReplayMemory memory = memory(inFolder);
        assertThat(List.of(memory.commit(), memory.commit(), memory.commit())).containsExactly(1L, 2L, 3L);
        assertThatThrownBy(() -> memory.restore(1))
                .isInstanceOf(ReplayMemoryException.class)
                .hasMessage("version 1 of the replay memory is not kept; kept: [2, 3]");
        memory.restore(2);
        assertThat(memory.commit()).isEqualTo(4);
        assertThatThrownBy(() -> memory.restore(3)).hasMessageContaining("kept: [2, 4]");
    }

    @Test
    void aLaterProcessFindsTheVersionsOfTheFolder() {
        ReplayMemory before = memory(true);
        go(before, 0, 40);
        long version = before.commit();
        List<List<Long>> undisturbed = go(before, 40, 20);
        before.close();

        ReplayMemory after = memory(true);
        after.restore(version);

        assertThat(go(after, 40, 20)).isEqualTo(undisturbed);
        assertThat(after.commit()).isEqualTo(version + 1);
    }

    @Test
    void aDamagedVersionAndOneOfAnotherMemoryAreRefusedAndTheMemoryStaysAsItIs() throws IOException {
        ReplayMemory memory = memory(true);
        go(memory, 0, 20);
        long version = memory.commit();
        Path file = folder.resolve("memory").resolve(version + ".replay");
        var otherSettings = new BufferSettings(51, ITEM_BYTES, "fifo", "uniform", 42);
        ReplayMemory other = new InProcessReplayMemory(otherSettings, BATCH, folder.resolve("memory"));
        assertThatThrownBy(() -> other.restore(version))
                .hasMessageContaining("was made with BufferSettings[capacity=50");

        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 20] ^= 1;
        Files.write(file, bytes);
        List<Long> held = held(memory);

        assertThatThrownBy(() -> memory.restore(version))
                .isInstanceOf(ReplayMemoryException.class)
                .hasMessageContaining("version 1 of the replay memory cannot be read: the checksum");
        assertThat(held(memory)).isEqualTo(held);
    }

    @Test
    void aScanVisitsAllThatIsHeldInBatchesAndDisturbsNothing() {
        ReplayMemory memory = memory(false);
        ReplayMemory undisturbed = memory(false);
        assertThat(go(memory, 0, 30)).isEqualTo(go(undisturbed, 0, 30));

        List<Integer> sizes = new ArrayList<>();
        memory.scan(batch -> sizes.add(batch.size()));

        assertThat(sizes).containsExactly(16, 16, 16, 2);
        assertThat(held(memory)).hasSize(50).doesNotHaveDuplicates();
        assertThat(go(memory, 30, 10)).isEqualTo(go(undisturbed, 30, 10));
    }

    private static List<Long> held(ReplayMemory memory) {
        List<Long> held = new ArrayList<>();
        memory.scan(batch -> held.addAll(numbers(batch)));
        return held;
    }

    /** Exchanges, and says what was drawn. */
    private static List<List<Long>> go(ReplayMemory memory, int from, int steps) {
        SampleBatch remembered = new SampleBatch(7, ITEM_BYTES);
        List<List<Long>> drawn = new ArrayList<>();
        for (int step = from; step < from + steps; step++) {
            remembered.resize(step % 8);
            for (int i = 0; i < remembered.size(); i++) {
                remembered.items().putLong(8 * i, step * 10L + i);
                remembered.labels()[i] = (step + i) % 5;
            }
            drawn.add(numbers(memory.exchange(remembered, step % BATCH).await()));
        }
        return drawn;
    }

    private static List<Long> numbers(SampleBatch batch) {
        List<Long> numbers = new ArrayList<>();
        var items = batch.items();
        while (items.hasRemaining()) {
            numbers.add(items.getLong());
        }
        return numbers;
    }
}
