package io.engram.trainer.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.protobuf.util.JsonFormat;
import io.engram.learning.dataset.Datasets;
import io.engram.learning.run.InvalidRunSpecException;
import io.engram.learning.run.RunFactory;
import io.engram.learning.run.RunSpec;
import io.engram.learning.setting.Violation;
import io.engram.learning.tensor.TensorEngine;
import io.engram.localstack.EngramHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Every example passes the check that submission makes, as far as that can be seen without files of others: data sets that are not here
 * have the digits in their place, which have ten classes, too. Runs on the JVM alone: it calls classes.
 */
class ExamplesTest {
    private static final Path HOME = EngramHome.find().root();

    /** A module for the digits, as the example names it. */
    private static final String MODULE = "extractors/digits.pt";

    @TempDir
    private static Path data;

    private static RunFactory factory;

    @BeforeAll
    static void aDataFolderWithTheModuleOfTheExample() throws IOException {
        Files.createDirectories(data.resolve(MODULE).getParent());
        Files.copy(
                HOME.resolve("learning/src/test/resources/io/engram/learning/torchscript/scripted.pt"),
                data.resolve(MODULE));
        factory = new RunFactory(new Datasets(Optional.of(data)), TensorEngine.start(1));
    }

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(HOME.resolve("examples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsAcceptedButForFilesThatAreNotHere(Path file) throws IOException {
        var message = message(file);

        assertThat(refused(message)).isSubsetOf("scenario.dataset", "backbone.weights");

        var onDigits = message.toBuilder();
        onDigits.getScenarioBuilder().setDataset("digits");
        if (!message.getBackbone().getWeights().equals(MODULE)) {
            onDigits.getBackboneBuilder().clearWeights();
        }
        assertThat(refused(onDigits.build())).isEmpty();
    }

    private static List<String> refused(io.engram.proto.type.v1.RunSpec message) {
        RunSpecReader read = RunSpecReader.read(message);
        assertThat(read.violations()).isEmpty();
        try {
            RunSpec complete = factory.complete(read.spec());
            assertThat(complete.method().name()).isEqualTo(message.getMethod().getName());
            return List.of();
        } catch (InvalidRunSpecException refused) {
            return refused.violations().stream().map(Violation::field).toList();
        }
    }

    /** As the command sends it; which forms of numbers it takes is tested there. */
    private static io.engram.proto.type.v1.RunSpec message(Path file) throws IOException {
        Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
        var message = io.engram.proto.type.v1.RunSpec.newBuilder();
        JsonFormat.parser().merge(new Gson().toJson(document), message);
        return message.build();
    }
}
