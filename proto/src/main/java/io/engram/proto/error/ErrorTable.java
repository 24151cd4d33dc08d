package io.engram.proto.error;

import java.util.StringJoiner;

/** The table of reasons in docs/errors.md. */
public final class ErrorTable {
    private ErrorTable() {}

    /** The table in Markdown, one line per reason, in the order of {@link ErrorReason}. */
    public static String markdown() {
        StringJoiner lines = new StringJoiner("\n", "", "\n");
        lines.add("| reason | gRPC status | HTTP status | meaning |");
        lines.add("|---|---|---|---|");
        for (ErrorReason reason : ErrorReason.values()) {
            lines.add("| `%s` | `%s` | %d | %s |"
                    .formatted(reason.code(), reason.grpcCode(), reason.httpStatus(), reason.description()));
        }
        return lines.toString();
    }

    /** Prints the table. */
    public static void main(String[] arguments) {
        System.out.print(markdown());
    }
}
