package io.engram.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/** The working tree that this module lies in, read as files. */
final class Repository {

    /** The folder above this module; tests run with the module as their working folder. */
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    /** Folders that hold what tools make or keep, nothing written by people. */
    private static final Set<String> NOT_SOURCES = Set.of("target", "node_modules", ".git", ".engram", ".venv");

    private Repository() {}

    /** Top-level folders with a POM and classes of their own. */
    static List<Path> modulesWithClasses() {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .filter(folder ->
                            !files(folder.resolve("src/main/java"), ".java").isEmpty())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every source file below a folder whose name ends like this, in order of names; none where there is no folder. */
    static List<Path> files(Path folder, String suffix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().endsWith(suffix))
                    .filter(file -> !isMade(folder.relativize(file)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isMade(Path relative) {
        for (Path part : relative) {
            if (NOT_SOURCES.contains(part.toString())) {
                return true;
            }
        }
        return false;
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A service's settings as it ships them. */
    static Properties settings(ServiceName service) {
        Properties settings = new Properties();
        try (InputStream in = Files.newInputStream(
                ROOT.resolve(service.module()).resolve("src/main/resources/application.properties"))) {
            settings.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings;
    }
}
