package io.engram.buffer.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.name.BufferName;
import io.engram.replay.BufferSettings;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Runs on the JVM alone: it calls classes without anything outside them. */
class BufferRegistryTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    /** 64 bytes and 36 of overhead: 100 bytes a sample. */
    private static final int ITEM_BYTES = 64;

    private final AtomicInteger ids = new AtomicInteger();
    private final BufferLimits limits = new BufferLimits(10_000, 3, 2, 4096);
    private final BufferRegistry registry = new BufferRegistry(
            limits, Clock.fixed(NOW, ZoneOffset.UTC), () -> "id-" + ids.incrementAndGet(), new Traffic(limits));

    @Test
    void idsAndTimesComeFromOutside() {
        BufferState made = registry.create(ofCapacity(1));

        assertThat(made.name()).isEqualTo(new BufferName("id-1"));
        assertThat(made.createTime()).isEqualTo(NOW);
    }

    @Test
    void memoryIsSetAsideInFullAndGivenBack() {
        BufferState large = registry.create(ofCapacity(90));
        assertThat(registry.reservedBytes()).isEqualTo(9000);
        assertThat(registry.heldBytes()).isZero();

        ApiException refused = refusal(() -> registry.create(ofCapacity(11)));
        assertThat(refused.reason()).isEqualTo(ErrorReason.BUFFER_MEMORY_EXHAUSTED);
        assertThat(refused)
                .hasMessage("settings.capacity 11 of 64 bytes each needs 1100 bytes; allowed: 1000 bytes,"
                        + " what is free of 10000");
        assertThat(registry.size()).isEqualTo(1);

        registry.create(ofCapacity(10));
        registry.delete(large.name());
        assertThat(registry.reservedBytes()).isEqualTo(1000);
        registry.create(ofCapacity(90));
    }

    @Test
    void moreBuffersThanAllowedAreRefusedUntilOneIsDeleted() {
        BufferState first = registry.create(ofCapacity(1));
        registry.create(ofCapacity(1));
        registry.create(ofCapacity(1));

        ApiException refused = refusal(() -> registry.create(ofCapacity(1)));
        assertThat(refused.reason()).isEqualTo(ErrorReason.BUFFER_LIMIT_REACHED);
        assertThat(refused).hasMessage("buffers: there are 3; allowed: 3; delete one first");

        registry.delete(first.name());
        registry.create(ofCapacity(1));
        assertThat(registry.size()).isEqualTo(3);
    }

    @Test
    void aRefusedRequestIdIsNotRemembered() {
        var asked = new NewBuffer(Optional.empty(), settings(101), Optional.of("r"));
        refusal(() -> registry.create(asked));

        assertThat(registry.create(new NewBuffer(Optional.empty(), settings(1), Optional.of("r")))
                        .settings()
                        .capacity())
                .isEqualTo(1);
    }

    @Test
    void aRepeatedRequestCostsNoMemoryAndGivesTheBufferEvenWhereTheServiceIsFull() {
        var asked = new NewBuffer(Optional.of(new BufferName("mine")), settings(100), Optional.of("r"));
        BufferState made = registry.create(asked);

        assertThat(registry.create(asked)).isEqualTo(made);
        assertThat(registry.reservedBytes()).isEqualTo(10_000);
    }

    private static NewBuffer ofCapacity(int capacity) {
        return new NewBuffer(Optional.empty(), settings(capacity), Optional.empty());
    }

    private static BufferSettings settings(int capacity) {
        return new BufferSettings(capacity, ITEM_BYTES, "reservoir", "uniform", 0);
    }

    private static ApiException refusal(ThrowingCallable call) {
        return catchThrowableOfType(ApiException.class, call);
    }
}
