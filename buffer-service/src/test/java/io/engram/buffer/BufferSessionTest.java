package io.engram.buffer;

import static io.engram.buffer.SessionClient.inserting;
import static io.engram.buffer.SessionClient.numbers;
import static io.engram.buffer.SessionClient.sampling;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.engram.proto.buffer.v1.Insert;
import io.engram.proto.buffer.v1.Sample;
import io.engram.proto.buffer.v1.SessionRequest;
import io.engram.proto.buffer.v1.SessionResponse;
import io.engram.proto.buffer.v1.Thinned;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.error.Errors;
import io.engram.proto.error.FieldViolation;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(GrpcPort.class)
class BufferSessionTest {
    private BufferServer server;

    @BeforeEach
    void connect() {
        server = new BufferServer(GrpcPort.number());
    }

    /** Whatever a test did with its sessions, none may be left. */
    @AfterEach
    void leavesNothingBehind() {
        server.deleteAll();
        server.close();
        await().untilAsserted(() -> assertThat(Metrics.sessions()).isZero());
    }

    @Test
    void oneRequestOpensInsertsAndDraws() {
        SessionClient session = SessionClient.begin(server);

        SessionResponse response = session.exchange(inserting(0, 3)
                .setOpen(server.create(10, 1).getName())
                .setSample(Sample.newBuilder().setCount(3)));

        assertThat(response.getInsert().getSize()).isEqualTo(3);
        assertThat(response.getInsert().getSeen()).isEqualTo(3);
        assertThat(numbers(response)).containsExactlyInAnyOrder(0L, 1L, 2L);
        session.complete();
        assertThat(session.end().getCode()).isEqualTo(Status.Code.OK);
    }

    @Test
    void aResponseHasWhatTheRequestAskedFor() {
        SessionClient session = SessionClient.open(server, server.create(10, 1).getName());

        SessionResponse onlyInsert = session.exchange(inserting(0, 1));
        SessionResponse onlySample = session.exchange(sampling(1));
        SessionResponse neither = session.exchange(SessionRequest.newBuilder());

        assertThat(onlyInsert.hasInsert()).isTrue();
        assertThat(onlyInsert.hasSample()).isFalse();
        assertThat(onlySample.hasInsert()).isFalse();
        assertThat(onlySample.hasSample()).isTrue();
        assertThat(neither).isEqualTo(SessionResponse.getDefaultInstance());
    }

    @Test
    void labelsAndTasksComeBackWithTheirSamples() {
        SessionClient session = SessionClient.open(server, server.create(20, 1).getName());
        session.exchange(SessionRequest.newBuilder().setInsert(SessionClient.insert(0, 10, 0)));
        session.exchange(SessionRequest.newBuilder().setInsert(SessionClient.insert(10, 10, 1)));

        SessionResponse drawn = session.exchange(sampling(20));

        List<Long> numbers = numbers(drawn);
        assertThat(numbers).hasSize(20);
        for (int i = 0; i < 20; i++) {
            assertThat(drawn.getSample().getLabels(i)).isEqualTo((int) (numbers.get(i) % 10));
            assertThat(drawn.getSample().getTasks(i)).isEqualTo((int) (numbers.get(i) / 10));
        }
    }

    @Test
    void anEmptyBufferGivesNothingAtOnce() {
        SessionClient session = SessionClient.open(server, server.create(10, 1).getName());

        SessionResponse drawn = session.exchange(sampling(64));

        assertThat(drawn.hasSample()).isTrue();
        assertThat(drawn.getSample().getItems().isEmpty()).isTrue();
        assertThat(drawn.getSample().getLabelsCount()).isZero();
    }

    @Test
    void responsesComeInTheOrderOfTheRequestsWithFourUnderWay() {
        SessionClient session =
                SessionClient.open(server, server.create(100_000, 1).getName());
        int sent = 0;
        for (; sent < 4; sent++) {
            session.send(inserting(sent * 64L, 64));
        }
        for (int received = 0; received < 500; received++) {
            SessionResponse response = session.next();
            assertThat(response.getInsert().getSeen()).isEqualTo((received + 1) * 64L);
            if (sent < 500) {
                session.send(inserting(sent * 64L, 64));
                sent++;
            }
        }
        session.complete();
        assertThat(session.end().getCode()).isEqualTo(Status.Code.OK);
    }

    /** 300 responses of 400 kB are 120 MB: far more than what may lie in windows and sockets on the way. */
    @Test
    void manyRequestsSentAtOnceAreAllAnswered() {
        SessionClient session =
                SessionClient.open(server, server.create(50_000, 1).getName());
        session.exchange(inserting(0, 50_000));
        for (int i = 0; i < 300; i++) {
            session.send(sampling(50_000));
        }
        session.complete();

        for (int i = 0; i < 300; i++) {
            assertThat(session.next().getSample().getLabelsCount()).isEqualTo(50_000);
        }
        assertThat(session.end().getCode()).isEqualTo(Status.Code.OK);
    }

