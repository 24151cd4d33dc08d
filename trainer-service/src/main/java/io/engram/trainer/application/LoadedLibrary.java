package io.engram.trainer.application;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where a native library of this process really came from, as the kernel tells it. */
final class LoadedLibrary {
    private static final Path MAPS = Path.of("/proc/self/maps");

    private LoadedLibrary() {}

    /** The file of a library that is loaded; {@code an unknown place} where the system does not tell. */
    static String path(String fileName) {
        try (Stream<String> lines = Files.lines(MAPS)) {
            return lines.filter(line -> line.endsWith("/" + fileName))
                    .map(line -> line.substring(line.indexOf('/')))
                    .findFirst()
                    .orElse("an unknown place");
        } catch (IOException notLinux) {
            return "an unknown place";
        }
    }
}
