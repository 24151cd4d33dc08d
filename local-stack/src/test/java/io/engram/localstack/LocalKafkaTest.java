package io.engram.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKafkaTest {
    private final EngramHome home = EngramHome.find();
    private final ChildProcesses children = new ChildProcesses();

    @TempDir
    private Path folder;

    @AfterEach
    void stopEverything() {
        children.close();
    }

    @Test
    void records_survive_a_restart() throws Exception {
        // Given a broker with a record in a topic that came into being by its use
        LocalKafka first = LocalKafka.start(children, home, KafkaOptions.durable(folder, 0));
        produce(first, "engram.test", "key", "kept");

        // When it is stopped and started again in the same folder, on another port
        first.close();
        LocalKafka second = LocalKafka.start(children, home, KafkaOptions.durable(folder, 0));

        // Then the record is there
        assertThat(first.process().isAlive()).isFalse();
        assertThat(consumeOne(second, "engram.test")).isEqualTo("kept");
    }

    @Test
    void closing_in_the_middle_of_a_start_leaves_no_process() {
        // Given a broker that is starting
        LocalKafka kafka = LocalKafka.launch(children, home, KafkaOptions.durable(folder, 0));

        // When everything is stopped
        children.close();

        // Then nothing of it runs
        assertThat(kafka.process().isAlive()).isFalse();
        assertThat(Processes.mentioning(folder)).isEmpty();
    }

    private static void produce(LocalKafka kafka, String topic, String key, String value) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }

    private static String consumeOne(LocalKafka kafka, String topic) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", kafka.bootstrapServers(), "group.id", "test", "auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            return Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> values(consumer), values -> !values.isEmpty())
                    .get(0);
        }
    }

    private static List<String> values(KafkaConsumer<String, String> consumer) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        return records.stream().map(ConsumerRecord::value).toList();
    }
}
