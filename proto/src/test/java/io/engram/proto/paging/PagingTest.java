package io.engram.proto.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.proto.error.ApiException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {
    @Test
    void theFirstPageHasTheDefaultSize() {
        assertThat(Paging.of(0, "")).isEqualTo(new Paging(50, Optional.empty()));
    }

    @Test
    void aPageBeginsWhereTheOneBeforeEnded() {
        Paging.Page<String> page = Paging.of(2, "").cut(List.of("a", "b", "c"), entry -> "after " + entry);

        assertThat(page.entries()).containsExactly("a", "b");
        assertThat(Paging.of(2, page.nextToken()).after()).contains("after b");
    }

    @Test
    void theLastPageHasNoToken() {
        assertThat(Paging.of(2, "").cut(List.of("a", "b"), entry -> entry).nextToken())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1001, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void sizesOutOfBoundsAreRefused(int size) {
        assertThatThrownBy(() -> Paging.of(size, ""))
                .isInstanceOf(ApiException.class)
                .hasMessage("page_size: was " + size + "; allowed: 1 to 1000, or 0 for 50");
    }

    @Test
    void tokensOfNobodyAreRefused() {
        assertThatThrownBy(() -> Paging.of(1, "*")).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> Paging.of(1, "A".repeat(1025))).isInstanceOf(ApiException.class);
    }
}
