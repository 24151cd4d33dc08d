package io.engram.evaluator;

import io.engram.localstack.TestBackends;
import io.engram.localstack.TopicRecords;
import io.engram.proto.event.EngramEvent;
import io.engram.proto.event.v1.TaskCompleted;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends to and reads from the topics of the Kafka under test. */
final class Topics {
    private Topics() {}

    static RecordMetadata send(TaskCompleted event) {
        EngramEvent outgoing = EngramEvent.of(event);
        return send(
                outgoing.attributes().type(),
                outgoing.key(),
                outgoing.payload().getBytes(StandardCharsets.UTF_8),
                outgoing.attributes().toHeaders());
    }

    static RecordMetadata send(String topic, String key, byte[] value, Map<String, String> headers) {
        ProducerRecord<byte[], byte[]> message =
                new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value);
        headers.forEach((name, text) -> message.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer())) {
            return producer.send(message).get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** What a topic holds with a key, oldest first. */
    static List<ConsumerRecord<String, byte[]>> received(String topic, String key) {
        return TopicRecords.withKey(key, topic, TestBackends.kafka().bootstrapServers(), new ByteArrayDeserializer());
    }

    static String header(ConsumerRecord<String, byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    static Map<String, Object> settings() {
        return Map.of("bootstrap.servers", TestBackends.kafka().bootstrapServers());
    }
}
