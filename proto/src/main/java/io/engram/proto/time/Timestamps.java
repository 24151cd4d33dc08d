package io.engram.proto.time;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Between Java's moments and those of messages. */
public final class Timestamps {
    private Timestamps() {}

    /** The same moment, to the nanosecond. */
    public static Timestamp of(Instant moment) {
        return Timestamp.newBuilder()
                .setSeconds(moment.getEpochSecond())
                .setNanos(moment.getNano())
                .build();
    }
}
