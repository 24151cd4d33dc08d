package io.engram.learning.dataset;

import java.nio.file.Path;
import java.util.Optional;

/** Reads one data set. Implementations hold no samples. */
public interface DatasetReader {

    /** The name a run spec gives. */
    default String name() {
        return description().name();
    }

    /** What it is, as published. */
    DatasetDescription description();

    /**
     * What of it is here, reading no samples; as published where that does not show.
     *
     * @param dataDir the data folder, where one is configured
     */
    default DatasetDescription describe(Optional<Path> dataDir) {
        return description();
    }

    /**
     * Looks whether it is there, reading no samples.
     *
     * @param dataDir the data folder, where one is configured
     * @throws DatasetUnavailableException where a file is missing, or not of the published format as far as it shows
     */
    void check(Optional<Path> dataDir);

    /**
     * Reads it: all of it, or, where that takes long, what it is and its labels, and its samples when they are asked for.
     *
     * @param dataDir the data folder, where one is configured
     * @param storage where its samples are to be held
     * @throws DatasetUnavailableException where a file is missing, truncated or not of the published format, or there is no room for
     *     the samples
     */
    Dataset read(Optional<Path> dataDir, SampleStorage storage);
}
