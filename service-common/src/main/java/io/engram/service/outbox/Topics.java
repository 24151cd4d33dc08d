package io.engram.service.outbox;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;

/** Makes the topics that a service needs and that are not there. Used from any thread. */
public final class Topics {
    private static final Logger LOG = Logger.getLogger(Topics.class);

    private final Map<String, Object> settings;
    private final List<String> names;
    private final int partitions;
    private final Duration limit;
    private boolean complete;

    /**
     * Which topics to make, and how.
     *
     * @param kafka settings of Kafka clients, {@code bootstrap.servers} among them
     * @param partitions of topics that are made; those that exist stay as they are
     * @param limit how long to wait for Kafka
     */
    public Topics(Map<String, Object> kafka, Collection<String> names, int partitions, Duration limit) {
        this.settings = new HashMap<>(kafka);
        this.settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(limit.toMillis() / 2));
        this.settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(limit.toMillis()));
        this.names = List.copyOf(names);
        this.partitions = partitions;
        this.limit = limit;
    }

    /**
     * Makes what is missing, with the replication that the brokers have as their default. After it succeeded once it does
     * nothing.
     *
     * @throws KafkaException where Kafka does not answer, or refuses
     */
    public synchronized void createMissing() throws InterruptedException {
        if (complete) {
            return;
        }
        try (Admin admin = Admin.create(settings)) {
            Set<String> missing = new HashSet<>(names);
            missing.removeAll(admin.listTopics().names().get(limit.toMillis(), TimeUnit.MILLISECONDS));
            for (String name : missing) {
                create(admin, name);
            }
            complete = true;
        } catch (ExecutionException | TimeoutException failed) {
            throw new KafkaException("cannot make topics: " + failed.getMessage(), failed);
        }
    }

    private void create(Admin admin, String name) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty());
            admin.createTopics(List.of(topic)).all().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            LOG.infof("made topic %s with %d partitions", name, partitions);
        } catch (ExecutionException refused) {
            if (!(refused.getCause() instanceof TopicExistsException)) {
                throw refused;
            }
        }
    }
}