    @Test
    void aRefusedRequestChangesNothingAndTheSessionGoesOn() {
        String name = server.create(10, 1).getName();
        SessionClient session = SessionClient.open(server, name);
        session.exchange(inserting(0, 2));
        Insert wrong = Insert.newBuilder()
                .setItems(ByteString.copyFrom(new byte[17]))
                .addLabels(4)
                .addLabels(-4)
                .setTask(-1)
                .build();

        SessionResponse refused =
                session.exchange(SessionRequest.newBuilder().setInsert(wrong).setSample(Sample.newBuilder()));

        assertThat(refused.hasInsert()).isFalse();
        assertThat(refused.hasSample()).isFalse();
        var error = Errors.fromStatus(refused.getError());
        assertThat(error.reason()).isEqualTo(ErrorReason.INVALID_ARGUMENT);
        assertThat(error.violations())
                .containsExactlyInAnyOrder(
                        new FieldViolation("insert.labels[1]", "-4", "0 or more"),
                        new FieldViolation("insert.items", "17 bytes", "16 bytes: 2 labels, 8 bytes a sample"),
                        new FieldViolation("insert.task", "-1", "0 or more"),
                        new FieldViolation("sample.count", "0", "1 to 65536"));
        SessionResponse next =
                session.exchange(inserting(2, 1).setSample(Sample.newBuilder().setCount(5)));
        assertThat(next.getInsert().getSeen()).isEqualTo(3);
        assertThat(numbers(next)).containsExactlyInAnyOrder(0L, 1L, 2L);
    }

    @Test
    void aBatchThatLeavesOutWhatStaysIsRefused() {
        SessionClient session = SessionClient.open(server, server.create(10, 1).getName());
        Insert fewer = Insert.newBuilder()
                .setItems(ByteString.copyFrom(new byte[8]))
                .addLabels(4)
                .setThinned(Thinned.newBuilder().setOffered(3).addKept(1))
                .build();
        Insert inconsistent =
                fewer.toBuilder().setThinned(Thinned.newBuilder().setOffered(3)).build();

        var refused = Errors.fromStatus(
                session.exchange(SessionRequest.newBuilder().setInsert(fewer)).getError());
        var refusedAtOnce =
                Errors.fromStatus(session.exchange(SessionRequest.newBuilder().setInsert(inconsistent))
                        .getError());

        assertThat(refused.violations())
                .containsExactly(new FieldViolation(
                        "insert.thinned.kept[0]",
                        "1",
                        "0, as of 3 samples after 0 there stay 3; restore a version to learn where the generator is"));
        assertThat(refusedAtOnce.violations())
                .containsExactly(new FieldViolation("insert.thinned.kept", "0 positions", "1, as there are labels"));
        assertThat(session.exchange(inserting(0, 1)).getInsert().getSeen()).isEqualTo(1);
    }

    @Test
    void aDrawThatDoesNotFitIntoAMessageIsRefused() {
        String name = server.calls()
                .createBuffer(io.engram.proto.buffer.v1.CreateBufferRequest.newBuilder()
                        .setSettings(BufferServer.settings(20, 1).setItemBytes(1 << 20))
                        .build())
                .getBuffer()
                .getName();
        SessionClient session = SessionClient.open(server, name);

        var error = Errors.fromStatus(session.exchange(sampling(8)).getError());

        assertThat(error.violations())
                .containsExactly(new FieldViolation(
                        "sample.count", "8", "1 to 7, what fits into a message for samples of 1048576 bytes"));
        assertThat(session.exchange(sampling(7)).hasSample()).isTrue();
    }

    @Test
    void openingAgainIsRefusedAndTheSessionGoesOn() {
        String name = server.create(10, 1).getName();
        SessionClient session = SessionClient.open(server, name);

        var error = Errors.fromStatus(
                session.exchange(inserting(0, 1).setOpen(name)).getError());

        assertThat(error.violations()).extracting(FieldViolation::field).containsExactly("open");
        assertThat(session.exchange(inserting(0, 1)).getInsert().getSeen()).isEqualTo(1);
    }

    @Test
    void aSessionThatOpensNothingOrNobodyEnds() {
        SessionClient nothing = SessionClient.begin(server);
        nothing.send(sampling(1));
        assertThat(nothing.failure().reason()).isEqualTo(ErrorReason.INVALID_ARGUMENT);
        assertThat(nothing.failure().violations())
                .extracting(FieldViolation::field)
                .containsExactly("open");

        SessionClient nobody = SessionClient.begin(server);
        nobody.send(SessionRequest.newBuilder().setOpen("buffers/nobody"));
        assertThat(nobody.failure().reason()).isEqualTo(ErrorReason.BUFFER_NOT_FOUND);

        SessionClient silent = SessionClient.begin(server);
        silent.complete();
        assertThat(silent.end().getCode()).isEqualTo(Status.Code.OK);
    }

