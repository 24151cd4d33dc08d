package io.engram.cli.command;

import io.engram.cli.client.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder with data sets that a stack is given. */
final class DataFolders {
    private DataFolders() {}

    /** The one that was chosen, else that of the environment; none where neither is. */
    static Optional<Path> choose(Path chosen) {
        if (chosen == null) {
            return Optional.ofNullable(System.getenv("ENGRAM_DATA_DIR"))
                    .filter(folder -> !folder.isBlank())
                    .map(Path::of);
        }
        if (!Files.isDirectory(chosen)) {
            throw new CommandFailure("--data-dir was " + chosen + "; allowed: a folder that is there, with data sets"
                    + " such as mnist/ in it");
        }
        return Optional.of(chosen);
    }
}
