package io.engram.trainer.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.engram.learning.memory.InProcessReplayMemory;
import io.engram.learning.memory.ReplayMemory;
import io.engram.learning.memory.ReplayMemoryException;
import io.engram.learning.memory.ReplayMemoryFactory;
import io.engram.learning.memory.ReplayVersionException;
import io.engram.localstack.FreePorts;
import io.engram.localstack.TestBackends;
import io.engram.proto.name.RunName;
import io.engram.replay.BufferSettings;
import io.engram.replay.SampleBatch;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Against the real buffer service, in a process of its own. Runs on the JVM alone: it calls the client's classes, through
 * which {@code TrainingTest} trains both.
 */
class BufferServiceMemoriesTest {
    private static final int ITEM_BYTES = 784;
    private static final int BATCH = 64;
    private static final BufferSettings SETTINGS = new BufferSettings(500, ITEM_BYTES, "reservoir", "uniform", 42);

    private BufferServiceMemories memories;

    @BeforeEach
    void connect() {
        assumeTrue(TestBackends.buffer().isPresent(), "the buffer service is not built yet");
        memories = new BufferServiceMemories(
                new BufferAddress(TestBackends.buffer().orElseThrow()), Duration.ofSeconds(30));
    }

    @AfterEach
    void disconnect() {
        if (memories != null) {
            memories.close();
        }
    }

    @Test
    void samplesAreThoseOfTheMemoryInProcessBitForBit() {
        SplittableRandom random = new SplittableRandom(1);
        SampleBatch remembered = new SampleBatch(BATCH, ITEM_BYTES);
        try (ReplayMemory remote = memories.of(new RunName("same"), 1).create(SETTINGS, BATCH);
                ReplayMemory local = new InProcessReplayMemory(SETTINGS, BATCH)) {
            ReplayMemory.PendingReplay far = remote.exchange(remembered, BATCH);
            ReplayMemory.PendingReplay near = local.exchange(remembered, BATCH);
            for (int step = 0; step < 300; step++) {
                SampleBatch drawnFar = far.await();
                SampleBatch drawnNear = near.await();
                fill(remembered, random, step);
                far = remote.exchange(remembered, step % 7 == 0 ? 0 : BATCH);
                near = local.exchange(remembered, step % 7 == 0 ? 0 : BATCH);
                requireSame(drawnFar, drawnNear);
            }
        }
    }

    @Test
    void batchesUnderWayStayAsTheyAreWhileAsManyAsTheLookaheadSaysFollow() {
        SplittableRandom random = new SplittableRandom(3);
        SampleBatch remembered = new SampleBatch(BATCH, ITEM_BYTES);
        try (ReplayMemory remote = memories.of(new RunName("ahead"), 1).create(SETTINGS, BATCH);
                ReplayMemory local = new InProcessReplayMemory(SETTINGS, BATCH)) {
            int lookahead = remote.lookahead();
            Deque<ReplayMemory.PendingReplay> far = new ArrayDeque<>();
            Deque<SampleBatch> near = new ArrayDeque<>();
            for (int step = 0; step < 200; step++) {
                fill(remembered, random, step);
                far.add(remote.exchange(remembered, BATCH));
                near.add(copy(local.exchange(remembered, BATCH).await()));
                if (far.size() > lookahead) {
                    requireSame(far.remove().await(), near.remove());
                }
            }
            assertThat(lookahead).isEqualTo(64);
        }
    }

    @Test
    void largeBatchesAreExchangedOneByOne() {
        BufferSettings settings = new BufferSettings(50, 200_000, "reservoir", "uniform", 7);
        try (ReplayMemory remote = memories.of(new RunName("one-by-one"), 1).create(settings, 60)) {
            assertThat(remote.lookahead()).isEqualTo(1);
        }
    }

