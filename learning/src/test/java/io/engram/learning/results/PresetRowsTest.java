package io.engram.learning.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.learning.dataset.Datasets;
import io.engram.learning.method.Methods;
import io.engram.learning.run.MemorySpec;
import io.engram.learning.run.Preset;
import io.engram.learning.run.Presets;
import io.engram.learning.run.RunFactory;
import io.engram.learning.run.RunSpec;
import io.engram.learning.run.TrainingSpec;
import io.engram.learning.scenario.ScenarioSpec;
import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Component;
import io.engram.learning.tensor.TensorEngine;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A spec that names a preset asks for the run of a row of {@code docs/results.md}, and the preset tells the figures that stand there:
 * the published one; where there is none, what the authors' code gave and what was measured; where that was not run either, what was
 * measured.
 */
class PresetRowsTest {
    /** What the page's letters stand for. */
    private static final Map<String, String> SOURCES = Map.of(
            "A", "Generative Replay with Feedback Connections",
            "C", "continual-learning-baselines",
            "D", "Three Types of Incremental Learning");

    /** Specs are completed on the digits, since other data sets need not be here. */
    private static final String DATASET = "digits";

    private static final RunFactory FACTORY = new RunFactory(new Datasets(Optional.empty()), TensorEngine.start(1));

    private final ResultsRows all = ResultsRows.read();
    private final RecordedFigures ours = RecordedFigures.read(RecordedFigures.OURS);
    private final RecordedFigures reference = RecordedFigures.read(RecordedFigures.REFERENCE);

    static Stream<Arguments> presets() {
        return Methods.CATALOG.entries().stream().map(CatalogEntry::name).flatMap(method -> Presets.of(method).stream()
                .map(preset -> Arguments.of(method, preset.name(), preset)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("presets")
    void aPresetIsARowOfTheResultsWithItsFigures(String method, String name, Preset preset) {
        List<ResultsRow> rows =
                all.rows().stream().filter(row -> isOf(method, preset, row)).toList();

        assertThat(rows).as("rows with the settings of %s", preset).hasSize(1);
        ResultsRow row = rows.get(0);
        assertThat(figures(row)).contains(preset.figure());
        Optional.ofNullable(row.published())
                .ifPresent(published -> assertThat(preset.source()).contains(SOURCES.get(published.source())));
        assertThat(preset.data())
                .contains(all.protocol(row).dataset(), order(all.protocol(row).classes()));
    }

    private static String order(String classes) {
        return switch (classes) {
            case "shuffled" -> "five tasks of two digits in an order that is shuffled";
            case "ascending" -> "five tasks of two digits in ascending order";
            default -> "ten tasks of all digits, pixels in other places";
        };
    }

    private boolean isOf(String method, Preset preset, ResultsRow row) {
        RunSpec declared = row.spec(all.protocol(row), 1);
        if (!row.method().equals(method)
                || row.referenceOrder()
                || !declared.scenario().form().path().equals(preset.form().path())) {
            return false;
        }
        RunSpec asked = declared.withScenario(onDigits(declared.scenario()));
        RunSpec named = new RunSpec(
                asked.scenario(),
                Component.named(method),
                Optional.empty(),
                Optional.empty(),
                TrainingSpec.defaults(),
                MemorySpec.defaults(),
                asked.device(),
                asked.seed(),
                preset.name());
        return withoutName(FACTORY.complete(named)).equals(FACTORY.complete(asked));
    }

    private static ScenarioSpec onDigits(ScenarioSpec scenario) {
        return new ScenarioSpec(
                DATASET,
                scenario.form(),
                scenario.firstTaskClasses(),
                scenario.classesPerTask(),
                scenario.tasks(),
                scenario.classOrder());
    }

    private static RunSpec withoutName(RunSpec spec) {
        return new RunSpec(
                spec.scenario(),
                spec.method(),
                spec.backbone(),
                spec.optimizer(),
                spec.training(),
                spec.memory(),
                spec.device(),
                spec.seed());
    }

    /** What a preset of this row may say; beside a published figure, it may give ours. */
    private List<String> figures(ResultsRow row) {
        String here = ours.of(row.id()).map(PresetRowsTest::text).orElseThrow() + " here";
        if (row.published() != null) {
            String published = String.format(
                    Locale.ROOT, "%.2f %% published", row.published().mean());
            return List.of(published, published + ", " + here);
        }
        String measured = reference
                        .of(row.id())
                        .map(theirs -> text(theirs) + " with the authors' code, ")
                        .orElse("")
                + here;
        return List.of(measured + "; no printed figure was at hand");
    }

    private static String text(Interval figure) {
        return figure.count() == 1
                ? String.format(Locale.ROOT, "%.2f %% (1 seed)", figure.mean())
                : String.format(Locale.ROOT, "%.2f ± %.2f %% (%d seeds)", figure.mean(), figure.half(), figure.count());
    }
}
