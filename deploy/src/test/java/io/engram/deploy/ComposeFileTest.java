package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComposeFileTest {

    private static final Path FILE = Repository.ROOT.resolve("deploy/compose/compose.yaml");

    @Test
    void theFileKeepsToTheComposeSpecification() throws IOException {
        assertThat(schema().validate(Yaml.document(FILE))).isEmpty();
    }

    @Test
    void aMisspeltFieldIsRefused() throws IOException {
        JsonNode compose = Yaml.document(FILE);
        ((ObjectNode) compose.at("/services/trainer")).put("enviroment", "x");

        assertThat(schema().validate(compose))
                .anySatisfy(message -> assertThat(message.toString()).contains("enviroment"));
    }

    @ParameterizedTest
    @EnumSource(ServiceName.class)
    void everyServiceIsBuiltFromItsContainerFileAndListensOnItsPorts(ServiceName name) {
        JsonNode service = service(name);
        Path context =
                FILE.resolveSibling(service.at("/build/context").asText()).normalize();

        assertThat(context).isEqualTo(Repository.ROOT);
        assertThat(context.resolve(service.at("/build/dockerfile").asText())).exists();
        assertThat(service.path("ports").toString())
                .isEqualTo("[\"127.0.0.1:%1$d:%1$d\",\"127.0.0.1:%2$d:%2$d\"]"
                        .formatted(name.grpcPort(), name.httpPort()));
    }

    @ParameterizedTest
    @EnumSource(ServiceName.class)
    void everyServiceHasAReadOnlyRootAndNoPrivileges(ServiceName name) {
        JsonNode service = service(name);

        assertThat(service.path("read_only").asBoolean()).isTrue();
        assertThat(service.path("cap_drop").toString()).isEqualTo("[\"ALL\"]");
        assertThat(service.path("security_opt").toString()).contains("no-new-privileges:true");
        assertThat(service.has("user")).as("the image's own user").isFalse();
    }

    @Test
    void everyNamedVolumeIsDeclared() {
        JsonNode compose = Yaml.document(FILE);

        for (JsonNode service : compose.path("services")) {
            for (JsonNode volume : service.path("volumes")) {
                String source = volume.asText().split(":", 2)[0];
                if (source.matches("[a-z-]+")) {
                    assertThat(compose.path("volumes").has(source)).as(source).isTrue();
                }
            }
        }
    }

    static JsonNode service(ServiceName name) {
        return Yaml.document(FILE).at("/services/" + name.lowerCase());
    }

    private static JsonSchema schema() throws IOException {
        ObjectNode schema = (ObjectNode)
                new ObjectMapper().readTree(Files.readString(Path.of("src/test/resources/compose-spec.json")));
        // It is a bare word, which the validator refuses because nothing could be resolved against it.
        schema.remove("$id");
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    }
}
