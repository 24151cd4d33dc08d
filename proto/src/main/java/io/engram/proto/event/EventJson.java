package io.engram.proto.event;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;

/** The proto3 JSON of event payloads. */
public final class EventJson {
    private static final JsonFormat.Printer PRINTER =
            JsonFormat.printer().alwaysPrintFieldsWithNoPresence().omittingInsignificantWhitespace();
    // Producers may be newer than their consumers: what a consumer does not know, it leaves out.
    private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

    private EventJson() {}

    /** The JSON of a message on one line, zeros and empty lists included. */
    public static String print(Message message) {
        try {
            return PRINTER.print(message);
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalArgumentException(
                    "no JSON for " + message.getDescriptorForType().getFullName(), impossible);
        }
    }

    /**
     * Reads a message from its JSON, passing over fields it does not know.
     *
     * @param prototype any message of the type to read
     * @throws UnreadableEventException where the text is no JSON of such a message
     */
    public static <T extends Message> T parse(String json, T prototype) throws UnreadableEventException {
        Message.Builder builder = prototype.newBuilderForType();
        try {
            PARSER.merge(json, builder);
        } catch (InvalidProtocolBufferException malformed) {
            throw new UnreadableEventException(
                    "no JSON of " + prototype.getDescriptorForType().getFullName() + ": " + malformed.getMessage(),
                    malformed);
        }
        @SuppressWarnings("unchecked") // A builder of T builds a T.
        T message = (T) builder.build();
        return message;
    }
}
