package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engram.localstack.LocalPostgres;
import io.engram.localstack.TestBackends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the autoscaler asks exists: topic, consumer group, settings, and the query on the trainer's own schema. */
class AutoscalingTest {

    private static final Path KUBERNETES = Repository.ROOT.resolve("deploy/kubernetes");
    private static final Path MIGRATIONS = Repository.ROOT.resolve("trainer-service/src/main/resources/db/migration");

    @ParameterizedTest
    @ValueSource(strings = {"trainer", "evaluator"})
    void theSettingsOfATriggerAreThoseThatItsScalerHas(String service) throws IOException {
        JsonNode trigger = trigger(service);
        JsonNode scaler = scaler(trigger.path("type").asText());
        Set<String> readable = new TreeSet<>();
        for (JsonNode parameter : scaler.path("parameters")) {
            String name = parameter.path("name").asText();
            if (parameter.path("metadataVariableReadable").asBoolean()) {
                readable.add(name);
            }
            if (parameter.path("envVariableReadable").asBoolean()) {
                readable.add(name + "FromEnv");
            }
        }

        assertThat(trigger.path("metadata").fieldNames())
                .toIterable()
                .isNotEmpty()
                .isSubsetOf(readable);
        for (JsonNode parameter : scaler.path("parameters")) {
            String name = parameter.path("name").asText();
            assertThat(parameter.path("optional").asBoolean()
                            || parameter.has("default")
                            || trigger.path("metadata").has(name)
                            || trigger.path("metadata").has(name + "FromEnv"))
                    .as("%s is there", name)
                    .isTrue();
        }
    }

    @Test
    void theLagIsThatOfTheEvaluatorsOwnGroupOnItsTopic() {
        Properties settings = Repository.settings(ServiceName.EVALUATOR);
        JsonNode metadata = trigger("evaluator").path("metadata");

        assertThat(metadata.path("consumerGroup").asText())
                .isEqualTo(settings.getProperty("mp.messaging.incoming.task-completed.group.id"));
        assertThat(metadata.path("topic").asText())
                .isEqualTo(settings.getProperty("mp.messaging.incoming.task-completed.topic"));
        assertThat(metadata.path("offsetResetPolicy").asText())
                .isEqualTo(settings.getProperty("mp.messaging.incoming.task-completed.auto.offset.reset"));
        assertThat(Repository.read(KUBERNETES.resolve("base/kustomization.yaml")))
                .contains(metadata.path("bootstrapServersFromEnv").asText() + "=");
    }

    @Test
    void thereAreNotMoreEvaluatorsThanPartitions() {
        String partitions = Repository.settings(ServiceName.EVALUATOR).getProperty("engram.outbox.topic-partitions");
        JsonNode topic = object("examples/kafka-strimzi", "KafkaTopic", "engram.task.completed.v1");

        JsonNode unpatched = Yaml.document(KUBERNETES.resolve("components/autoscaling/evaluator.yaml"));
        assertThat(partitions)
                .endsWith(":" + unpatched.at("/spec/maxReplicaCount").asText() + "}");
        assertThat(scaledObject("overlays/production", "evaluator").at("/spec/maxReplicaCount"))
                .isEqualTo(topic.at("/spec/partitions"));
    }

    @Test
    void theQueryCountsTheRunsThatAreQueuedOrRunning() throws Exception {
        String query = trigger("trainer").at("/metadata/query").asText();

        LocalPostgres postgres = TestBackends.postgres();
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl(), "engram", postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create schema trainer; set search_path to trainer");
            for (Path migration : Repository.files(MIGRATIONS, ".sql")) {
                statement.execute(Repository.read(migration));
            }
            statement.execute("set search_path to public");
            for (String status : List.of("QUEUED", "QUEUED", "RUNNING", "CANCELLED", "SUCCEEDED")) {
                statement.execute(run(status));
            }

            assertThat(number(statement, query)).isEqualTo(3);
        }
    }

    @Test
    void aFieldThatADefinitionDoesNotHaveIsRefused() {
        JsonNode scaledObject = scaledObject("overlays/production", "trainer").deepCopy();
        ((ObjectNode) scaledObject.at("/spec/scaleTargetRef")).put("misspelt", true);

        assertThatThrownBy(() -> KubernetesSchema.check(scaledObject)).hasMessageContaining("misspelt");
    }

    @Test
    void applyingAgainDoesNotUndoWhatTheAutoscalerDecided() {
        assertThat(object("overlays/production", "Deployment", "engram-trainer")
                        .path("spec")
                        .has("replicas"))
                .isFalse();
        assertThat(object("overlays/production", "Deployment", "engram-evaluator")
                        .path("spec")
                        .has("replicas"))
                .isFalse();
    }

    private static String run(String status) {
        String lease = status.equals("RUNNING") ? "'trainer', now()" : "null, null";
        return "insert into trainer.run (id, request_fingerprint, display_name, spec, task_count, status, owner,"
                + " lease_until) values (gen_random_uuid(), '', '', '', 1, '" + status + "', " + lease + ")";
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            assertThat(result.next()).isTrue();
            return result.getLong(1);
        }
    }

    private static JsonNode scaler(String type) throws IOException {
        JsonNode schema =
                new ObjectMapper().readTree(Files.readString(Path.of("src/test/resources/scalers-schema.json")));
        for (JsonNode scaler : schema.path("scalers")) {
            if (scaler.path("type").asText().equals(type)) {
                return scaler;
            }
        }
        throw new AssertionError("KEDA has no scaler " + type);
    }

    private static JsonNode trigger(String service) {
        return scaledObject("overlays/production", service).at("/spec/triggers/0");
    }

    private static JsonNode scaledObject(String build, String service) {
        return object(build, "ScaledObject", "engram-" + service);
    }

    private static JsonNode object(String build, String kind, String name) {
        return Kustomization.build(KUBERNETES.resolve(build)).stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .filter(object -> object.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name + " in " + build));
    }
}
