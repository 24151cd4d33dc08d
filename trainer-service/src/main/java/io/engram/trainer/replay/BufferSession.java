package io.engram.trainer.replay;

import com.google.protobuf.UnsafeByteOperations;
import io.engram.learning.memory.ReplayMemory;
import io.engram.learning.memory.ReplayMemoryException;
import io.engram.learning.memory.ReplayVersionException;
import io.engram.proto.buffer.v1.BufferServiceGrpc;
import io.engram.proto.buffer.v1.Commit;
import io.engram.proto.buffer.v1.Insert;
import io.engram.proto.buffer.v1.Restore;
import io.engram.proto.buffer.v1.RestoreResult;
import io.engram.proto.buffer.v1.Sample;
import io.engram.proto.buffer.v1.Scan;
import io.engram.proto.buffer.v1.SessionRequest;
import io.engram.proto.buffer.v1.SessionResponse;
import io.engram.proto.buffer.v1.Thinned;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.error.Errors;
import io.engram.proto.name.BufferName;
import io.engram.replay.BufferSettings;
import io.engram.replay.ReplayBuffer;
import io.engram.replay.ReservoirForecast;
import io.engram.replay.SampleBatch;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A replay memory in the buffer service, over one session. An exchange is one message, sent at once; its answer is copied
 * into the waiting batch by the thread of the connection, while the thread of the run computes. Small exchanges are started
 * several at a time: one waking of the connection's thread, one write and one read then serve them all.
 *
 * <p>Insertions larger than a message, or of several tasks, are sent as several: inserting parts one after another is the
 * same as inserting the whole. Samples that the buffer will drop are left out, where that can be told.
 */
final class BufferSession implements ReplayMemory {
    /** Well below the 8 MiB that the service accepts. */
    private static final int MOST_INSERT_BYTES = 4 << 20;

    /** Exchanges under way, where they are small; half of them are sent at a time. */
    private static final int MOST_LOOKAHEAD = 64;
    /** Larger exchanges are fewer: so many bytes of samples are under way, in either direction. */
    private static final int LOOKAHEAD_BYTES = 4 << 20;

    /** Commits and restores may take so many times longer than what needs no disk. */
    private static final int DISK_PATIENCE = 10;

    private static final Set<ErrorReason> LOST =
            EnumSet.of(ErrorReason.BUFFER_TAKEN_OVER, ErrorReason.BUFFER_NOT_FOUND);

    private final BufferName name;
    private final int itemBytes;
    private final int capacity;
    private final Duration timeout;
    private final BufferAddress address;
    private final BufferServiceMemories memories;
    private final SampleBatch[] drawn;
    private final SessionAnswers answers;
    private final StreamObserver<SessionRequest> requests;
    /** The answer to the first request; null once somebody asked for it. */
    private PendingExchange opening;
    /** What the buffer will keep; null where that cannot be told. */
    private ReservoirForecast forecast;

    private int[] kept = {};
    private int next;
    private boolean hasVersions;

    BufferSession(
            BufferName name,
            BufferSettings settings,
            int sampleLimit,
            boolean hasVersions,
            Duration timeout,
            BufferAddress address,
            BufferServiceMemories memories) {
        this.name = name;
        itemBytes = settings.itemBytes();
        capacity = settings.capacity();
        this.hasVersions = hasVersions;
        this.timeout = timeout;
        this.address = address;
        this.memories = memories;
        drawn = new SampleBatch[1 + lookahead(sampleLimit, itemBytes)];
        Arrays.setAll(drawn, slot -> new SampleBatch(sampleLimit, itemBytes));
        answers = new SessionAnswers(itemBytes);
        opening = new PendingExchange(drawn[0]);
        requests = BufferServiceGrpc.newStub(memories.channel()).session(answers);
        send(
                SessionRequest.newBuilder()
                        .setOpen(name.toString())
                        .setTakeOver(true)
                        .setRestore(Restore.newBuilder().setVersion(0)),
                opening);
    }

    private static int lookahead(int sampleLimit, int itemBytes) {
        long batches = LOOKAHEAD_BYTES / ((long) sampleLimit * itemBytes);
        return (int) Math.max(1, Math.min(MOST_LOOKAHEAD, batches));
    }

    @Override
    public int lookahead() {
        return drawn.length - 1;
    }

    @Override
    public PendingReplay exchange(SampleBatch remember, int draw) {
        if (opening != null) {
            await(opening);
            goOn(opening.response().getRestore());
            opening = null;
        }
        PendingExchange exchange = new PendingExchange(drawn[next]);
        next = (next + 1) % drawn.length;
        int rest = sendAllButLast(remember, exchange.batch());
        SessionRequest.Builder last = SessionRequest.newBuilder();
        if (rest < remember.size()) {
            last.setInsert(insert(remember, rest, remember.size()));
        }
        if (draw > 0) {
            last.setSample(Sample.newBuilder().setCount(draw));
        } else {
            exchange.batch().resize(0);
        }
        send(last, exchange);
        return () -> await(exchange);
    }

    /** @return where the last part begins */
    private int sendAllButLast(SampleBatch remember, SampleBatch into) {
        int from = 0;
        int to = endOfPart(remember, from);
        while (to < remember.size()) {
            send(SessionRequest.newBuilder().setInsert(insert(remember, from, to)), new PendingExchange(into));
            from = to;
            to = endOfPart(remember, from);
        }
        return from;
    }

