package io.engram.localstack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The {@code java} that runs child JVMs: the one that runs this, else of {@code JAVA_HOME}, else of the {@code PATH}. */
final class JavaCommand {
    private JavaCommand() {}

    static String find() {
        return Stream.of(Optional.ofNullable(System.getProperty("java.home")), environment("JAVA_HOME"))
                .flatMap(Optional::stream)
                .map(home -> Path.of(home, "bin", "java"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("java");
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }
}
