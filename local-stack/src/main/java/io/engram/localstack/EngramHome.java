package io.engram.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The folder that holds what the build made: the repository's root.
 *
 * @param root an absolute path
 */
public record EngramHome(Path root) {
    public EngramHome {
        root = root.toAbsolutePath().normalize();
    }

    /** The system property {@code engram.home}, else the environment variable {@code ENGRAM_HOME}, else this folder. */
    public static EngramHome find() {
        String property = System.getProperty("engram.home", System.getenv("ENGRAM_HOME"));
        return new EngramHome(Path.of(property == null || property.isBlank() ? "" : property));
    }

    /** The class path of the broker's JVM. */
    String brokerClassPath() {
        Path jars = built("local-stack/target/kafka");
        return jars + "/*:" + built("local-stack/target/classes");
    }

    /** The archive with PostgreSQL's binaries. */
    Path postgresArchive() {
        Path folder = built("local-stack/target/postgres");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> notBuilt(folder.resolve("*.txz")));
        } catch (IOException e) {
            throw new LocalStackException("Cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    /** The runnable jar of a service, for example of {@code trainer-service}. */
    public Path serviceJar(String module) {
        return built(module + "/target/quarkus-app/quarkus-run.jar");
    }

    /** The native executable of a service. */
    public Path serviceExecutable(String module) {
        return builtNatively(module + "/target/engram-" + module + "-runner");
    }

    /** The folder with libtorch that native executables load. */
    Path libtorch() {
        return builtNatively("learning/target/libtorch");
    }

    private Path builtNatively(String path) {
        Path file = root.resolve(path);
        if (!Files.exists(file)) {
            throw new LocalStackException(file + " is missing. Build with `mvn -Pnative -DskipTests package` in the"
                    + " repository's root (GRAALVM_HOME names the builder).");
        }
        return file;
    }

    private Path built(String path) {
        Path file = root.resolve(path);
        if (!Files.exists(file)) {
            throw notBuilt(file);
        }
        return file;
    }

    private static LocalStackException notBuilt(Path file) {
        return new LocalStackException(file + " is missing. Build with `mvn -DskipTests package` in the repository's"
                + " root, or set ENGRAM_HOME to a built one.");
    }
}