    /** Samples of one task that fit into a message. */
    private int endOfPart(SampleBatch remember, int from) {
        int most = Math.min(
                remember.size(),
                from + Math.max(1, Math.min(ReplayBuffer.MOST_THINNED, MOST_INSERT_BYTES / itemBytes)));
        int to = Math.min(from + 1, most);
        while (to < most && remember.tasks()[to] == remember.tasks()[from]) {
            to++;
        }
        return to;
    }

    private Insert insert(SampleBatch remember, int from, int to) {
        if (forecast == null) {
            return whole(remember, from, to);
        }
        int offered = to - from;
        if (kept.length < offered) {
            kept = new int[offered];
        }
        int staying = forecast.next(offered, kept);
        return staying == offered ? whole(remember, from, to) : thinned(remember, from, offered, staying);
    }

    private Insert whole(SampleBatch remember, int from, int to) {
        // A message may wait for the connection: it must not share memory with the batch.
        byte[] items = new byte[(to - from) * itemBytes];
        ByteBuffer source = remember.items();
        source.get(from * itemBytes, items);
        Insert.Builder insert = Insert.newBuilder()
                .setItems(UnsafeByteOperations.unsafeWrap(items))
                .setTask(remember.tasks()[from]);
        for (int i = from; i < to; i++) {
            insert.addLabels(remember.labels()[i]);
        }
        return insert.build();
    }

    private Insert thinned(SampleBatch remember, int from, int offered, int staying) {
        byte[] items = new byte[staying * itemBytes];
        ByteBuffer source = remember.items();
        Thinned.Builder thinned = Thinned.newBuilder().setOffered(offered);
        Insert.Builder insert = Insert.newBuilder().setTask(remember.tasks()[from]);
        for (int i = 0; i < staying; i++) {
            source.get((from + kept[i]) * itemBytes, items, i * itemBytes, itemBytes);
            insert.addLabels(remember.labels()[from + kept[i]]);
            thinned.addKept(kept[i]);
        }
        return insert.setItems(UnsafeByteOperations.unsafeWrap(items))
                .setThinned(thinned)
                .build();
    }

    private void send(SessionRequest.Builder request, PendingExchange exchange) {
        answers.expect(exchange);
        try {
            requests.onNext(request.build());
        } catch (IllegalStateException ended) {
            // The session has ended; why is told by what waits for it.
            answers.onError(ended);
        }
    }

    private SampleBatch await(PendingExchange exchange) {
        return await(exchange, timeout);
    }

    private SampleBatch await(PendingExchange exchange, Duration limit) {
        try {
            return exchange.await(limit);
        } catch (StatusRuntimeException failed) {
            throw memories.failed("ended the session with " + name, failed);
        } catch (ReplayVersionException gone) {
            throw new ReplayVersionException(said(gone), gone);
        } catch (ReplayMemoryException failed) {
            throw new ReplayMemoryException(said(failed), failed);
        }
    }

    private String said(ReplayMemoryException failed) {
        return "the buffer service at " + address.target() + ", " + name + ": " + failed.getMessage();
    }

    @Override
    public long commit() {
        long version = command(SessionRequest.newBuilder().setCommit(Commit.getDefaultInstance()))
                .getCommit()
                .getVersion();
        hasVersions = true;
        return version;
    }

    @Override
    public void restore(long version) {
        opening = null;
        goOn(command(SessionRequest.newBuilder().setRestore(Restore.newBuilder().setVersion(version)))
                .getRestore());
    }

    private void goOn(RestoreResult from) {
        forecast = from.hasInsertionGenerator()
                ? new ReservoirForecast(capacity, from.getSeen(), from.getInsertionGenerator())
                : null;
    }

    @Override
    public void scan(Consumer<SampleBatch> visitor) {
        SampleBatch batch = new SampleBatch(drawn[0].capacity(), itemBytes);
        int first = 0;
        for (int count = scan(first, batch); count > 0; count = scan(first, batch)) {
            visitor.accept(batch);
            first += count;
        }
    }

    private int scan(int first, SampleBatch into) {
        PendingExchange scanned = new PendingExchange(into);
        send(
                SessionRequest.newBuilder()
                        .setScan(Scan.newBuilder().setFirst(first).setCount(into.capacity())),
                scanned);
        return await(scanned).size();
    }

    /** Nothing is drawn by it, so that it needs no batch of its own. */
    private SessionResponse command(SessionRequest.Builder request) {
        PendingExchange command = PendingExchange.command(drawn[next]);
        send(request, command);
        await(command, timeout.multipliedBy(DISK_PATIENCE));
        return command.response();
    }

    /** Ends the session; removes the buffer where it is still this session's and has no versions to go on with. */
    @Override
    public void close() {
        boolean remove = !hasVersions && isOurs();
        answers.close();
        try {
            requests.onCompleted();
        } catch (IllegalStateException alreadyEnded) {
            // it has ended by itself
        }
        if (!remove) {
            return;
        }
        try {
            memories.delete(name);
        } catch (StatusRuntimeException failed) {
            throw memories.failed("did not remove " + name, failed);
        }
    }

    /** Not where a later attempt of the run took it over, or somebody deleted it. */
    private boolean isOurs() {
        try {
            command(SessionRequest.newBuilder());
            return true;
        } catch (ReplayMemoryException ended) {
            if (ended.getCause() instanceof StatusRuntimeException status && LOST.contains(reason(status))) {
                return false;
            }
            throw ended;
        }
    }

    private static ErrorReason reason(StatusRuntimeException ended) {
        return Errors.fromException(ended).reason();
    }
}
