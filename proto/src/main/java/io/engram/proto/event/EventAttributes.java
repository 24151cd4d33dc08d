package io.engram.proto.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The attributes of a CloudEvent, and how they stand in the headers of a Kafka record (CloudEvents 1.0.2, Kafka protocol
 * binding, binary content mode).
 *
 * @param id the same for the same event however often it is sent, so that consumers can drop what they handled before
 * @param type the name of the topic
 * @param source who sent it, for example {@code /engram/trainer}
 * @param subject the resource it is about, for example {@code runs/r1/tasks/0}
 * @param time when it happened
 */
public record EventAttributes(String id, String type, String source, String subject, Instant time) {
    /** Header of {@link #id}. */
    public static final String ID = "ce_id";
    /** Header of {@link #type}. */
    public static final String TYPE = "ce_type";
    /** Header of {@link #source}. */
    public static final String SOURCE = "ce_source";
    /** Header of {@link #subject}. */
    public static final String SUBJECT = "ce_subject";
    /** Header of {@link #time}, RFC 3339. */
    public static final String TIME = "ce_time";
    /** Header of the version of CloudEvents. */
    public static final String SPEC_VERSION = "ce_specversion";
    /** Header of the payload's media type. */
    public static final String CONTENT_TYPE = "content-type";

    /** As headers, in a fixed order. */
    public Map<String, String> toHeaders() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(SPEC_VERSION, "1.0");
        headers.put(ID, id);
        headers.put(TYPE, type);
        headers.put(SOURCE, source);
        headers.put(SUBJECT, subject);
        headers.put(TIME, time.toString());
        headers.put(CONTENT_TYPE, "application/json");
        return headers;
    }

    /**
     * Reads headers.
     *
     * @return empty where one that CloudEvents requires is missing or is none
     */
    public static Optional<EventAttributes> fromHeaders(Map<String, String> headers) {
        String id = headers.getOrDefault(ID, "");
        String type = headers.getOrDefault(TYPE, "");
        String source = headers.getOrDefault(SOURCE, "");
        if (id.isEmpty() || type.isEmpty() || source.isEmpty() || !headers.containsKey(TIME)) {
            return Optional.empty();
        }
        try {
            Instant time = Instant.parse(headers.get(TIME));
            return Optional.of(new EventAttributes(id, type, source, headers.getOrDefault(SUBJECT, ""), time));
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }
}
