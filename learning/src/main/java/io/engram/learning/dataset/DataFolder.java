package io.engram.learning.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the folder of one data set in the data folder. */
final class DataFolder {

    private DataFolder() {}

    /**
     * The first folder that is there.
     *
     * @param dataset the name of the data set
     * @param names what its folder may be called
     * @throws DatasetUnavailableException where there is none, saying how to name the data folder
     */
    static Path of(Optional<Path> dataDir, String dataset, List<String> names) {
        Path root = dataDir.orElseThrow(() -> new DatasetUnavailableException("the data set \"" + dataset
                + "\" needs a data folder: set ENGRAM_DATA_DIR or --data-dir to a folder that holds "
                + String.join("/ or ", names) + "/"));
        return names.stream()
                .map(root::resolve)
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new DatasetUnavailableException("the data folder has no folder "
                        + String.join(" or ", names) + ": "
                        + root.resolve(names.get(0)).toAbsolutePath()
                        + " does not exist; ENGRAM_DATA_DIR or --data-dir names the data folder"));
    }
}
