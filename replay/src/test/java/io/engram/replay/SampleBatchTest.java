package io.engram.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class SampleBatchTest {
    @Test
    void its_items_are_a_direct_little_endian_view_of_what_it_holds() {
        var batch = new SampleBatch(4, 8);
        assertThat(batch.items().remaining()).isZero();

        batch.resize(3);

        assertThat(batch.items().isDirect()).isTrue();
        assertThat(batch.items().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        assertThat(batch.items().position()).isZero();
        assertThat(batch.items().limit()).isEqualTo(24);
    }

    @Test
    void asking_for_the_items_puts_the_view_back_to_its_beginning() {
        var batch = new SampleBatch(2, 8);
        batch.resize(2);
        batch.items().putLong(7);

        assertThat(batch.items().position()).isZero();
        assertThat(batch.items().getLong()).isEqualTo(7);
    }

    @Test
    void what_it_cannot_hold_is_refused() {
        assertThatThrownBy(() -> new SampleBatch(0, 8)).hasMessageContaining("capacity was 0; allowed: 1 to");
        assertThatThrownBy(() -> new SampleBatch(1, 0)).hasMessage("item_bytes was 0; allowed: 1 to 16777216");
        assertThatThrownBy(() -> new SampleBatch(1 << 20, 1 << 20))
                .hasMessage("capacity was 1048576; allowed: 1 to 2047 samples of 1048576 bytes");
        var batch = new SampleBatch(2, 8);
        assertThatThrownBy(() -> batch.resize(3)).hasMessage("size was 3; allowed: 0 to 2");
        assertThatThrownBy(() -> batch.resize(-1)).hasMessage("size was -1; allowed: 0 to 2");
    }
}
