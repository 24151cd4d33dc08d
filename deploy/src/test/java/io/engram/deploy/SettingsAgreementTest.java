package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Containers, compose file, manifests and documentation name the settings that the services have, and no others. */
class SettingsAgreementTest {

    private static final Path OPERATIONS = Repository.ROOT.resolve("docs/operations.md");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)(?::([^}]*))?}");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(ENGRAM_[A-Z_]+)` \\| ([a-z, ]+) \\| ([^|]*) \\|");

    @ParameterizedTest
    @EnumSource(ServiceName.class)
    void everySettingOfAServiceIsInTheTableOfTheDocumentationAndNoOther(ServiceName service) {
        assertThat(documented(service)).isEqualTo(variables(service).keySet());
    }

    @ParameterizedTest
    @EnumSource(ServiceName.class)
    void theDocumentedDefaultsAreThoseOfTheService(ServiceName service) {
        Map<String, String> defaults = variables(service);

        documentedDefaults().forEach((name, text) -> {
            String value = defaults.getOrDefault(name, "");
            if (!value.isEmpty() && !value.contains("$")) {
                assertThat(text).as("default of %s", name).contains(value);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(ServiceName.class)
    void aServiceListensOnItsDocumentedPortsOnTheLoopbackAddress(ServiceName service) {
        assertThat(variables(service))
                .containsEntry("ENGRAM_HOST", "127.0.0.1")
                .containsEntry("ENGRAM_GRPC_PORT", String.valueOf(service.grpcPort()))
                .containsEntry("ENGRAM_HTTP_PORT", String.valueOf(service.httpPort()));
        Properties settings = Repository.settings(service);
        assertThat(settings)
                .containsEntry("quarkus.grpc.server.use-separate-server", "true")
                .containsEntry("quarkus.http.port", "${ENGRAM_HTTP_PORT:" + service.httpPort() + "}")
                .containsEntry("quarkus.grpc.server.port", "${ENGRAM_GRPC_PORT:" + service.grpcPort() + "}");
        assertThat(settings.stringPropertyNames())
                .noneMatch(name -> name.equals("quarkus.smallrye-health.root-path")
                        || name.equals("quarkus.http.non-application-root-path"));
    }

    @ParameterizedTest
    @EnumSource(ServiceName.class)
    void containersComposeAndManifestsSetOnlyWhatTheServiceReads(ServiceName service) {
        Set<String> known = variables(service).keySet();
        Set<String> set = new TreeSet<>();
        ContainerFilesTest.containerFiles()
                .filter(file -> file.path().getParent().endsWith(service.lowerCase()))
                .forEach(file -> set.addAll(file.environment().keySet()));
        ComposeFileTest.service(service).path("environment").fieldNames().forEachRemaining(set::add);
        set.addAll(manifestVariables(service));

        assertThat(set.stream().filter(name -> name.startsWith("ENGRAM_")))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(known).contains(name));
        assertThat(set.stream().filter(name -> !name.startsWith("ENGRAM_")))
                .allSatisfy(name -> assertThat(Repository.read(OPERATIONS)).contains(name));
    }

    @ParameterizedTest
    @EnumSource(ServiceName.class)
    void whatHasNoUsableDefaultInAContainerIsSetByComposeAndManifests(ServiceName service) {
        List<String> elsewhere = variables(service).entrySet().stream()
                .filter(setting -> setting.getValue().contains("localhost")
                        || setting.getKey().startsWith("ENGRAM_DATABASE"))
                .map(Map.Entry::getKey)
                .toList();

        JsonNode compose = ComposeFileTest.service(service).path("environment");
        assertThat(elsewhere)
                .allSatisfy(name -> assertThat(compose.has(name)).as(name).isTrue());
        assertThat(manifestVariables(service)).containsAll(elsewhere);
    }

    @Test
    void trainerAndEvaluatorShareTheirDefaultsForWhatTheyShare() {
        Map<String, String> trainer = variables(ServiceName.TRAINER);
        Map<String, String> evaluator = variables(ServiceName.EVALUATOR);

        assertThat(List.of(
                        "ENGRAM_HOST",
                        "ENGRAM_DATABASE_URL",
                        "ENGRAM_DATABASE_USER",
                        "ENGRAM_DATABASE_PASSWORD",
                        "ENGRAM_KAFKA_BOOTSTRAP",
                        "ENGRAM_DATA_DIR",
                        "ENGRAM_DATA_MEMORY_BYTES",
                        "ENGRAM_DATA_DEVICE_BYTES",
                        "ENGRAM_SCRATCH_DIR",
                        "ENGRAM_ARTIFACT_DIR"))
                .allSatisfy(name ->
                        assertThat(trainer.get(name)).as(name).isNotNull().isEqualTo(evaluator.get(name)));
    }

    private static Set<String> manifestVariables(ServiceName service) {
        JsonNode container = KubernetesManifestsTest.workload(service).at("/spec/template/spec/containers/0");
        Set<String> names = new TreeSet<>();
        container
                .path("env")
                .forEach(variable -> names.add(variable.path("name").asText()));
        if (container.has("envFrom")) {
            Kustomization.of(Repository.ROOT.resolve("deploy/kubernetes/base"))
                    .configMapGenerator()
                    .forEach(map -> names.addAll(map.values().keySet()));
        }
        return names;
    }

    /** The variables in a service's settings, each with its default; empty where it has none. */
    private static Map<String, String> variables(ServiceName service) {
        Properties settings = Repository.settings(service);
        Map<String, String> variables = new TreeMap<>();
        settings.stringPropertyNames().stream()
                .filter(name -> !name.startsWith("%"))
                .map(settings::getProperty)
                .flatMap(value -> VARIABLE.matcher(value).results())
                .forEach(match -> variables.put(match.group(1), match.group(2) == null ? "" : match.group(2)));
        return variables;
    }

    private static Set<String> documented(ServiceName service) {
        return rows().filter(row -> Arrays.asList(row.group(2).split(", ")).contains(service.lowerCase()))
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> documentedDefaults() {
        return rows().collect(Collectors.toMap(row -> row.group(1), row -> row.group(3)));
    }

    private static Stream<MatchResult> rows() {
        return ROW.matcher(Repository.read(OPERATIONS)).results();
    }
}
