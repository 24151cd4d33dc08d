package io.engram.buffer;

import static io.engram.buffer.SessionClient.committing;
import static io.engram.buffer.SessionClient.inserting;
import static io.engram.buffer.SessionClient.restoring;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.localstack.ChildProcesses;
import io.engram.localstack.EngramHome;
import io.engram.localstack.LoneService;
import io.engram.localstack.Service;
import io.engram.proto.buffer.v1.Buffer;
import io.engram.proto.buffer.v1.CreateBufferRequest;
import io.engram.proto.buffer.v1.DeleteBufferRequest;
import io.engram.proto.buffer.v1.GetBufferRequest;
import io.engram.proto.buffer.v1.ListBuffersRequest;
import io.engram.proto.buffer.v1.SessionResponse;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.error.Errors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service in processes of its own, which are killed between commit and restore. */
@Tag("end-to-end")
class BufferDeathIT {
    private static final ChildProcesses CHILDREN = new ChildProcesses();

    @TempDir
    private Path folder;

    private int starts;

    @AfterAll
    static void endProcesses() {
        CHILDREN.close();
    }

    @Test
    void whatWasCommittedIsThereAgainAfterAKillAndGoesOnBitForBit() throws Exception {
        List<SessionResponse> undisturbed;
        List<SessionResponse> afterTheSecond;
        Buffer before;
        try (LoneService service = start();
                BufferServer server = new BufferServer(service.grpcPort())) {
            create(server, "kept", "class-balanced-reservoir");
            create(server, "never-committed", "reservoir");
            SessionClient session = SessionClient.open(server, "buffers/kept");
            session.tenSteps(0);
            session.commit();
            undisturbed = session.tenSteps(1000);
            session.commit();
            before = get(server, "kept");
            afterTheSecond = session.tenSteps(2000);
            // One is under way, perhaps, when the process dies.
            session.send(inserting(3000, 100));
            session.send(committing());
        }

        try (LoneService service = start();
                BufferServer server = new BufferServer(service.grpcPort())) {
            assertThat(server.calls()
                            .listBuffers(ListBuffersRequest.getDefaultInstance())
                            .getBuffersList())
                    .extracting(Buffer::getName)
                    .containsExactly("buffers/kept");
            Buffer kept = get(server, "kept");
            assertThat(kept.getSettings()).isEqualTo(before.getSettings());
            assertThat(kept.getCreateTime()).isEqualTo(before.getCreateTime());
            SessionClient session = SessionClient.open(server, "buffers/kept");
            if (kept.getVersionsList().equals(before.getVersionsList())) {
                assertThat(kept).isEqualTo(before);
                assertThat(session.tenSteps(2000)).isEqualTo(afterTheSecond);
                session.exchange(restoring(1));
                assertThat(session.tenSteps(1000)).isEqualTo(undisturbed);
            } else {
                // The third is durable before the first is removed.
                assertThat(kept.getVersionsList()).endsWith(2L, 3L).isSubsetOf(1L, 2L, 3L);
            }
            session.exchange(restoring(2));
            assertThat(session.tenSteps(2000)).isEqualTo(afterTheSecond);
            long next = session.commit();
            assertThat(next).isGreaterThan(2);
            assertThat(get(server, "kept").getVersionsList()).containsExactly(2L, next);
        }
    }

    @Test
    void aDamagedFileIsRefusedWhileOtherBuffersWorkAndADeletedBufferStaysGone() throws Exception {
        List<SessionResponse> undisturbed;
        try (LoneService service = start();
                BufferServer server = new BufferServer(service.grpcPort())) {
            for (String id : List.of("damaged", "deleted", "well")) {
                create(server, id, "ring");
                SessionClient session = SessionClient.open(server, "buffers/" + id);
                session.tenSteps(0);
                session.commit();
                session.commit();
                session.complete();
                session.end();
            }
            server.calls()
                    .deleteBuffer(DeleteBufferRequest.newBuilder()
                            .setName("buffers/deleted")
                            .build());
            undisturbed = SessionClient.open(server, "buffers/well").tenSteps(1000);
        }
        assertThat(folder.resolve("buffers/deleted")).doesNotExist();
        damage(folder.resolve("buffers/damaged/2.replay"));

        try (LoneService service = start();
                BufferServer server = new BufferServer(service.grpcPort())) {
            assertThat(SessionClient.open(server, "buffers/well").tenSteps(1000))
                    .isEqualTo(undisturbed);
            SessionClient session = SessionClient.open(server, "buffers/damaged");
            assertThat(Errors.fromStatus(session.exchange(inserting(0, 1)).getError())
                            .reason())
                    .isEqualTo(ErrorReason.BUFFER_VERSION_CORRUPT);
            assertThat(Errors.fromStatus(session.exchange(restoring(2)).getError())
                            .reason())
                    .isEqualTo(ErrorReason.BUFFER_VERSION_CORRUPT);
            session.exchange(restoring(1));
            assertThat(session.tenSteps(1000)).isEqualTo(undisturbed);
            assertThat(BufferServer.refusal(() -> get(server, "deleted")).reason())
                    .isEqualTo(ErrorReason.BUFFER_NOT_FOUND);
        }
    }

    private LoneService start() {
        starts++;
        return LoneService.launch(
                        CHILDREN,
                        EngramHome.find(),
                        Service.BUFFER,
                        Map.of("ENGRAM_BUFFER_DIR", folder.resolve("buffers").toString()),
                        folder.resolve("buffer-" + starts + ".log"))
                .awaitReady();
    }

    private static void create(BufferServer server, String id, String policy) {
        server.create(CreateBufferRequest.newBuilder()
                .setBufferId(id)
                .setSettings(BufferServer.settings(60, 7).setInsertionPolicy(policy)));
    }

    private static Buffer get(BufferServer server, String id) {
        return server.calls()
                .getBuffer(
                        GetBufferRequest.newBuilder().setName("buffers/" + id).build())
                .getBuffer();
    }

    private static void damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 9] ^= 1;
        Files.write(file, bytes);
    }
}
