package io.engram.learning.setting;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.learning.augmentation.Augmentation;
import io.engram.learning.backbone.Backbones;
import io.engram.learning.dataset.DatasetDescription;
import io.engram.learning.dataset.Datasets;
import io.engram.learning.head.Heads;
import io.engram.learning.method.Method;
import io.engram.learning.method.Methods;
import io.engram.learning.optimizer.Optimizers;
import io.engram.learning.run.Preset;
import io.engram.learning.run.Presets;
import io.engram.learning.scenario.ScenarioKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/catalog.md} is made from the catalogs: {@code -Dengram.writeDocs=true} writes it anew. */
class CatalogDocsTest {
    private static final Path PAGE = Path.of(System.getProperty("engram.home"), "docs", "catalog.md");

    @Test
    void theDocumentedCatalogIsTheRealOne() throws IOException {
        String page = page();
        if (Boolean.getBoolean("engram.writeDocs")) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    @Test
    void everyMethodHasAnExampleOfItsName() {
        Path examples = PAGE.resolveSibling("../examples");

        assertThat(Methods.CATALOG.entries())
                .allSatisfy(method -> assertThat(examples.resolve("digits-" + method.name() + ".yaml"))
                        .content()
                        .contains("name: " + method.name() + "\n"));
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # What a run spec may name

                Made from the catalogs in the code by `CatalogDocsTest`; do not edit. `./engram methods`, `datasets`,
                `backbones` and `optimizers` print the same from a running stack.

                ## Data sets
                | name | what it is | shape | classes | training | test | source |
                |---|---|---|---|---|---|---|
                """);
        for (DatasetDescription dataset : new Datasets(Optional.empty()).descriptions()) {
            page.append("| `%s` | %s | %s | %d | %d | %d | %s |\n"
                    .formatted(
                            dataset.name(),
                            dataset.description(),
                            dataset.sampleShape(),
                            dataset.classes().size(),
                            dataset.trainSamples(),
                            dataset.testSamples(),
                            dataset.source()));
        }
        page.append(
                """

                ## Augmentation
                `scenario.augmentation` lists what training images are changed by at random, each time they are trained on: %s.
                [What they do](data.md#augmentation).
                """.formatted(Augmentation.NAMES.stream().map("`%s`"::formatted).collect(Collectors.joining(", "))));
        append(page, "Methods", Methods.CATALOG);
        appendPresets(page);
        appendScenarios(page);
        appendMemory(page);
        append(page, "Backbones", Backbones.CATALOG);
        append(page, "Heads", Heads.CATALOG);
        appendHeads(page);
        append(page, "Optimisers", Optimizers.CATALOG);
        return page.toString();
    }

    private static void appendScenarios(StringBuilder page) {
        page.append("\n### Which method supports which scenario\n| method |");
        for (ScenarioKind kind : ScenarioKind.values()) {
            page.append(" ").append(kind.label().replace('_', '-')).append(" |");
        }
        page.append("\n|---|")
                .append("---|".repeat(ScenarioKind.values().length))
                .append("\n");
        for (CatalogEntry<Method> entry : Methods.CATALOG.entries()) {
            page.append("| `").append(entry.name()).append("` |");
            for (ScenarioKind kind : ScenarioKind.values()) {
                boolean supported = entry.create(entry.defaults()).scenarios().contains(kind);
                page.append(supported ? " yes |" : " no |");
            }
            page.append("\n");
        }
    }

    private static void appendMemory(StringBuilder page) {
        page.append("""

                ### What methods with a memory take
                | method | insertion policy when none is named | least capacity |
                |---|---|---|
                """);
        for (CatalogEntry<Method> entry : Methods.CATALOG.entries()) {
            Method method = entry.create(entry.defaults());
            if (method.usesMemory()) {
                int least = method.leastMemory(1);
                page.append("| `%s` | `%s` | %s |\n"
                        .formatted(
                                entry.name(),
                                method.insertionPolicy(),
                                least == 0 ? "0" : least + " for each class of the run"));
            }
        }
    }

    private static void appendPresets(StringBuilder page) {
        page.append("""

                        ### Presets
                        A method's `preset` stands in for what a spec leaves out, the scenario excepted, and is refused in a scenario of
                        another form. On another data set, or with other tasks, it is accepted, and gives something else. Each is a row of
                        [the results](results.md).

                        """)
                .append("| method | preset | scenario | accuracy after the last task | source | settings |\n")
                .append("|---|---|---|---|---|---|\n");
        for (CatalogEntry<Method> entry : Methods.CATALOG.entries()) {
            for (Preset preset : Presets.of(entry.name())) {
                page.append("| `%s` | `%s` | %s | %s | %s | %s |\n"
                        .formatted(
                                entry.name(),
                                preset.name(),
                                preset.scenario(),
                                preset.figure(),
                                preset.source(),
                                new TreeMap<>(preset.settings())
                                        .entrySet().stream()
                                                .map(e -> "`%s` %s".formatted(e.getKey(), text(e.getValue())))
                                                .collect(Collectors.joining(", "))));
            }
        }
    }

    private static void appendHeads(StringBuilder page) {
        page.append("\nA backbone's `head` names one; without it a method takes the first that it works with: ")
                .append(Heads.LINEAR)
                .append(", but for\n\n| method | heads |\n|---|---|\n");
        for (CatalogEntry<Method> entry : Methods.CATALOG.entries()) {
            List<String> heads = entry.create(entry.defaults()).heads();
            if (!heads.equals(Heads.NAMES)) {
                page.append("| `%s` | %s |\n".formatted(entry.name(), String.join(", ", heads)));
            }
        }
    }

    private static void append(StringBuilder page, String title, Catalog<?> catalog) {
        page.append("\n## ").append(title).append("\n");
        for (CatalogEntry<?> entry : catalog.entries()) {
            page.append("\n### `")
                    .append(entry.name())
                    .append("`\n")
                    .append(entry.description())
                    .append(".");
            page.append(entry.source().isEmpty() ? "\n" : " " + entry.source() + ".\n");
            if (!entry.settings().isEmpty()) {
                page.append("\n| setting | what it does | default | allowed |\n|---|---|---|---|\n");
            }
            for (Setting setting : entry.settings()) {
                page.append("| `%s` | %s | %s | %s |\n"
                        .formatted(
                                setting.name(),
                                setting.description(),
                                text(setting.defaultValue()),
                                setting.allowed()));
            }
        }
    }

    private static String text(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(CatalogDocsTest::text).collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof Double number
                ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
                : value.toString();
    }
}
