package io.engram.trainer.api;

import io.engram.learning.backbone.Backbones;
import io.engram.learning.dataset.DatasetDescription;
import io.engram.learning.dataset.Datasets;
import io.engram.learning.method.Methods;
import io.engram.learning.optimizer.Optimizers;
import io.engram.learning.run.Presets;
import io.engram.learning.setting.Catalog;
import io.engram.proto.type.v1.CatalogEntry;
import io.engram.proto.type.v1.DatasetEntry;
import io.engram.proto.type.v1.Preset;
import io.engram.proto.type.v1.Setting;
import io.engram.proto.type.v1.SettingType;
import io.engram.trainer.spec.SettingValues;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Catalogs as messages. */
@Singleton
final class CatalogMessages {
    private final Datasets datasets;

    CatalogMessages(Datasets datasets) {
        this.datasets = datasets;
    }

    List<CatalogEntry> methods() {
        return entries(Methods.CATALOG, entry -> entry.create(entry.defaults()).usesMemory()).stream()
                .map(entry -> entry.toBuilder()
                        .addAllPresets(presets(entry.getName()))
                        .build())
                .toList();
    }

    List<CatalogEntry> backbones() {
        return entries(Backbones.CATALOG, entry -> false);
    }

    List<CatalogEntry> optimizers() {
        return entries(Optimizers.CATALOG, entry -> false);
    }

    List<DatasetEntry> datasets() {
        return datasets.descriptions().stream().map(this::dataset).toList();
    }

    private static <T> List<CatalogEntry> entries(
            Catalog<T> catalog, Predicate<io.engram.learning.setting.CatalogEntry<T>> usesMemory) {
        return catalog.entries().stream()
                .map(entry -> CatalogEntry.newBuilder()
                        .setName(entry.name())
                        .setDescription(entry.description())
                        .setSource(entry.source())
                        .addAllSettings(entry.settings().stream()
                                .map(CatalogMessages::setting)
                                .toList())
                        .setUsesMemory(usesMemory.test(entry))
                        .build())
                .toList();
    }

    private static List<Preset> presets(String method) {
        return Presets.of(method).stream().map(CatalogMessages::preset).toList();
    }

    private static Preset preset(io.engram.learning.run.Preset preset) {
        return Preset.newBuilder()
                .setName(preset.name())
                .setScenario(preset.scenario())
                .setFigure(preset.figure())
                .setSource(preset.source())
                .setSettings(SettingValues.write(preset.settings()))
                .build();
    }

    private static Setting setting(io.engram.learning.setting.Setting setting) {
        return Setting.newBuilder()
                .setName(setting.name())
                .setDescription(setting.description())
                .setType(type(setting))
                .setDefaultValue(SettingValues.toValue(setting.defaultValue()))
                .setAllowed(setting.allowed())
                .build();
    }

    private static SettingType type(io.engram.learning.setting.Setting setting) {
        if (setting instanceof io.engram.learning.setting.Setting.Flag) {
            return SettingType.SETTING_TYPE_BOOLEAN;
        }
        if (setting instanceof io.engram.learning.setting.Setting.Choice) {
            return SettingType.SETTING_TYPE_STRING;
        }
        return setting instanceof io.engram.learning.setting.Setting.IntegerList
                ? SettingType.SETTING_TYPE_INTEGER_LIST
                : SettingType.SETTING_TYPE_NUMBER;
    }

    private DatasetEntry dataset(DatasetDescription dataset) {
        Optional<String> problem = datasets.problem(dataset.name());
        return DatasetEntry.newBuilder()
                .setName(dataset.name())
                .setDescription(dataset.description())
                .setSource(dataset.source())
                .addAllSampleShape(dataset.sampleShape())
                .addAllClasses(dataset.classes())
                .setTrainSamples(dataset.trainSamples())
                .setTestSamples(dataset.testSamples())
                .setAvailable(problem.isEmpty())
                .setUnavailableReason(problem.orElse(""))
                .build();
    }
}
