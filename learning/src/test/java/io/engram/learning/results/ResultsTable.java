package io.engram.learning.results;

import io.engram.learning.results.ResultsRow.Published;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rows of one protocol as a table in Markdown. */
record ResultsTable(ResultsRows all, RecordedFigures ours, RecordedFigures reference) {
    private static final String NONE = "–";
    private static final String HEAD = """
            | row | method and settings | published | their code, run here | ours | |
            |---|---|---|---|---|---|
            """;

    String of(String protocol) {
        return all.rows().stream()
                .filter(row -> row.protocol().equals(protocol))
                .map(this::line)
                .collect(Collectors.joining("", HEAD, ""));
    }

    private String line(ResultsRow row) {
        return "| `%s` | %s | %s | %s | %s | %s |\n"
                .formatted(
                        row.id().substring(row.protocol().length() + 1),
                        settings(row),
                        published(row),
                        figure(reference.of(row.id())),
                        figure(ours.of(row.id())),
                        verdict(row));
    }

    private static String settings(ResultsRow row) {
        String settings = Optional.ofNullable(row.settings()).orElse(Map.of()).entrySet().stream()
                .map(entry -> "`%s` %s".formatted(entry.getKey(), text(entry.getValue())))
                .collect(Collectors.joining(", "));
        String memory = Optional.ofNullable(row.memory())
                .map(m -> "memory of %d, %d replayed%s"
                        .formatted(
                                m.capacity(),
                                m.batchSize(),
                                m.insertionPolicy() == null ? "" : ", `" + m.insertionPolicy() + "`"))
                .orElse("");
        return List.of("`" + row.method() + "`", settings, memory).stream()
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String text(Object value) {
        return value instanceof Double number
                ? (number >= 1e6 ? "%.0e".formatted(number).replace("e+0", "e").replace("e+", "e") : plain(number))
                : value.toString();
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static String published(ResultsRow row) {
        return Optional.ofNullable(row.published())
                .map(p -> "%s [%s]".formatted(p.interval(), p.source()))
                .orElse(NONE);
    }

    private static String figure(Optional<Interval> interval) {
        return interval.map(Interval::toString).orElse(NONE);
    }

    /** Whether the intervals of ours and of what stands beside it meet, and what there is to say. */
    private String verdict(ResultsRow row) {
        Optional<Interval> beside = reference
                .of(row.id())
                .filter(figure -> figure.count() > 1 || row.published() == null)
                .or(() -> Optional.ofNullable(row.published()).map(Published::interval));
        String meets = ours.of(row.id())
                .flatMap(mine -> beside.flatMap(mine::meets))
                .map(met -> met ? "meets" : "differs")
                .orElse("");
        return List.of(meets, Optional.ofNullable(row.note()).orElse("")).stream()
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(": "));
    }
}
