package io.engram.cli.view;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.engram.proto.type.v1.RunSpec;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A spec as JSON for people: whole numbers without the fraction that every number of a {@code Struct} has. */
public final class SpecJson {
    /** A text, which stays as it is, or a number with an empty fraction. */
    private static final Pattern TEXT_OR_WHOLE = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|(-?\\d+)\\.0(?![\\dE])");

    private SpecJson() {}

    /** On several lines, with the contract's own names. */
    public static String of(RunSpec spec) throws InvalidProtocolBufferException {
        String json = JsonFormat.printer().preservingProtoFieldNames().print(spec);
        return TEXT_OR_WHOLE
                .matcher(json)
                .replaceAll(match -> match.group(1) == null ? Matcher.quoteReplacement(match.group()) : match.group(1));
    }
}
