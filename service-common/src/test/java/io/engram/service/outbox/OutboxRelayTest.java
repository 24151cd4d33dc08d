package io.engram.service.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import io.engram.localstack.ChildProcesses;
import io.engram.localstack.EngramHome;
import io.engram.localstack.KafkaOptions;
import io.engram.localstack.LocalKafka;
import io.engram.localstack.TestBackends;
import io.engram.proto.event.EngramEvent;
import io.engram.proto.event.EventType;
import io.engram.proto.event.v1.RunStateChanged;
import io.engram.service.fault.FaultPoints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Runs on the JVM alone: it calls classes and arms faults in them; executables publish by the relay in the tests of
 * trainer and evaluator.
 */
class OutboxRelayTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final String run = "r" + UUID.randomUUID();
    private final FaultPoints faults = new FaultPoints(Optional.empty());
    private final List<OutboxRelay> relays = new ArrayList<>();
    private Jdbi jdbi;

    @BeforeEach
    void makeASchema() throws IOException {
        String schema = "s" + UUID.randomUUID().toString().replace("-", "");
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(TestBackends.postgres().jdbcUrl());
        database.setUser(TestBackends.postgres().user());
        database.setPassword(TestBackends.postgres().password());
        database.setCurrentSchema(schema);
        jdbi = Jdbi.create(database);
        String script = new String(
                getClass().getResourceAsStream("/db/outbox/R__outbox.sql").readAllBytes(), StandardCharsets.UTF_8);
        jdbi.useHandle(handle -> {
            handle.execute("create schema " + schema);
            // Twice, as a repeatable migration may run.
            handle.createScript(script).execute();
            handle.createScript(script).execute();
        });
    }

    @AfterEach
    void stopRelays() {
        relays.forEach(OutboxRelay::close);
    }

    @Test
    void eventsOfOneKeyArriveInTheOrderOfTheirCommits() {
        OutboxRelay relay = relay(TestBackends.kafka().bootstrapServers());
        Outbox outbox = new Outbox(relay);
        relay.start();

        for (int attempt = 0; attempt < 20; attempt++) {
            append(outbox, attempt);
        }

        await().atMost(DEADLINE).until(() -> waiting() == 0);
        assertThat(received(TestBackends.kafka().bootstrapServers()))
                .extracting(OutboxRelayTest::id)
                .isEqualTo(ids(0, 20));
    }

    @Test
    void anEventIsACloudEventWithTheRunAsItsKey() {
        OutboxRelay relay = relay(TestBackends.kafka().bootstrapServers());
        relay.start();

        append(new Outbox(relay), 3);

        await().atMost(DEADLINE).until(() -> waiting() == 0);
        ConsumerRecord<String, byte[]> message =
                received(TestBackends.kafka().bootstrapServers()).get(0);
        assertThat(message.key()).isEqualTo("runs/" + run);
        assertThat(header(message, "ce_type")).isEqualTo("engram.run.state.v1");
        assertThat(header(message, "ce_time")).isEqualTo("1970-01-01T00:00:01.000000007Z");
        assertThat(new String(message.value(), StandardCharsets.UTF_8)).contains("\"attempt\":3");
    }

    @Test
    void aTransactionThatRollsBackSendsNothing() {
        OutboxRelay relay = relay(TestBackends.kafka().bootstrapServers());
        Outbox outbox = new Outbox(relay);

        assertThatThrownBy(() -> jdbi.useTransaction(handle -> {
                    outbox.append(handle, event(0));
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(waiting()).isZero();
        jdbi.useHandle(handle -> assertThatThrownBy(() -> outbox.append(handle, event(0)))
                .hasMessage("an event must be appended inside a transaction"));
    }

    @Test
    void aCrashBetweenSendingAndTakingOutSendsTheSameEventAgain() {
        OutboxRelay relay = relay(TestBackends.kafka().bootstrapServers());
        Outbox outbox = new Outbox(relay);
        faults.arm(OutboxRelay.PUBLISHED, () -> {
            throw new IllegalStateException("crash");
        });
        relay.start();

        append(outbox, 0);
        append(outbox, 1);

        await().atMost(DEADLINE).until(() -> waiting() == 0);
        List<String> received = received(TestBackends.kafka().bootstrapServers()).stream()
                .map(OutboxRelayTest::id)
                .toList();
        assertThat(received.get(0))
                .isEqualTo(received.get(1))
                .isEqualTo(ids(0, 1).get(0));
        assertThat(received.stream().distinct().toList()).isEqualTo(ids(0, 2));
    }

    @Test
    void twoRelaysOnOneSchemaSendEachEventOnce() {
        OutboxRelay one = relay(TestBackends.kafka().bootstrapServers());
        OutboxRelay other = relay(TestBackends.kafka().bootstrapServers());
        one.start();
        other.start();

        for (int attempt = 0; attempt < 20; attempt++) {
            append(new Outbox(attempt % 2 == 0 ? one : other), attempt);
        }

        await().atMost(DEADLINE).until(() -> waiting() == 0);
        assertThat(received(TestBackends.kafka().bootstrapServers()))
                .extracting(OutboxRelayTest::id)
                .isEqualTo(ids(0, 20));
    }

    @Test
    void closingSendsWhatIsThere() {
        OutboxRelay relay = relay(TestBackends.kafka().bootstrapServers());
        Outbox outbox = new Outbox(relay);
        append(outbox, 0);
        append(outbox, 1);
        relay.start();

        relay.close();

        assertThat(relay.isRunning()).isFalse();
        assertThat(waiting()).isZero();
    }

    @Test
    void anOutageOfTheBrokerLosesNothing(@TempDir Path folder) {
        try (ChildProcesses children = new ChildProcesses()) {
            LocalKafka first = LocalKafka.start(children, EngramHome.find(), KafkaOptions.durable(folder, 0));
            String address = first.bootstrapServers();
            int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
            OutboxRelay relay = relay(address);
            Outbox outbox = new Outbox(relay);
            relay.start();
            append(outbox, 0);
            await().atMost(DEADLINE).until(() -> waiting() == 0);

            first.close();
            append(outbox, 1);
            append(outbox, 2);
            await().atMost(DEADLINE).until(() -> relay.trouble().isPresent());
            assertThat(waiting()).isEqualTo(2);

            try (LocalKafka second =
                    LocalKafka.start(children, EngramHome.find(), KafkaOptions.durable(folder, port))) {
                await().atMost(DEADLINE)
                        .until(() -> waiting() == 0 && relay.trouble().isEmpty());
                assertThat(received(second.bootstrapServers()).stream()
                                .map(OutboxRelayTest::id)
                                .distinct()
                                .toList())
                        .isEqualTo(ids(0, 3));
            }
        }
    }

    private OutboxRelay relay(String bootstrapServers) {
        Map<String, Object> kafka = Map.of("bootstrap.servers", bootstrapServers);
        Topics topics = new Topics(kafka, List.of(EventType.RUN_STATE.topic()), 3, Duration.ofSeconds(10));
        OutboxRelay relay = new OutboxRelay(jdbi, kafka, topics, Duration.ofMillis(50), Duration.ofSeconds(2), faults);
        relays.add(relay);
        return relay;
    }

    private void append(Outbox outbox, int attempt) {
        jdbi.useTransaction(handle -> outbox.append(handle, event(attempt)));
    }

    private EngramEvent event(int attempt) {
        return EngramEvent.of(RunStateChanged.newBuilder()
                .setRun("runs/" + run)
                .setState("RUNNING")
                .setAttempt(attempt)
                .setTime(Timestamp.newBuilder().setSeconds(1).setNanos(7))
                .build());
    }

    private List<String> ids(int from, int to) {
        List<String> ids = new ArrayList<>();
        for (int attempt = from; attempt < to; attempt++) {
            ids.add(run + "/" + attempt + "/state/RUNNING");
        }
        return ids;
    }

    private int waiting() {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from outbox")
                .mapTo(Integer.class)
                .one());
    }

    /** Everything of this test's run that the topic holds. */
    private List<ConsumerRecord<String, byte[]>> received(String bootstrapServers) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(EventType.RUN_STATE.topic()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> messages = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofSeconds(1)).forEach(messages::add);
            }
            return messages.stream()
                    .filter(message -> message.key().equals("runs/" + run))
                    .toList();
        }
    }

    private static String id(ConsumerRecord<String, byte[]> message) {
        return header(message, "ce_id");
    }

    private static String header(ConsumerRecord<String, byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
