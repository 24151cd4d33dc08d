package io.engram.learning.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A file of {@code row,seed,average accuracy} with a heading and perhaps more columns: what was measured, seed by seed. */
record RecordedFigures(Map<String, List<Double>> byRow) {
    static final String OURS = "measured.csv";
    static final String REFERENCE = "reference.csv";

    static RecordedFigures read(String name) {
        return read(ResultsRows.FOLDER.resolve(name));
    }

    private static RecordedFigures read(Path file) {
        Map<String, List<Double>> byRow = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                String[] fields = line.split(",");
                if (!fields[0].equals("row")) {
                    byRow.computeIfAbsent(fields[0], id -> new ArrayList<>()).add(Double.valueOf(fields[2]));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RecordedFigures(byRow);
    }

    Optional<Interval> of(String row) {
        return Optional.ofNullable(byRow.get(row)).map(Interval::of);
    }
}
