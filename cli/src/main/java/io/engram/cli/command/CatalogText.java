package io.engram.cli.command;

import io.engram.cli.view.ResultJson;
import io.engram.cli.view.Table;
import io.engram.proto.type.v1.CatalogEntry;
import io.engram.proto.type.v1.Preset;
import io.engram.proto.type.v1.Setting;
import java.util.List;
import java.util.stream.Collectors;

/** Entries of catalogs for people. */
final class CatalogText {
    private CatalogText() {}

    static String of(List<CatalogEntry> entries) {
        return entries.stream().map(CatalogText::of).collect(Collectors.joining("\n\n"));
    }

    private static String of(CatalogEntry entry) {
        StringBuilder text = new StringBuilder(entry.getName() + ": " + entry.getDescription());
        if (!entry.getSource().isEmpty()) {
            text.append("\n  from: ").append(entry.getSource());
        }
        if (entry.getUsesMemory()) {
            text.append("\n  uses the replay memory (`memory` in the spec)");
        }
        if (entry.getSettingsCount() > 0) {
            Table settings = new Table("  SETTING", "DEFAULT", "ALLOWED", "WHAT IT DOES");
            entry.getSettingsList().forEach(setting -> settings.row(row(setting)));
            text.append("\n").append(settings);
        }
        if (entry.getPresetsCount() > 0) {
            Table presets = new Table("  PRESET", "GIVES", "OF", "SOURCE");
            entry.getPresetsList().forEach(preset -> presets.row(row(preset)));
            text.append("\n").append(presets);
        }
        return text.toString();
    }

    private static List<String> row(Preset preset) {
        return List.of("  " + preset.getName(), preset.getFigure(), preset.getScenario(), preset.getSource());
    }

    private static List<String> row(Setting setting) {
        return List.of(
                "  " + setting.getName(),
                setting.hasDefaultValue() ? ResultJson.of(setting.getDefaultValue()) : "",
                setting.getAllowed(),
                setting.getDescription());
    }
}
