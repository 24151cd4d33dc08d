package io.engram.trainer.spec;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.engram.learning.run.RunSpec;

/** Run specs as the proto3 JSON in which rows keep them. */
public final class RunSpecJson {
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().omittingInsignificantWhitespace();
    // A trainer of a newer version may have written fields that this one does not know.
    private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

    private RunSpecJson() {}

    public static String print(RunSpec spec) {
        try {
            return PRINTER.print(RunSpecWriter.write("", spec));
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalArgumentException("no JSON for a run spec", impossible);
        }
    }

    /** @throws IllegalArgumentException where the text is no run spec */
    public static RunSpec parse(String json) {
        var message = io.engram.proto.type.v1.RunSpec.newBuilder();
        try {
            PARSER.merge(json, message);
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalArgumentException("no run spec: " + json, malformed);
        }
        RunSpecReader read = RunSpecReader.read(message.build());
        if (!read.violations().isEmpty()) {
            throw new IllegalArgumentException("no run spec: " + read.violations());
        }
        return read.spec();
    }
}
