package io.engram.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class SampleBatchTest {
    @Test
    void itsItemsAreADirectLittleEndianViewOfWhatItHolds() {
        var batch = new SampleBatch(4, 8);
        assertThat(batch.items().remaining()).isZero();

        batch.resize(3);

        assertThat(batch.items().isDirect()).isTrue();
        assertThat(batch.items().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        assertThat(batch.items().position()).isZero();
        assertThat(batch.items().limit()).isEqualTo(24);
    }

    @Test
    void askingForTheItemsPutsTheViewBackToItsBeginning() {
        var batch = new SampleBatch(2, 8);
        batch.resize(2);
        batch.items().putLong(7);

        assertThat(batch.items().position()).isZero();
        assertThat(batch.items().getLong()).isEqualTo(7);
    }

    @Test
    void aBatchOverReceivedMemoryIsInsertedWithoutACopyOfItsOwn() {
        ByteBuffer received = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
        received.putInt(99).putLong(7).putLong(8).position(4);
        var batch = SampleBatch.over(received.asReadOnlyBuffer(), 8, new int[] {1, 2}, new int[] {3, 3});
        var buffer = new ReplayBuffer(Batches.settings(5, 0));

        buffer.insert(batch);

        assertThat(batch.size()).isEqualTo(2);
        assertThat(Batches.held(buffer)).containsExactlyInAnyOrder(7L, 8L);
    }

    @Test
    void memoryThatDoesNotMatchTheLabelsIsRefused() {
        assertThatThrownBy(() -> SampleBatch.over(ByteBuffer.allocate(17), 8, new int[2], new int[2]))
                .hasMessage("items was 17 bytes; allowed: 16 bytes, 2 samples of 8");
        assertThatThrownBy(() -> SampleBatch.over(ByteBuffer.allocate(16), 8, new int[2], new int[3]))
                .hasMessage("tasks was 3 long; allowed: 2, as there are labels");
    }

    @Test
    void whatItCannotHoldIsRefused() {
        assertThatThrownBy(() -> new SampleBatch(0, 8)).hasMessageContaining("capacity was 0; allowed: 1 to");
        assertThatThrownBy(() -> new SampleBatch(1, 0)).hasMessage("item_bytes was 0; allowed: 1 to 16777216");
        assertThatThrownBy(() -> new SampleBatch(1 << 20, 1 << 20))
                .hasMessage("capacity was 1048576; allowed: 1 to 2047 samples of 1048576 bytes");
        var batch = new SampleBatch(2, 8);
        assertThatThrownBy(() -> batch.resize(3)).hasMessage("size was 3; allowed: 0 to 2");
        assertThatThrownBy(() -> batch.resize(-1)).hasMessage("size was -1; allowed: 0 to 2");
    }
}
