package io.engram.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.proto.buffer.v1.Buffer;
import io.engram.proto.buffer.v1.BufferSettings;
import io.engram.proto.buffer.v1.CreateBufferRequest;
import io.engram.proto.buffer.v1.DeleteBufferRequest;
import io.engram.proto.buffer.v1.GetBufferRequest;
import io.engram.proto.buffer.v1.ListBuffersRequest;
import io.engram.proto.buffer.v1.ListBuffersResponse;
import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.error.FieldViolation;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class BufferCallsTest extends AgainstTheService {
    @Test
    void aBufferIsMadeAsAskedForAndFoundByItsName() {
        Instant before = Instant.now();

        Buffer made = server.create(
                CreateBufferRequest.newBuilder().setBufferId("run-7").setSettings(BufferServer.settings(400, -3)));

        assertThat(made.getName()).isEqualTo("buffers/run-7");
        assertThat(made.getSettings())
                .isEqualTo(BufferServer.settings(400, -3)
                        .setInsertionPolicy("reservoir")
                        .setSamplingPolicy("uniform")
                        .build());
        assertThat(made.getSize()).isZero();
        assertThat(made.getSeen()).isZero();
        assertThat(made.getCreateTime().getSeconds()).isGreaterThanOrEqualTo(before.getEpochSecond());
        assertThat(get("buffers/run-7")).isEqualTo(made);
    }

    @Test
    void aBufferWithoutAnIdGetsANewOne() {
        Buffer one = server.create(10, 1);
        Buffer other = server.create(10, 1);

        assertThat(one.getName()).startsWith("buffers/").isNotEqualTo(other.getName());
        assertThat(get(one.getName())).isEqualTo(one);
    }

    @Test
    void theSameRequestGivesTheSameBuffer() {
        var request = CreateBufferRequest.newBuilder().setRequestId("r-1").setSettings(BufferServer.settings(10, 1));

        Buffer first = server.create(request);
        Buffer again = server.create(request);

        assertThat(again).isEqualTo(first);
        assertThat(list(0, "").getBuffersList()).containsExactly(first);
    }

    @Test
    void aRequestIdWithOtherSettingsIsRefused() {
        Buffer made = server.create(
                CreateBufferRequest.newBuilder().setRequestId("r-2").setSettings(BufferServer.settings(10, 1)));

        ApiException refused = BufferServer.refusal(() -> server.create(
                CreateBufferRequest.newBuilder().setRequestId("r-2").setSettings(BufferServer.settings(11, 1))));

        assertThat(refused.reason()).isEqualTo(ErrorReason.REQUEST_ID_REUSED);
        assertThat(refused.metadata()).containsEntry("buffer", made.getName());
    }

    @Test
    void aRequestIdIsForgottenWithItsBuffer() {
        var request = CreateBufferRequest.newBuilder().setRequestId("r-3").setSettings(BufferServer.settings(10, 1));
        Buffer first = server.create(request);
        server.delete(first.getName());

        assertThat(server.create(request).getName()).isNotEqualTo(first.getName());
    }

    @Test
    void aNameThatIsTakenIsRefusedAndOneThatWasDeletedIsFreeAgain() {
        var request = CreateBufferRequest.newBuilder().setBufferId("taken").setSettings(BufferServer.settings(10, 1));
        server.create(request);

        ApiException refused = BufferServer.refusal(() -> server.create(request));
        assertThat(refused.reason()).isEqualTo(ErrorReason.BUFFER_EXISTS);
        assertThat(refused).hasMessageContaining("buffers/taken is taken");

        SessionClient session = SessionClient.open(server, "buffers/taken");
        session.exchange(SessionClient.inserting(0, 5));
        session.complete();
        server.delete("buffers/taken");
        assertThat(server.create(request).getSize()).isZero();
    }

    @Test
    void everySettingThatIsNotAllowedIsNamedAtOnce() {
        ApiException refused = BufferServer.refusal(() -> server.create(CreateBufferRequest.newBuilder()
                .setBufferId("Not Allowed")
                .setRequestId("no spaces")
                .setSettings(BufferSettings.newBuilder()
                        .setCapacity(10_000_001)
                        .setInsertionPolicy("resevoir")
                        .setSamplingPolicy("all"))));

        assertThat(refused.reason()).isEqualTo(ErrorReason.INVALID_ARGUMENT);
        assertThat(refused.violations())
                .containsExactlyInAnyOrder(
                        new FieldViolation(
                                "buffer_id",
                                "Not Allowed",
                                "1 to 128 of a-z, 0-9 and -, beginning with a letter or digit, or empty for a new one"),
                        new FieldViolation(
                                "request_id",
                                "no spaces",
                                "at most 64 of the characters a-z, A-Z, 0-9, - and _, or empty"),
                        new FieldViolation("settings.capacity", "10000001", "1 to 10000000"),
                        new FieldViolation("settings.item_bytes", "0", "1 to 16777216"),
                        new FieldViolation(
                                "settings.insertion_policy",
                                "'resevoir'",
                                "class-balanced-reservoir, fifo, greedy-balanced, least-similar, ranked, reservoir, ring"),
                        new FieldViolation("settings.sampling_policy", "'all'", "class-balanced, uniform"));
    }

    @Test
    void aSampleThatFitsIntoNoMessageIsRefused() {
        ApiException refused = BufferServer.refusal(() -> server.create(CreateBufferRequest.newBuilder()
                .setSettings(BufferServer.settings(1, 1).setItemBytes(8 << 20))));

        assertThat(refused.violations())
                .containsExactly(new FieldViolation(
                        "settings.item_bytes",
                        "8388608",
                        "1 to 8387574, so that a sample fits into a message of at most 8388608 bytes"));
    }

    @Test
    void aBufferBeyondTheMemoryIsRefusedWithTheNumbersAndOthersAreMadeOn() {
        ApiException refused = BufferServer.refusal(() -> server.create(CreateBufferRequest.newBuilder()
                .setSettings(BufferServer.settings(10_000_000, 1).setItemBytes(1000))));

        assertThat(refused.reason()).isEqualTo(ErrorReason.BUFFER_MEMORY_EXHAUSTED);
        // 1000 bytes and 36 of overhead a sample, see replay's BufferSettings.
        assertThat(refused).hasMessageContaining("needs 10360000000 bytes; allowed: ");
        assertThat(refused.metadata()).containsKeys("needed_bytes", "free_bytes", "limit_bytes");
        assertThat(server.create(10, 1).getName()).isNotEmpty();
    }

    @Test
    void buffersAreListedByNameInPages() {
        for (String id : new String[] {"c", "a", "e", "b", "d"}) {
            server.create(CreateBufferRequest.newBuilder().setBufferId(id).setSettings(BufferServer.settings(10, 1)));
        }

        ListBuffersResponse first = list(2, "");
        ListBuffersResponse second = list(2, first.getNextPageToken());
        server.delete("buffers/d");
        ListBuffersResponse third = list(2, second.getNextPageToken());

        assertThat(first.getBuffersList()).extracting(Buffer::getName).containsExactly("buffers/a", "buffers/b");
        assertThat(second.getBuffersList()).extracting(Buffer::getName).containsExactly("buffers/c", "buffers/d");
        assertThat(third.getBuffersList()).extracting(Buffer::getName).containsExactly("buffers/e");
        assertThat(third.getNextPageToken()).isEmpty();
    }

    @Test
    void aPageThatIsNotAllowedIsRefused() {
        assertThat(BufferServer.refusal(() -> list(1001, "")).violations())
                .extracting(FieldViolation::field)
                .containsExactly("page_size");
        assertThat(BufferServer.refusal(() -> list(1, "%%")).violations())
                .extracting(FieldViolation::field)
                .containsExactly("page_token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody", "buffers/", "buffers/UPPER", "runs/a"})
    void aNameThatIsNoneIsRefusedNamingTheField(String name) {
        ApiException got = BufferServer.refusal(() -> get(name));
        ApiException deleted = BufferServer.refusal(() -> server.delete(name));

        assertThat(got.violations()).extracting(FieldViolation::field).containsExactly("name");
        assertThat(deleted.violations()).isEqualTo(got.violations());
    }

    @Test
    void aBufferThatIsNotThereIsNotFound() {
        assertThat(BufferServer.refusal(() -> get("buffers/nobody")).reason()).isEqualTo(ErrorReason.BUFFER_NOT_FOUND);
        assertThat(BufferServer.refusal(() -> server.calls()
                                .deleteBuffer(DeleteBufferRequest.newBuilder()
                                        .setName("buffers/nobody")
                                        .build()))
                        .reason())
                .isEqualTo(ErrorReason.BUFFER_NOT_FOUND);
    }

    private Buffer get(String name) {
        return server.calls()
                .getBuffer(GetBufferRequest.newBuilder().setName(name).build())
                .getBuffer();
    }

    private ListBuffersResponse list(int size, String token) {
        return server.calls()
                .listBuffers(ListBuffersRequest.newBuilder()
                        .setPageSize(size)
                        .setPageToken(token)
                        .build());
    }
}
