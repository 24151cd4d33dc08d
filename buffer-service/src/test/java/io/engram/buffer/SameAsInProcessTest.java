package io.engram.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.engram.proto.buffer.v1.CreateBufferRequest;
import io.engram.proto.buffer.v1.Insert;
import io.engram.proto.buffer.v1.Restore;
import io.engram.proto.buffer.v1.Sample;
import io.engram.proto.buffer.v1.SampleResult;
import io.engram.proto.buffer.v1.SessionRequest;
import io.engram.proto.buffer.v1.Thinned;
import io.engram.replay.BufferSettings;
import io.engram.replay.ReplayBuffer;
import io.engram.replay.ReservoirForecast;
import io.engram.replay.SampleBatch;
import io.engram.replay.SplitMix64;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A random sequence of commands has the same results, bit for bit, through the service and in process. */
@QuarkusTest
class SameAsInProcessTest extends AgainstTheService {
    private static final int ITEM_BYTES = 784;
    private static final int LARGEST_BATCH = 130;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE, 20_26})
    void throughTheServiceAndWithoutIt(long seed) {
        compare(seed, false);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE, 20_26})
    void withoutWhatTheBufferDropsAsWell(long seed) {
        compare(seed, true);
    }

    private void compare(long seed, boolean thin) {
        var commands = new SplitMix64(seed).split(99);
        int capacity = 1 + commands.nextInt(500);
        var local = new ReplayBuffer(new BufferSettings(capacity, ITEM_BYTES, "reservoir", "uniform", seed));
        var inserted = new SampleBatch(LARGEST_BATCH, ITEM_BYTES);
        var drawn = new SampleBatch(LARGEST_BATCH, ITEM_BYTES);
        String name = server.create(CreateBufferRequest.newBuilder()
                        .setSettings(BufferServer.settings(capacity, seed).setItemBytes(ITEM_BYTES)))
                .getName();
        SessionClient session = SessionClient.open(server, name);
        var empty = session.exchange(SessionRequest.newBuilder().setRestore(Restore.getDefaultInstance()))
                .getRestore();
        assertThat(empty.hasInsertionGenerator()).isTrue();
        var forecast = new ReservoirForecast(capacity, empty.getSeen(), empty.getInsertionGenerator());

        for (int step = 0; step < 100; step++) {
            var request = SessionRequest.newBuilder();
            if (commands.nextInt(4) > 0) {
                fill(inserted, commands);
                local.insert(inserted);
                request.setInsert(thin && inserted.size() > 0 ? thinned(inserted, forecast) : message(inserted));
            }
            int count = commands.nextInt(LARGEST_BATCH + 1);
            if (count > 0) {
                local.sample(count, drawn);
                request.setSample(Sample.newBuilder().setCount(count));
            }

            var response = session.exchange(request);

            if (request.hasInsert()) {
                assertThat(response.getInsert().getSize()).isEqualTo(local.size());
                assertThat(response.getInsert().getSeen()).isEqualTo(local.seen());
            }
            if (request.hasSample()) {
                assertSame(response.getSample(), drawn);
            }
        }
    }

    private static void fill(SampleBatch batch, SplitMix64 random) {
        batch.resize(random.nextInt(LARGEST_BATCH + 1));
        int task = random.nextInt(5);
        for (int i = 0; i < batch.size(); i++) {
            batch.labels()[i] = random.nextInt(Integer.MAX_VALUE);
            batch.tasks()[i] = task;
        }
        var items = batch.items();
        while (items.hasRemaining()) {
            items.put((byte) random.nextInt(256));
        }
    }

    private static Insert message(SampleBatch batch) {
        var insert = Insert.newBuilder().setItems(ByteString.copyFrom(batch.items()));
        IntStream.range(0, batch.size()).forEach(i -> insert.addLabels(batch.labels()[i]));
        return insert.setTask(batch.size() == 0 ? 0 : batch.tasks()[0]).build();
    }

    private static Insert thinned(SampleBatch batch, ReservoirForecast forecast) {
        int[] kept = new int[batch.size()];
        int staying = forecast.next(batch.size(), kept);
        var insert = Insert.newBuilder().setTask(batch.tasks()[0]);
        var thinned = Thinned.newBuilder().setOffered(batch.size());
        var items = ByteString.newOutput();
        for (int i = 0; i < staying; i++) {
            byte[] item = new byte[ITEM_BYTES];
            batch.items().get(kept[i] * ITEM_BYTES, item);
            items.write(item, 0, ITEM_BYTES);
            insert.addLabels(batch.labels()[kept[i]]);
            thinned.addKept(kept[i]);
        }
        return insert.setItems(items.toByteString()).setThinned(thinned).build();
    }

    private static void assertSame(SampleResult remote, SampleBatch local) {
        assertThat(remote.getItems()).isEqualTo(ByteString.copyFrom(local.items()));
        assertThat(ints(remote.getLabelsList())).isEqualTo(Arrays.copyOf(local.labels(), local.size()));
        assertThat(ints(remote.getTasksList())).isEqualTo(Arrays.copyOf(local.tasks(), local.size()));
    }

    private static int[] ints(java.util.List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
