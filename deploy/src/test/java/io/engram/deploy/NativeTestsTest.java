package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests of the services and the command run against native executables, too, or say why they do not. */
class NativeTestsTest {

    static Stream<Path> tests() {
        return Stream.of(
                        "buffer-service",
                        "trainer-service",
                        "evaluator-service",
                        "cli",
                        "service-common",
                        "service-errors")
                .flatMap(module ->
                        Repository.files(Repository.ROOT.resolve(module + "/src/test/java"), "Test.java").stream())
                .filter(file -> Repository.read(file).contains("\nclass "));
    }

    @ParameterizedTest
    @MethodSource("tests")
    void eachRunsAgainstAnExecutableOrSaysWhyNot(Path test) {
        String name = test.getFileName().toString().replace("Test.java", "");
        List<Path> ofExecutable = Repository.files(test.getParent(), name + "NativeIT.java");

        if (ofExecutable.isEmpty()) {
            assertThat(Repository.read(test)).containsPattern("Runs\\s+(\\* )?on the JVM alone: \\w+");
        } else {
            assertThat(Repository.read(ofExecutable.get(0)))
                    .contains("@Tag(\"native\")", "class " + name + "NativeIT extends " + name + "Test");
        }
    }
}
