package io.engram.learning.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The tables of {@code docs/results.md} are made from {@code bench/results}: {@code -Dengram.writeDocs=true} writes them anew.
 */
class ResultsDocsTest {
    private static final Path PAGE = Path.of(System.getProperty("engram.home"), "docs", "results.md");

    private final ResultsRows all = ResultsRows.read();
    private final RecordedFigures ours = RecordedFigures.read(RecordedFigures.OURS);
    private final RecordedFigures reference = RecordedFigures.read(RecordedFigures.REFERENCE);

    @Test
    void thePageShowsWhatWasMeasured() throws IOException {
        String before = Files.readString(PAGE);
        String page = before;
        for (String protocol : all.protocols().keySet()) {
            page = withTable(page, protocol);
        }
        if (Boolean.getBoolean("engram.writeDocs")) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private String withTable(String page, String protocol) {
        String begin = "<!-- begin %s -->\n".formatted(protocol);
        String end = "<!-- end %s -->".formatted(protocol);
        assertThat(page).contains(begin, end);
        return page.substring(0, page.indexOf(begin) + begin.length())
                + new ResultsTable(all, ours, reference).of(protocol)
                + page.substring(page.indexOf(end));
    }

    @Test
    void everyFigureIsOfARow() {
        List<String> rows = all.rows().stream().map(ResultsRow::id).toList();

        assertThat(rows).doesNotHaveDuplicates().containsAll(ours.byRow().keySet());
        assertThat(rows).containsAll(reference.byRow().keySet());
    }

    @Test
    void everyRowIsOfAProtocol() {
        assertThat(all.protocols().keySet())
                .containsAll(all.rows().stream().map(ResultsRow::protocol).toList());
    }
}
