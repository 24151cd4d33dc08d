package io.engram.trainer;

import io.engram.localstack.TopicRecords;
import io.engram.proto.event.EventType;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What is on Kafka. */
final class Events {
    private final String bootstrap;

    Events(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** Every record of a topic about a run so far, in order. */
    List<ConsumerRecord<String, String>> of(String run, EventType type) {
        return TopicRecords.withKey(run, type.topic(), bootstrap, new StringDeserializer());
    }

    /** The ids of events about a run so far, in order. */
    List<String> ids(String run, EventType type) {
        return of(run, type).stream()
                .map(record -> headers(record).get("ce_id"))
                .toList();
    }

    static Map<String, String> headers(ConsumerRecord<String, String> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }
}
