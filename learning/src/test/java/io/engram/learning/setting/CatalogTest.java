package io.engram.learning.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTest {

    private static final Setting RATE = new Setting.Number("rate", "How fast", 0.5, 0, true, 1);
    private static final Setting WIDTHS = new Setting.IntegerList("widths", "How wide", List.of(4.0), 1, 9, 3);
    private static final Setting NOISY = new Setting.Flag("noisy", "How loud", false);
    private static final Catalog<Settings> CATALOG = new Catalog<>(
            "engine",
            List.of(
                    new CatalogEntry<>("steam", "Hot", "", List.of(RATE, WIDTHS, NOISY), settings -> settings),
                    new CatalogEntry<>("stream", "Wet", "", List.of(), settings -> settings),
                    new CatalogEntry<>("er", "Short", "", List.of(), settings -> settings)));

    private final List<Violation> violations = new ArrayList<>();

    @Test
    void whatWasLeftOutTakesItsDefault() {
        Settings settings = CATALOG.check("engine", "steam", Map.of("rate", 0.25), violations)
                .orElseThrow();

        assertThat(settings.number("rate")).isEqualTo(0.25);
        assertThat(settings.integers("widths")).containsExactly(4);
        assertThat(settings.flag("noisy")).isFalse();
    }

    @Test
    void everythingThatIsRefusedIsReported() {
        CATALOG.check(
                "engine", "steam", Map.of("rate", 0.0, "noisy", "very", "widths", 3.0, "colour", 7.0), violations);

        assertThat(violations)
                .containsExactlyInAnyOrder(
                        new Violation("engine.settings.rate", "0", "greater than 0, at most 1"),
                        new Violation("engine.settings.noisy", "\"very\"", "true or false"),
                        new Violation("engine.settings.widths", "3", "a list of at most 3 whole numbers, each 1 to 9"),
                        new Violation("engine.settings.colour", "7", "only the settings rate, widths, noisy"));
    }

    /** Distances by hand: steem-steam 1, steem-stream 2; streem-stream 1, streem-steam 2; streams-stream 1. */
    @ParameterizedTest
    @CsvSource({"steem, steam", "streem, stream", "streams, stream", "e, er"})
    void theClosestNameIsSuggested(String misspelt, String meant) {
        CATALOG.check("engine", misspelt, Map.of(), violations);

        assertThat(violations)
                .containsExactly(new Violation(
                        "engine.name",
                        "\"" + misspelt + "\"",
                        "one of steam, stream, er; did you mean " + meant + "?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "xy", "diesel"})
    void aNameLikeNoOtherGetsNoSuggestion(String name) {
        CATALOG.check("engine", name, Map.of(), violations);

        assertThat(violations)
                .containsExactly(new Violation("engine.name", "\"" + name + "\"", "one of steam, stream, er"));
    }

    @Test
    void aVeryLongValueIsCutInTheReport() {
        CATALOG.check("engine", "x".repeat(1_000_000), Map.of(), violations);

        assertThat(violations).singleElement().satisfies(violation -> assertThat(violation.value())
                .hasSize(201)
                .endsWith("…"));
    }

    @Test
    void gettingAnUnknownNameIsAnErrorOfTheProgram() {
        assertThatThrownBy(() -> CATALOG.get("diesel"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no engine is named diesel");
    }
}
