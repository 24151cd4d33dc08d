package io.engram.buffer;

import com.google.protobuf.ByteString;
import io.engram.proto.buffer.v1.Commit;
import io.engram.proto.buffer.v1.Insert;
import io.engram.proto.buffer.v1.Restore;
import io.engram.proto.buffer.v1.Sample;
import io.engram.proto.buffer.v1.Scan;
import io.engram.proto.buffer.v1.SessionRequest;
import io.engram.proto.buffer.v1.SessionResponse;
import io.engram.proto.error.ApiException;
import io.engram.proto.error.Errors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One session of a client, with its responses in the order they came. */
final class SessionClient implements ClientResponseObserver<SessionRequest, SessionResponse> {
    private static final int DEADLINE_SECONDS = 20;

    private final BlockingQueue<SessionResponse> responses = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();
    private final CompletableFuture<ApiException> failure = new CompletableFuture<>();
    private ClientCallStreamObserver<SessionRequest> requests;

    static SessionClient begin(BufferServer server) {
        SessionClient session = new SessionClient();
        server.streams().session(session);
        return session;
    }

    /** A session that has a buffer open. */
    static SessionClient open(BufferServer server, String name) {
        SessionClient session = begin(server);
        session.send(SessionRequest.newBuilder().setOpen(name));
        session.next();
        return session;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<SessionRequest> observer) {
        requests = observer;
    }

    @Override
    public void onNext(SessionResponse response) {
        responses.add(response);
    }

    @Override
    public void onError(Throwable failed) {
        failure.complete(Errors.fromException((StatusRuntimeException) failed));
        end.complete(Status.fromThrowable(failed));
    }

    @Override
    public void onCompleted() {
        end.complete(Status.OK);
    }

    void send(SessionRequest.Builder request) {
        requests.onNext(request.build());
    }

    SessionResponse exchange(SessionRequest.Builder request) {
        send(request);
        return next();
    }

    /** The next response, within the deadline. */
    SessionResponse next() {
        try {
            SessionResponse response = responses.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
            if (response == null) {
                throw new AssertionError("no response; the session's end: " + end.getNow(null));
            }
            return response;
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    int waiting() {
        return responses.size();
    }

    void complete() {
        requests.onCompleted();
    }

    void cancel() {
        requests.cancel("the test cancels", null);
    }

    Status end() {
        return within(end);
    }

    ApiException failure() {
        return within(failure);
    }

    private static <T> T within(CompletableFuture<T> future) {
        try {
            return future.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException late) {
            throw new AssertionError(late);
        }
    }

    /** Samples number {@code first} and following, each the 8 bytes of its number, label its number modulo 10. */
    static Insert insert(long first, int count, int task) {
        ByteBuffer items = ByteBuffer.allocate(count * BufferServer.ITEM_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Insert.Builder insert = Insert.newBuilder().setTask(task);
        for (int i = 0; i < count; i++) {
            items.putLong(first + i);
            insert.addLabels((int) ((first + i) % 10));
        }
        return insert.setItems(ByteString.copyFrom(items.flip())).build();
    }

    static SessionRequest.Builder inserting(long first, int count) {
        return SessionRequest.newBuilder().setInsert(insert(first, count, 0));
    }

    static SessionRequest.Builder sampling(int count) {
        return SessionRequest.newBuilder().setSample(Sample.newBuilder().setCount(count));
    }

    static SessionRequest.Builder committing() {
        return SessionRequest.newBuilder().setCommit(Commit.getDefaultInstance());
    }

    static SessionRequest.Builder restoring(long version) {
        return SessionRequest.newBuilder().setRestore(Restore.newBuilder().setVersion(version));
    }

    static SessionRequest.Builder scanning(int first, int count) {
        return SessionRequest.newBuilder()
                .setScan(Scan.newBuilder().setFirst(first).setCount(count));
    }

    /** Commits, and gives the version. */
    long commit() {
        SessionResponse response = exchange(committing());
        if (!response.hasCommit()) {
            throw new AssertionError(response);
        }
        return response.getCommit().getVersion();
    }

    /** Ten steps of inserting and drawing: what was drawn. */
    List<SessionResponse> tenSteps(long from) {
        List<SessionResponse> answers = new ArrayList<>();
        for (int step = 0; step < 10; step++) {
            send(inserting(from + 20L * step, 20).setSample(Sample.newBuilder().setCount(10)));
        }
        for (int step = 0; step < 10; step++) {
            answers.add(next());
        }
        return answers;
    }

    static List<Long> numbers(SessionResponse response) {
        ByteBuffer items = (response.hasScan() ? response.getScan() : response.getSample())
                .getItems()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN);
        List<Long> numbers = new ArrayList<>();
        while (items.hasRemaining()) {
            numbers.add(items.getLong());
        }
        return numbers;
    }
}
