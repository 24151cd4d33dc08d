package io.engram.service.outbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends events to Kafka with an idempotent producer and waits until all replicas have them. Lives on the relay's thread. */
final class EventPublisher implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final Map<String, Object> settings;
    private Producer<String, byte[]> producer;

    EventPublisher(Map<String, Object> kafka, Duration deliveryTimeout) {
        int timeout = Math.toIntExact(deliveryTimeout.toMillis());
        settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout / 2);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout / 2);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class.getName());
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    }

    /**
     * Sends events and waits for all of them.
     *
     * @return which of them Kafka has, and what went wrong with the first it has not
     */
    Outcome publish(List<StoredEvent> events) throws InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        Exception trouble = null;
        try {
            for (StoredEvent event : events) {
                sent.add(producer().send(toRecord(event)));
            }
        } catch (KafkaException notSent) {
            trouble = notSent;
        }
        List<Long> published = new ArrayList<>();
        for (int index = 0; index < sent.size(); index++) {
            try {
                sent.get(index).get();
                published.add(events.get(index).sequence());
            } catch (ExecutionException refused) {
                trouble = refused;
            }
        }
        if (trouble != null) {
            // A new producer next time: nothing that this one still holds may arrive after what comes later.
            abandon();
        }
        return new Outcome(published, trouble);
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(CLOSE_LIMIT);
        }
    }

    private void abandon() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    private Producer<String, byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(settings);
        }
        return producer;
    }

    private static ProducerRecord<String, byte[]> toRecord(StoredEvent event) {
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(
                event.attributes().type(), event.key(), event.payload().getBytes(StandardCharsets.UTF_8));
        event.attributes().toHeaders().forEach((name, value) -> message.headers()
                .add(name, value.getBytes(StandardCharsets.UTF_8)));
        return message;
    }

    /** @param trouble null where there was none */
    record Outcome(List<Long> published, Exception trouble) {}
}
