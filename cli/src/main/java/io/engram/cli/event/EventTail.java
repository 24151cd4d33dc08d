package io.engram.cli.event;

import io.engram.cli.client.CommandFailure;
import io.engram.cli.client.Reachability;
import io.engram.proto.event.EventType;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the topics of events and those of dead letters, in a consumer group of its own that leaves nothing behind. */
public final class EventTail {
    private static final Duration POLL = Duration.ofMillis(250);

    private final String bootstrap;
    private final boolean fromBeginning;

    public EventTail(String bootstrap, boolean fromBeginning) {
        this.bootstrap = bootstrap;
        this.fromBeginning = fromBeginning;
    }

    /** Prints events until so many are printed, or for ever. */
    public void print(PrintWriter out, boolean json, long limit) {
        String first = bootstrap.split(",")[0];
        if (!Reachability.of(first)) {
            throw new CommandFailure("Kafka does not answer at " + first
                    + ". Start a stack with `engram up`, or say where it is with --kafka.");
        }
        long printed = 0;
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings(), new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(topics());
            while (printed < limit) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    if (printed++ < limit) {
                        out.println(json ? EventText.payload(record) : EventText.line(record));
                    }
                }
                out.flush();
            }
        } catch (KafkaException e) {
            throw new CommandFailure("Kafka at " + bootstrap + " refused: " + e.getMessage());
        }
    }

    private Map<String, Object> settings() {
        return Map.of(
                "bootstrap.servers",
                bootstrap,
                "group.id",
                "engram-events-" + UUID.randomUUID(),
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                fromBeginning ? "earliest" : "latest",
                "metadata.max.age.ms",
                2000);
    }

    private static List<String> topics() {
        return Arrays.stream(EventType.values())
                .flatMap(type -> Stream.of(type.topic(), type.deadLetterTopic()))
                .toList();
    }
}
