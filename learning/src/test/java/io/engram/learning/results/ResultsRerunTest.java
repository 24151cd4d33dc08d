package io.engram.learning.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.learning.dataset.PublishedData;
import io.engram.learning.metric.Metrics;
import io.engram.learning.tensor.TensorEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Measures rows of {@code docs/results.md} anew: {@code mvn -Presults -pl learning -am test}. {@code engram.results.rows} chooses
 * those whose ids begin with one of its words, divided by commas, {@code engram.results.seeds} the seeds, {@code 1-5} where
 * it is left out. Writes {@code learning/target/results.csv} line by line, in the form of {@code bench/results/measured.csv}.
 *
 * <p>A figure that was recorded before comes out to the last digit on the same kind of processor. On another, sums are rounded
 * differently and a run takes another course, as with another seed: so each has to lie where one more seed would, in twice
 * the interval that holds it with a probability of 95 %.
 */
@Tag("results")
class ResultsRerunTest {
    private static final Path OUTPUT = Path.of(System.getProperty("engram.home"), "learning", "target", "results.csv");

    private final ResultsRows all = ResultsRows.read();
    private final RecordedFigures recorded = RecordedFigures.read(RecordedFigures.OURS);
    private final Rerun rerun = new Rerun(Optional.of(PublishedData.folder()), TensorEngine.start(1));

    @TestFactory
    Stream<DynamicTest> rows() throws IOException {
        Files.deleteIfExists(OUTPUT);
        append("row,seed,average_accuracy");
        return all.beginning(words("engram.results.rows")).stream().flatMap(row -> seeds().mapToObj(seed ->
                DynamicTest.dynamicTest("%s with seed %d".formatted(row.id(), seed), () -> measure(row, seed))));
    }

    private void measure(ResultsRow row, long seed) throws IOException {
        double accuracy = Metrics.averageAccuracy(rerun.scores(row.spec(all.protocol(row), seed)));

        append(String.format(Locale.ROOT, "%s,%d,%.2f", row.id(), seed, accuracy));
        recorded.of(row.id()).filter(figure -> figure.count() > 1).ifPresent(figure -> assertThat(
                        Math.abs(accuracy - figure.mean()))
                .as("%s with seed %d, recorded %s", row.id(), seed, figure)
                .isLessThanOrEqualTo(2 * figure.halfForOneMore()));
    }

    private static void append(String line) throws IOException {
        Files.createDirectories(OUTPUT.getParent());
        Files.writeString(OUTPUT, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static List<String> words(String property) {
        String value = System.getProperty(property, "");
        return value.isEmpty() ? List.of() : Arrays.asList(value.split(","));
    }

    private static LongStream seeds() {
        String[] ends = System.getProperty("engram.results.seeds", "1-5").split("-");
        return LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
    }
}
