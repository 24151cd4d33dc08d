package io.engram.buffer.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.engram.buffer.application.BufferState;
import io.engram.buffer.application.Exchanged;
import io.engram.proto.buffer.v1.Buffer;
import io.engram.proto.buffer.v1.BufferSettings;
import io.engram.proto.buffer.v1.CommitResult;
import io.engram.proto.buffer.v1.InsertResult;
import io.engram.proto.buffer.v1.RestoreResult;
import io.engram.proto.buffer.v1.SampleResult;
import io.engram.proto.buffer.v1.SessionResponse;
import io.engram.proto.time.Timestamps;

/** Messages out of what the application answers. */
final class BufferMessages {
    private BufferMessages() {}

    static Buffer buffer(BufferState state) {
        return Buffer.newBuilder()
                .setName(state.name().toString())
                .setSettings(settings(state.settings()))
                .setSize(state.size())
                .setSeen(state.seen())
                .setCreateTime(Timestamps.of(state.createTime()))
                .addAllVersions(state.versions())
                .build();
    }

    static InsertResult insertResult(Exchanged exchanged) {
        return InsertResult.newBuilder()
                .setSize(exchanged.size())
                .setSeen(exchanged.seen())
                .build();
    }

    static SampleResult sampleResult(Exchanged exchanged) {
        SampleResult.Builder result = SampleResult.newBuilder().setItems(wrapped(exchanged.items()));
        for (int i = 0; i < exchanged.labels().length; i++) {
            result.addLabels(exchanged.labels()[i]).addTasks(exchanged.tasks()[i]);
        }
        return result.build();
    }

    static SessionResponse committed(long version) {
        return SessionResponse.newBuilder()
                .setCommit(CommitResult.newBuilder().setVersion(version))
                .build();
    }

    static SessionResponse restored(BufferState state) {
        RestoreResult.Builder result =
                RestoreResult.newBuilder().setSize(state.size()).setSeen(state.seen());
        state.insertionGenerator().ifPresent(result::setInsertionGenerator);
        return SessionResponse.newBuilder().setRestore(result).build();
    }

    /** Not copied: the array was made for this one response. */
    private static ByteString wrapped(byte[] items) {
        return UnsafeByteOperations.unsafeWrap(items);
    }

    private static BufferSettings settings(io.engram.replay.BufferSettings settings) {
        return BufferSettings.newBuilder()
                .setCapacity(settings.capacity())
                .setItemBytes(settings.itemBytes())
                .setInsertionPolicy(settings.insertionPolicy())
                .setSamplingPolicy(settings.samplingPolicy())
                .setSeed(settings.seed())
                .build();
    }
}
