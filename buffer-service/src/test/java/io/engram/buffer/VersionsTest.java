package io.engram.buffer;

import static io.engram.buffer.SessionClient.committing;
import static io.engram.buffer.SessionClient.inserting;
import static io.engram.buffer.SessionClient.numbers;
import static io.engram.buffer.SessionClient.restoring;
import static io.engram.buffer.SessionClient.sampling;
import static io.engram.buffer.SessionClient.scanning;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.proto.buffer.v1.Buffer;
import io.engram.proto.buffer.v1.CreateBufferRequest;
import io.engram.proto.buffer.v1.GetBufferRequest;
import io.engram.proto.buffer.v1.SessionRequest;
import io.engram.proto.buffer.v1.SessionResponse;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.error.Errors;
import io.engram.proto.error.FieldViolation;
import io.grpc.Status;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commits, restores and scans of sessions. */
@QuarkusTest
class VersionsTest extends AgainstTheService {
    @Test
    void aRestoredBufferGoesOnBitForBitAsTheUndisturbedOne() {
        SessionClient session = SessionClient.open(server, server.create(50, 1).getName());
        session.tenSteps(0);
        assertThat(session.commit()).isEqualTo(1);
        List<SessionResponse> undisturbed = session.tenSteps(1000);

        SessionResponse restored = session.exchange(restoring(1));

        assertThat(restored.getRestore().getSeen()).isEqualTo(200);
        assertThat(restored.getRestore().getSize()).isEqualTo(50);
        assertThat(session.tenSteps(1000)).isEqualTo(undisturbed);
    }

    /** The commit is sent in the middle of others, none of which is awaited. */
    @Test
    void aCommitHasWhatWasSentBeforeItAndNothingThatWasSentAfter() {
        String name = server.create(1000, 1).getName();
        SessionClient session = SessionClient.open(server, name);
        for (int i = 0; i < 20; i++) {
            session.send(inserting(i * 10L, 10));
        }
        session.send(committing());
        for (int i = 20; i < 40; i++) {
            session.send(inserting(i * 10L, 10));
        }
        for (int i = 0; i < 20; i++) {
            assertThat(session.next().getInsert().getSeen()).isEqualTo(10 * (i + 1));
        }
        assertThat(session.next().getCommit().getVersion()).isEqualTo(1);
        for (int i = 20; i < 40; i++) {
            assertThat(session.next().getInsert().getSeen()).isEqualTo(10 * (i + 1));
        }

        assertThat(session.exchange(restoring(1)).getRestore().getSeen()).isEqualTo(200);
        assertThat(get(name).getVersionsList()).containsExactly(1L);
        assertThat(get(name).getSeen()).isEqualTo(200);
    }

    @Test
    void version0IsTheBufferAsItWasMade() {
        SessionClient session = SessionClient.open(server, server.create(50, 1).getName());
        List<SessionResponse> first = session.tenSteps(0);

        assertThat(session.exchange(restoring(0)).getRestore().getSeen()).isZero();

        assertThat(session.tenSteps(0)).isEqualTo(first);
    }