    @Test
    void deletingABufferEndsItsSessionsEvenWhereTheyAreSilent() {
        String name = server.create(10, 1).getName();
        SessionClient one = SessionClient.open(server, name);
        SessionClient other = SessionClient.open(server, name);
        SessionClient elsewhere =
                SessionClient.open(server, server.create(10, 1).getName());

        server.delete(name);

        assertThat(one.failure().reason()).isEqualTo(ErrorReason.BUFFER_NOT_FOUND);
        assertThat(one.end().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(other.failure()).hasMessageContaining(name + " was deleted");
        assertThat(elsewhere.exchange(inserting(0, 1)).hasInsert()).isTrue();
    }

    @Test
    void deletingABufferInTheMidstOfItsSessionsWorkEndsThem() {
        for (int round = 0; round < 20; round++) {
            String name = server.create(1000, 1).getName();
            SessionClient session = SessionClient.open(server, name);
            for (int i = 0; i < 50; i++) {
                session.send(inserting(i, 64).setSample(Sample.newBuilder().setCount(64)));
            }
            session.next();

            server.delete(name);

            assertThat(session.end().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        }
    }

    @Test
    void aCancelledSessionLeavesNothingBehindAndItsBufferIsServedOn() {
        String name = server.create(10, 1).getName();
        SessionClient cancelled = SessionClient.open(server, name);
        cancelled.exchange(inserting(0, 2));

        cancelled.cancel();

        await().untilAsserted(() -> assertThat(Metrics.sessions()).isZero());
        SessionClient next = SessionClient.open(server, name);
        assertThat(numbers(next.exchange(sampling(2)))).containsExactlyInAnyOrder(0L, 1L);
    }

    @Test
    void aClientWhoseConnectionBreaksLeavesNothingBehind() {
        String name = server.create(10, 1).getName();
        try (BufferServer breaking = new BufferServer(GrpcPort.number())) {
            SessionClient.open(breaking, name);
            assertThat(Metrics.sessions()).isEqualTo(1);
        }

        await().untilAsserted(() -> assertThat(Metrics.sessions()).isZero());
    }

    @Test
    void twoSessionsOfOneBufferAreServedOneRequestAfterTheOther() {
        String name = server.create(100_000, 1).getName();
        try (BufferServer otherConnection = new BufferServer(GrpcPort.number())) {
            SessionClient one = SessionClient.open(server, name);
            SessionClient other = SessionClient.open(otherConnection, name);
            int rounds = 300;
            for (int i = 0; i < rounds; i++) {
                one.send(inserting(i * 20L, 10));
                other.send(inserting(i * 20L + 10, 10));
            }
            Set<Long> seen = new HashSet<>();
            List<Long> inOrder = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                inOrder.add(one.next().getInsert().getSeen());
                seen.add(other.next().getInsert().getSeen());
            }

            assertThat(inOrder).isSorted();
            seen.addAll(inOrder);
            assertThat(seen).as("every insert saw another count").hasSize(2 * rounds);
            Set<Long> held = new HashSet<>(numbers(one.exchange(sampling(20 * rounds))));
            assertThat(held).hasSize(20 * rounds);
        }
    }

    @Test
    void anOversizedMessageIsRefusedWithTheNumbersAndTheSessionGoesOn() {
        SessionClient session = SessionClient.open(server, server.create(10, 1).getName());

        var error = Errors.fromStatus(session.exchange(ofBytes((8 << 20) + 1)).getError());

        assertThat(error.reason()).isEqualTo(ErrorReason.MESSAGE_TOO_LARGE);
        assertThat(error.reason().grpcCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(error.metadata()).containsEntry("limit", "8388608");
        assertThat(error).hasMessageContaining("allowed: 8388608");
        assertThat(session.exchange(inserting(0, 1)).getInsert().getSeen()).isEqualTo(1);
    }

    @Test
    void aMessageBeyondWhatIsReadAtAllEndsItsSessionAndTheNextCallIsServed() {
        String name = server.create(10, 1).getName();
        SessionClient first = SessionClient.begin(server);
        SessionClient later = SessionClient.open(server, name);

        first.send(ofBytes(16 << 20));
        later.send(ofBytes(16 << 20));

        assertThat(first.end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        // gRPC resets a stream that has begun to answer: grpc-java issue 11245.
        assertThat(later.end().getCode()).isEqualTo(Status.Code.CANCELLED);
        SessionClient next = SessionClient.open(server, name);
        assertThat(next.exchange(inserting(0, 1)).getInsert().getSeen()).isEqualTo(1);
    }

    @Test
    void moreSessionsThanAllowedAreRefusedUntilOneEnds() {
        String name = server.create(10, 1).getName();
        List<SessionClient> sessions = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            sessions.add(SessionClient.open(server, name));
        }

        SessionClient tooMany = SessionClient.begin(server);

        assertThat(tooMany.failure().reason()).isEqualTo(ErrorReason.SESSION_LIMIT_REACHED);
        assertThat(tooMany.failure().metadata()).containsEntry("limit", "64");
        sessions.remove(0).cancel();
        await().untilAsserted(() -> assertThat(Metrics.sessions()).isEqualTo(63));
        SessionClient.open(server, name);
    }

    private static SessionRequest.Builder ofBytes(int bytes) {
        return SessionRequest.newBuilder()
                .setInsert(Insert.newBuilder().setItems(ByteString.copyFrom(new byte[bytes])));
    }
}