    @Test
    void insertionsLargerThanAMessageAreTheSameToo() {
        int itemBytes = 200_000;
        BufferSettings settings = new BufferSettings(50, itemBytes, "reservoir", "uniform", 7);
        SampleBatch remembered = new SampleBatch(60, itemBytes);
        fill(remembered, new SplittableRandom(2), 0);
        Arrays.fill(remembered.tasks(), 30, 60, 1);
        try (ReplayMemory remote = memories.of(new RunName("large"), 1).create(settings, 60);
                ReplayMemory local = new InProcessReplayMemory(settings, 60)) {
            requireSame(
                    remote.exchange(remembered, 10).await(),
                    local.exchange(remembered, 10).await());
        }
    }

    @Test
    void aNewAttemptBeginsWithAnEmptyMemoryAndCutsTheOneBeforeOff() {
        ReplayMemory lost = memories.of(new RunName("twice"), 1).create(SETTINGS, BATCH);
        SampleBatch remembered = new SampleBatch(BATCH, ITEM_BYTES);
        fill(remembered, new SplittableRandom(4), 0);
        lost.exchange(remembered, 1).await();

        ReplayMemory next = memories.of(new RunName("twice"), 2).create(SETTINGS, BATCH);

        SampleBatch nothing = new SampleBatch(1, ITEM_BYTES);
        assertThat(next.exchange(nothing, 1).await().size()).isZero();
        assertThatThrownBy(() -> lost.exchange(nothing, 1).await())
                .isInstanceOf(ReplayMemoryException.class)
                .hasMessageContaining("buffers/twice was taken over by another session");
        lost.close();
        assertThat(next.exchange(remembered, 1).await().size()).isEqualTo(1);
        next.close();
    }

    @Test
    void aRestoredMemoryGoesOnBitForBitAsTheOneInProcessAlsoInALaterAttempt() {
        SampleBatch drawnBefore;
        long version;
        try (ReplayMemory remote = memories.of(new RunName("resumed"), 1).create(SETTINGS, BATCH);
                ReplayMemory local = new InProcessReplayMemory(SETTINGS, BATCH)) {
            exchangeInBoth(remote, local, 0);
            // Not awaited: a commit has it all the same.
            SampleBatch remembered = new SampleBatch(BATCH, ITEM_BYTES);
            fill(remembered, new SplittableRandom(9), 2);
            ReplayMemory.PendingReplay underWay = remote.exchange(remembered, BATCH);
            drawnBefore = copy(local.exchange(remembered, BATCH).await());
            version = remote.commit();
            long localVersion = local.commit();
            requireSame(underWay.await(), drawnBefore);
            exchangeInBoth(remote, local, 1);
            requireSameContent(remote, local);

            remote.restore(version);
            local.restore(localVersion);
            requireSameContent(remote, local);
            exchangeInBoth(remote, local, 1);
            local.restore(localVersion);
            assertThatThrownBy(() -> local.restore(version + 1)).isInstanceOf(ReplayMemoryException.class);

            ReplayMemory later = memories.of(new RunName("resumed"), 2).create(SETTINGS, BATCH);
            assertThat(later.exchange(new SampleBatch(1, ITEM_BYTES), 1).await().size())
                    .isZero();
            later.restore(version);
            requireSameContent(later, local);
            exchangeInBoth(later, local, 3);
            later.close();
        }
        CountDownLatch removed = new CountDownLatch(2);
        memories.discard(new RunName("resumed"), 2, removed::countDown);
        memories.discard(new RunName("never-was"), 1, removed::countDown);
        await().untilAsserted(() -> assertThat(removed.getCount()).isZero());
    }

    @Test
    void aVersionThatIsNotKeptIsRefusedByName() {
        try (ReplayMemory memory = memories.of(new RunName("no-version"), 1).create(SETTINGS, BATCH)) {
            assertThatThrownBy(() -> memory.restore(7))
                    .isInstanceOf(ReplayVersionException.class)
                    .hasMessageContaining("restore.version: was 7; allowed: 0, and of buffers/no-version one of []");
            memory.restore(0);
        }
    }

    @Test
    void aBufferThatWasMadeWithOtherSettingsIsMadeAnew() {
        ReplayMemory other = memories.of(new RunName("replaced"), 1)
                .create(new BufferSettings(7, ITEM_BYTES, "fifo", "uniform", 1), BATCH);
        other.commit();
        other.close();

        try (ReplayMemory memory = memories.of(new RunName("replaced"), 2).create(SETTINGS, BATCH)) {
            assertThatThrownBy(() -> memory.restore(1)).isInstanceOf(ReplayVersionException.class);
        }
    }