    @Test
    void otherSessionsOfTheBufferAreServedBeforeOrAfterACommitAndNoneIsLost() {
        String name = server.create(2000, 1).getName();
        SessionClient committing = SessionClient.open(server, name);
        try (BufferServer otherConnection = new BufferServer(GrpcPort.number())) {
            SessionClient other = SessionClient.open(otherConnection, name);
            for (int i = 0; i < 100; i++) {
                other.send(inserting(i * 10L, 10));
                committing.send(i % 5 == 0 ? committing() : sampling(3));
            }
            List<Long> seen = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                seen.add(other.next().getInsert().getSeen());
                SessionResponse response = committing.next();
                assertThat(i % 5 == 0 ? response.getCommit().getVersion() : i / 5 + 1)
                        .isEqualTo(i / 5 + 1);
            }
            assertThat(seen).isSorted().last().isEqualTo(1000L);
            assertThat(get(name).getVersionsList()).containsExactly(19L, 20L);
        }
    }

    @Test
    void aScanReadsEverySlotInPiecesAndDisturbsNothing() {
        SessionClient session = SessionClient.open(server, server.create(50, 1).getName());
        SessionClient twin = SessionClient.open(server, server.create(50, 1).getName());
        assertThat(session.tenSteps(0)).isEqualTo(twin.tenSteps(0));

        List<Long> scanned = new ArrayList<>();
        for (SessionResponse piece = session.exchange(scanning(0, 20));
                piece.getScan().getLabelsCount() > 0;
                piece = session.exchange(scanning(scanned.size(), 20))) {
            scanned.addAll(numbers(piece));
        }

        assertThat(scanned).hasSize(50).doesNotHaveDuplicates();
        assertThat(session.tenSteps(1000)).isEqualTo(twin.tenSteps(1000));
    }

    @Test
    void whatIsNotAllowedIsRefusedByNameAndTheSessionGoesOn() {
        SessionClient session = SessionClient.open(server, server.create(50, 1).getName());

        assertThat(refusal(session, restoring(3)).reason()).isEqualTo(ErrorReason.BUFFER_VERSION_NOT_FOUND);
        assertThat(refusal(session, restoring(-1)).reason()).isEqualTo(ErrorReason.BUFFER_VERSION_NOT_FOUND);
        assertThat(refusal(session, scanning(1, 5)).violations())
                .containsExactly(new FieldViolation("scan.first", "1", "0 to 0"));
        assertThat(refusal(session, scanning(0, 0)).violations())
                .extracting(FieldViolation::field)
                .containsExactly("scan.count");
        assertThat(refusal(session, inserting(0, 3).setCommit(committing().getCommit()))
                        .violations())
                .extracting(FieldViolation::field)
                .containsExactly("commit");
        assertThat(refusal(session, sampling(3).setTakeOver(true)).violations())
                .extracting(FieldViolation::field)
                .containsExactly("take_over");
        assertThat(session.exchange(inserting(0, 3)).getInsert().getSeen()).isEqualTo(3);
    }

    @Test
    void labelsBeyondWhatABalancingBufferTakesAreRefused() {
        SessionClient session = SessionClient.open(
                server,
                server.create(CreateBufferRequest.newBuilder()
                                .setSettings(BufferServer.settings(5, 1).setInsertionPolicy("ring")))
                        .getName());
        var request = inserting(0, 2);
        request.getInsertBuilder().setLabels(1, 65_536);

        assertThat(refusal(session, request).violations())
                .containsExactly(
                        new FieldViolation("insert.labels[1]", "65536", "0 to 65535, as the buffer balances classes"));
        assertThat(session.exchange(inserting(0, 3)).getInsert().getSeen()).isEqualTo(3);
    }

    @Test
    void aSessionThatTakesOverEndsTheOthersBeforeItBegins() {
        String name = server.create(50, 1).getName();
        SessionClient before = SessionClient.open(server, name);
        before.exchange(inserting(0, 3));
        SessionClient after = SessionClient.begin(server);

        SessionResponse opened = after.exchange(inserting(3, 1).setOpen(name).setTakeOver(true));

        assertThat(opened.getInsert().getSeen()).isEqualTo(4);
        assertThat(before.failure().reason()).isEqualTo(ErrorReason.BUFFER_TAKEN_OVER);
        assertThat(before.end().getCode()).isEqualTo(Status.Code.ABORTED);
        assertThat(after.exchange(sampling(9)).getSample().getLabelsCount()).isEqualTo(4);
    }

    @Test
    void aClientThatIsDoneWhileItsCommitIsUnderWayStillGetsTheVersion() {
        SessionClient session = SessionClient.open(server, server.create(50, 1).getName());
        session.send(committing());
        session.complete();

        assertThat(session.next().getCommit().getVersion()).isEqualTo(1);
        assertThat(session.end().getCode()).isEqualTo(Status.Code.OK);
    }

    @Test
    void commitsAndRestoresAreCounted() {
        double commits = Metrics.value("engram_buffer_commits_total");
        double restores = Metrics.value("engram_buffer_restores_total");
        SessionClient session = SessionClient.open(server, server.create(50, 1).getName());
        session.commit();
        session.commit();
        session.exchange(restoring(1));

        assertThat(Metrics.value("engram_buffer_commits_total")).isEqualTo(commits + 2);
        assertThat(Metrics.value("engram_buffer_restores_total")).isEqualTo(restores + 1);
    }

    private static io.engram.proto.error.ApiException refusal(SessionClient session, SessionRequest.Builder request) {
        return Errors.fromStatus(session.exchange(request).getError());
    }

    private Buffer get(String name) {
        return server.calls()
                .getBuffer(GetBufferRequest.newBuilder().setName(name).build())
                .getBuffer();
    }
}
