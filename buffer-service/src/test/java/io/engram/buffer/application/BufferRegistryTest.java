package io.engram.buffer.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.engram.buffer.persistence.VersionFolder;
import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.name.BufferName;
import io.engram.replay.BufferSettings;
import io.engram.replay.SampleBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on the JVM alone: it calls classes without anything outside them. */
class BufferRegistryTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    /** 64 bytes and 36 of overhead: 100 bytes a sample. */
    private static final int ITEM_BYTES = 64;

    private final AtomicInteger ids = new AtomicInteger();
    private final BufferLimits limits = new BufferLimits(10_000, 3, 2, 4096);
    private final Consumer<ApiException> session = ended -> {};
    private final Traffic traffic = new Traffic(limits);

    @TempDir
    private Path folder;

    private VersionFolder store;
    private BufferRegistry registry;

    @BeforeEach
    void start() throws IOException {
        store = VersionFolder.hold(folder);
        VersionWork versions = new VersionWork(store, Runnable::run, traffic);
        registry = new BufferRegistry(
                limits, Clock.fixed(NOW, ZoneOffset.UTC), () -> "id-" + ids.incrementAndGet(), traffic, versions);
        new StoredBuffers(store, versions, registry).load();
    }

    @AfterEach
    void stop() throws IOException {
        store.close();
    }

    private void restart() throws IOException {
        stop();
        start();
    }

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
        delete(large.name());
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

        delete(first.name());
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

    @Test
    void buffersWithAVersionAreThereAgainAsTheyWereCommittedAndCountAgainstTheMemory() throws IOException {
        var asked = new NewBuffer(Optional.of(new BufferName("kept")), settings(30), Optional.of("r"));
        registry.create(asked);
        registry.create(ofCapacity(20));
        fill("kept", 12);
        commit("kept");
        fill("kept", 5);

        restart();

        assertThat(registry.size()).isEqualTo(1);
        assertThat(registry.reservedBytes()).isEqualTo(3000);
        BufferState kept = registry.create(asked);
        assertThat(kept.size()).isEqualTo(12);
        assertThat(kept.createTime()).isEqualTo(NOW);
        assertThat(kept.versions()).containsExactly(1L);
        assertThat(commit("kept")).isEqualTo(2);
    }

    @Test
    void aDeletedBuffersVersionsAreGone() throws IOException {
        registry.create(new NewBuffer(Optional.of(new BufferName("gone")), settings(30), Optional.empty()));
        commit("gone");
        delete(new BufferName("gone"));
        assertThat(folder.resolve("gone")).doesNotExist();
        assertThat(registry.create(new NewBuffer(Optional.of(new BufferName("gone")), settings(30), Optional.empty()))
                        .versions())
                .isEmpty();
        restart();
        assertThat(registry.size()).isZero();
    }

    @Test
    void theNewVersionAndTheOneItFollowsAreKept() throws IOException {
        registry.create(new NewBuffer(Optional.of(new BufferName("b")), settings(30), Optional.empty()));
        assertThat(List.of(commit("b"), commit("b"), commit("b"))).containsExactly(1L, 2L, 3L);
        restore("b", 2);
        assertThat(commit("b")).isEqualTo(4);
        assertThat(registry.get(new BufferName("b")).state().versions()).containsExactly(2L, 4L);
        assertThat(folder.resolve("b"))
                .isDirectoryContaining("glob:**/2.replay")
                .isDirectoryContaining("glob:**/4.replay");
        assertThat(folder.resolve("b").toFile().list()).hasSize(2);
        assertThat(refusal(() -> restore("b", 3)).reason()).isEqualTo(ErrorReason.BUFFER_VERSION_NOT_FOUND);
        assertThat(refusal(() -> restore("b", 3)))
                .hasMessageContaining("was 3; allowed: 0, and of buffers/b one of [2, 4]");
    }

    @Test
    void aDamagedNewestVersionIsToldAndTheOneBeforeCanBeRestored() throws IOException {
        registry.create(new NewBuffer(Optional.of(new BufferName("b")), settings(30), Optional.empty()));
        registry.create(new NewBuffer(Optional.of(new BufferName("well")), settings(30), Optional.empty()));
        fill("b", 7);
        commit("b");
        fill("b", 7);
        commit("b");
        fill("well", 3);
        commit("well");
        damage(folder.resolve("b/2.replay"), -9);

        restart();

        assertThat(registry.get(new BufferName("well")).state().size()).isEqualTo(3);
        ApiException refused = refusal(() -> fill("b", 1));
        assertThat(refused.reason()).isEqualTo(ErrorReason.BUFFER_VERSION_CORRUPT);
        assertThat(refused).hasMessageContaining("version 2 of buffers/b cannot be read: the checksum");
        assertThat(refusal(() -> restore("b", 2)).reason()).isEqualTo(ErrorReason.BUFFER_VERSION_CORRUPT);
        restore("b", 1);
        assertThat(registry.get(new BufferName("b")).state().size()).isEqualTo(7);
        assertThat(commit("b")).isEqualTo(3);
        assertThat(registry.get(new BufferName("b")).state().versions()).containsExactly(1L, 3L);
    }

    @Test
    void aDamagedVersionDoesNotDisturbTheBufferThatIsAskedToRestoreIt() throws IOException {
        registry.create(new NewBuffer(Optional.of(new BufferName("b")), settings(30), Optional.empty()));
        fill("b", 7);
        commit("b");
        fill("b", 4);
        damage(folder.resolve("b/1.replay"), -9);

        assertThat(refusal(() -> restore("b", 1)).reason()).isEqualTo(ErrorReason.BUFFER_VERSION_CORRUPT);
        assertThat(registry.get(new BufferName("b")).state().size()).isEqualTo(11);
        fill("b", 1);
    }

    /** The name stays taken, so that nobody's versions are written over; deleting it frees it. */
    @Test
    void aBufferThatCannotBeLoadedIsLeftOutWithItsReason() throws IOException {
        registry.create(new NewBuffer(Optional.of(new BufferName("b")), settings(30), Optional.empty()));
        commit("b");
        damage(folder.resolve("b/1.replay"), 3);
        Files.createDirectories(folder.resolve("unfinished"));
        Files.write(folder.resolve("unfinished/writing"), new byte[3]);

        restart();

        assertThat(folder.resolve("unfinished")).doesNotExist();
        assertThat(registry.size()).isZero();
        assertThat(refusal(() -> registry.get(new BufferName("b"))))
                .hasMessage("buffers/b was not loaded: not a version of a buffer: it does not begin with ENGRAMBV");
        assertThat(refusal(() -> registry.create(
                                new NewBuffer(Optional.of(new BufferName("b")), settings(30), Optional.empty())))
                        .reason())
                .isEqualTo(ErrorReason.BUFFER_EXISTS);
        delete(new BufferName("b"));
        assertThat(folder.resolve("b")).doesNotExist();
        registry.create(new NewBuffer(Optional.of(new BufferName("b")), settings(30), Optional.empty()));
    }

    @Test
    void aFailedCommitChangesNothing() throws IOException {
        registry.create(new NewBuffer(Optional.of(new BufferName("b")), settings(30), Optional.empty()));
        Files.write(folder.resolve("b"), new byte[0]);

        ApiException refused = refusal(() -> commit("b"));

        assertThat(refused.reason()).isEqualTo(ErrorReason.BUFFER_COMMIT_FAILED);
        assertThat(registry.get(new BufferName("b")).state().versions()).isEmpty();
        Files.delete(folder.resolve("b"));
        assertThat(commit("b")).isEqualTo(1);
    }

    @Test
    void twoServicesCannotHaveOneFolder() {
        assertThatThrownBy(() -> VersionFolder.hold(folder)).hasMessageContaining("is used by another buffer service");
    }

    private void fill(String name, int samples) {
        HeldBuffer buffer = joined(name);
        SampleBatch batch = new SampleBatch(samples, ITEM_BYTES);
        batch.resize(samples);
        buffer.exchange(session, Insertion.whole(batch), 0);
    }

    private long commit(String name) {
        HeldBuffer buffer = joined(name);
        assertThat(buffer.begin(session, true)).isTrue();
        AtomicLong committed = new AtomicLong();
        registry.versions().commit(buffer, committed::set, BufferRegistryTest::fail);
        return committed.get();
    }

    private void restore(String name, long version) {
        HeldBuffer buffer = joined(name);
        assertThat(buffer.begin(session, false)).isTrue();
        registry.versions().restore(buffer, version, state -> {}, BufferRegistryTest::fail);
    }

    private HeldBuffer joined(String name) {
        HeldBuffer buffer = registry.get(new BufferName(name));
        buffer.join(session);
        return buffer;
    }

    private void delete(BufferName name) {
        AtomicInteger removed = new AtomicInteger();
        registry.delete(name, removed::incrementAndGet, BufferRegistryTest::fail);
        assertThat(removed).hasValue(1);
    }

    private static void fail(ApiException refused) {
        throw refused;
    }

    /** @param at the byte to change; below 0 from the end */
    private static void damage(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at < 0 ? bytes.length + at : at] ^= 1;
        Files.write(file, bytes);
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
