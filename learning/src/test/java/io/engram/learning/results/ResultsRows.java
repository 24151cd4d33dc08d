package io.engram.learning.results;

import com.google.gson.Gson;
import io.engram.learning.results.ResultsRow.Protocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code bench/results/rows.json}. */
record ResultsRows(Map<String, Protocol> protocols, List<ResultsRow> rows) {
    static final Path FOLDER = Path.of(System.getProperty("engram.home", "."), "bench", "results");

    static ResultsRows read() {
        try {
            return new Gson().fromJson(Files.readString(FOLDER.resolve("rows.json")), ResultsRows.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Protocol protocol(ResultsRow row) {
        return protocols.get(row.protocol());
    }

    /** Rows whose ids begin with one of these; all of them where there are none. */
    List<ResultsRow> beginning(List<String> beginnings) {
        return rows.stream()
                .filter(row -> beginnings.isEmpty() || beginnings.stream().anyMatch(row.id()::startsWith))
                .toList();
    }
}
