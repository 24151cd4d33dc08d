package io.engram.service.outbox;

import io.engram.proto.event.EventType;
import io.engram.service.fault.FaultPoints;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/** Gives the one {@link Outbox} and {@link OutboxRelay} of a service, and starts and stops the relay with it. */
public class OutboxProvider {
    private static final Logger LOG = Logger.getLogger(OutboxProvider.class);
    /** Before anything that listens to topics. */
    private static final int FIRST = 1;

    @Produces
    @Singleton
    Topics topics(@Identifier("default-kafka-broker") Map<String, Object> kafka, OutboxConfig config) {
        List<String> names = List.of(
                EventType.RUN_STATE.topic(),
                EventType.TASK_COMPLETED.topic(),
                EventType.TASK_COMPLETED.deadLetterTopic(),
                EventType.TASK_EVALUATED.topic());
        return new Topics(kafka, names, config.topicPartitions(), config.deliveryTimeout());
    }

    @Produces
    @Singleton
    OutboxRelay relay(
            Jdbi jdbi,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Topics topics,
            OutboxConfig config,
            FaultPoints faults) {
        return new OutboxRelay(jdbi, kafka, topics, config.pollInterval(), config.deliveryTimeout(), faults);
    }

    @Produces
    @Singleton
    Outbox outbox(OutboxRelay relay) {
        return new Outbox(relay);
    }

    void start(@Observes @Priority(FIRST) StartupEvent event, OutboxRelay relay, Topics topics)
            throws InterruptedException {
        try {
            topics.createMissing();
        } catch (KafkaException away) {
            LOG.warnf("Kafka does not answer yet, going on without: %s", away.getMessage());
        }
        relay.start();
    }

    void stop(@Observes ShutdownEvent event, OutboxRelay relay) {
        relay.close();
    }
}
