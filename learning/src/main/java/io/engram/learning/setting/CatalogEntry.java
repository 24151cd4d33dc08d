package io.engram.learning.setting;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One entry of a catalog.
 *
 * @param name the name a run spec gives
 * @param description what it is, in one sentence
 * @param source author, year and title of where it comes from; empty where there is none
 * @param settings what can be set
 * @param factory makes it from checked settings
 * @param <T> what the catalog holds
 */
public record CatalogEntry<T>(
        String name, String description, String source, List<Setting> settings, Function<Settings, T> factory) {

    public CatalogEntry {
        settings = List.copyOf(settings);
    }

    public T create(Settings checked) {
        return factory.apply(checked);
    }

    /** Every setting at the value it takes when left out. */
    public Settings defaults() {
        Map<String, Object> values = new LinkedHashMap<>();
        settings.forEach(s -> values.put(s.name(), s.defaultValue()));
        return new Settings(values);
    }
}