    @Test
    void aServiceThatIsNotThereIsNamedAndOneThatCameIsFoundAtOnce() throws IOException {
        int port = FreePorts.next();
        String nowhere = "127.0.0.1:" + port;
        try (BufferServiceMemories unreachable =
                new BufferServiceMemories(new BufferAddress(nowhere), Duration.ofSeconds(5))) {
            ReplayMemoryFactory factory = unreachable.of(new RunName("r"), 1);
            assertThatThrownBy(() -> factory.create(SETTINGS, BATCH))
                    .isInstanceOf(ReplayMemoryException.class)
                    .hasMessageContaining(nowhere)
                    .hasMessageContaining("refused")
                    .hasMessageContaining("ENGRAM_BUFFER_ADDRESS");

            Server another = NettyServerBuilder.forPort(port).build().start();
            try {
                assertThatThrownBy(() -> factory.create(SETTINGS, BATCH))
                        .isInstanceOf(ReplayMemoryException.class)
                        .hasMessageContaining("not found: engram.buffer.v1.BufferService/CreateBuffer");
            } finally {
                another.shutdownNow();
            }
        }
    }

    @Test
    void batchesThatDoNotFitIntoAMessageAreRefusedBeforeARunBegins() {
        assertThat(memories.refuse(64, 784)).isEmpty();
        assertThat(memories.refuse(65536, 784)).hasValueSatisfying(violation -> {
            assertThat(violation.field()).isEqualTo("memory.batch_size");
            assertThat(violation.allowed()).contains("784 bytes");
        });
    }

    private static void exchangeInBoth(ReplayMemory one, ReplayMemory other, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SampleBatch remembered = new SampleBatch(BATCH, ITEM_BYTES);
        for (int step = 0; step < 40; step++) {
            fill(remembered, random, step);
            requireSame(
                    one.exchange(remembered, BATCH).await(),
                    other.exchange(remembered, BATCH).await());
        }
    }

    private static void requireSameContent(ReplayMemory one, ReplayMemory other) {
        List<SampleBatch> ofOne = content(one);
        List<SampleBatch> ofOther = content(other);
        assertThat(ofOne).hasSameSizeAs(ofOther).isNotEmpty();
        for (int i = 0; i < ofOne.size(); i++) {
            requireSame(ofOne.get(i), ofOther.get(i));
        }
    }

    private static List<SampleBatch> content(ReplayMemory memory) {
        List<SampleBatch> content = new ArrayList<>();
        memory.scan(batch -> content.add(copy(batch)));
        return content;
    }

    private static SampleBatch copy(SampleBatch batch) {
        SampleBatch copy = new SampleBatch(Math.max(1, batch.size()), batch.itemBytes());
        copy.resize(batch.size());
        copy.items().put(batch.items());
        System.arraycopy(batch.labels(), 0, copy.labels(), 0, batch.size());
        System.arraycopy(batch.tasks(), 0, copy.tasks(), 0, batch.size());
        return copy;
    }

    private static void fill(SampleBatch batch, SplittableRandom random, int step) {
        batch.resize(batch.capacity());
        byte[] bytes = new byte[batch.capacity() * batch.itemBytes()];
        random.nextBytes(bytes);
        batch.items().put(bytes);
        for (int i = 0; i < batch.size(); i++) {
            batch.labels()[i] = random.nextInt(10);
            batch.tasks()[i] = step / 100;
        }
    }

    private static void requireSame(SampleBatch one, SampleBatch other) {
        assertThat(one.size()).isEqualTo(other.size());
        assertThat(one.items()).isEqualTo(other.items());
        assertThat(Arrays.copyOf(one.labels(), one.size())).isEqualTo(Arrays.copyOf(other.labels(), other.size()));
        assertThat(Arrays.copyOf(one.tasks(), one.size())).isEqualTo(Arrays.copyOf(other.tasks(), other.size()));
    }
}
