package io.engram.learning.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.engram.learning.backbone.Backbones;
import io.engram.learning.head.Classifiers;
import io.engram.learning.head.Heads;
import io.engram.learning.method.Methods;
import io.engram.learning.optimizer.Optimizers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every entry of every catalog. */
class CatalogContractTest {

    private final List<Violation> violations = new ArrayList<>();

    static Stream<Catalog<?>> catalogs() {
        return Stream.of(Methods.CATALOG, Backbones.CATALOG, Heads.CATALOG, Optimizers.CATALOG, Classifiers.CATALOG);
    }

    static Stream<Arguments> entries() {
        return catalogs().flatMap(catalog -> catalog.entries().stream().map(entry -> arguments(catalog, entry)));
    }

    static Stream<Arguments> settings() {
        return catalogs().flatMap(catalog -> catalog.entries().stream()
                .flatMap(entry -> entry.settings().stream().map(setting -> arguments(catalog, entry, setting))));
    }

    @ParameterizedTest
    @MethodSource("catalogs")
    void namesAreUnique(Catalog<?> catalog) {
        assertThat(catalog.entries()).extracting(CatalogEntry::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void namesAreLowerCaseWordsWithHyphens(Catalog<?> catalog, CatalogEntry<?> entry) {
        assertThat(entry.name()).matches("[a-z][a-z0-9-]*\\+*");
    }

    @ParameterizedTest
    @MethodSource("entries")
    void everyEntryIsDescribed(Catalog<?> catalog, CatalogEntry<?> entry) {
        assertThat(entry.description()).isNotBlank();
        assertThat(entry.source()).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void anEntryIsMadeFromItsDefaults(Catalog<?> catalog, CatalogEntry<?> entry) {
        assertThat(catalog.check("part", entry.name(), Map.of(), violations)).hasValue(entry.defaults());
        assertThat(violations).isEmpty();
        assertThat((Object) entry.create(entry.defaults())).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void aSettingThatTheEntryLacksIsRefused(Catalog<?> catalog, CatalogEntry<?> entry) {
        assertThat(catalog.check("part", entry.name(), Map.of("no_such", 1.0), violations))
                .isEmpty();
        assertThat(violations).singleElement().satisfies(violation -> {
            assertThat(violation.field()).isEqualTo("part.settings.no_such");
            assertThat(violation.value()).isEqualTo("1");
            assertThat(violation.allowed()).contains("settings");
        });
    }

    @ParameterizedTest
    @MethodSource("entries")
    void aNameWithALetterTooMuchGetsASuggestion(Catalog<?> catalog, CatalogEntry<?> entry) {
        catalog.check("part", entry.name() + "x", Map.of(), violations);

        assertThat(violations).singleElement().satisfies(violation -> {
            assertThat(violation.field()).isEqualTo("part.name");
            assertThat(violation.value()).isEqualTo("\"" + entry.name() + "x\"");
            assertThat(violation.allowed()).startsWith("one of ").endsWith("; did you mean " + entry.name() + "?");
        });
    }

    @ParameterizedTest
    @MethodSource("settings")
    void settingNamesAreLowerCaseWords(Catalog<?> catalog, CatalogEntry<?> entry, Setting setting) {
        assertThat(setting.name()).matches("[a-z][a-z0-9_]*");
        assertThat(setting.description()).isNotBlank();
        assertThat(setting.allowed()).isNotBlank();
        assertThat(entry.settings().stream().map(Setting::name)).containsOnlyOnce(setting.name());
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aDefaultIsAccepted(Catalog<?> catalog, CatalogEntry<?> entry, Setting setting) {
        assertThat(setting.accept(setting.defaultValue())).hasValue(setting.defaultValue());
    }

    @ParameterizedTest
    @MethodSource("settings")
    void whatIsOutOfBoundsIsRefusedWithFieldAndValueAndWhatIsAllowed(
            Catalog<?> catalog, CatalogEntry<?> entry, Setting setting) {
        for (Object value : refused(setting)) {
            List<Violation> found = new ArrayList<>();

            assertThat(catalog.check("part", entry.name(), Map.of(setting.name(), value), found))
                    .isEmpty();
            assertThat(found).singleElement().satisfies(violation -> {
                assertThat(violation.field()).isEqualTo("part.settings." + setting.name());
                assertThat(violation.value()).contains(String.valueOf(value).substring(0, 1));
                assertThat(violation.allowed()).isEqualTo(setting.allowed());
            });
        }
    }

    /** Out of bounds on every side, and of the wrong type. */
    private static List<Object> refused(Setting setting) {
        if (setting instanceof Setting.Number number) {
            double below = number.exclusiveMinimum() ? number.minimum() : Math.nextDown(number.minimum());
            return List.of(
                    below,
                    Math.nextUp(number.maximum()),
                    Double.NaN,
                    Double.POSITIVE_INFINITY,
                    "many",
                    true,
                    List.of());
        }
        if (setting instanceof Setting.Whole whole) {
            return List.of(
                    whole.minimum() - 1.0,
                    whole.maximum() + 1.0,
                    whole.minimum() + 0.5,
                    Double.NaN,
                    Double.POSITIVE_INFINITY,
                    "many",
                    true,
                    List.of());
        }
        if (setting instanceof Setting.Choice) {
            return List.of("no such word", 1.0, true, List.of());
        }
        if (setting instanceof Setting.IntegerList list) {
            return List.of(
                    List.of(list.minimum() - 1.0),
                    List.of(list.maximum() + 1.0),
                    List.of(list.minimum() + 0.5),
                    List.of(Double.NaN),
                    List.of("many"),
                    Collections.nCopies(list.maximumLength() + 1, (double) list.minimum()),
                    1.0);
        }
        return List.of("yes", 1.0);
    }
}
