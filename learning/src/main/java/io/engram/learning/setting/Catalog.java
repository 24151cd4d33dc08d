package io.engram.learning.setting;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run spec may name: a plain list that keeps its order.
 *
 * @param kind what the entries are, for messages, for example {@code method}
 * @param entries with distinct names
 * @param <T> what the catalog holds
 */
public record Catalog<T>(String kind, List<CatalogEntry<T>> entries) {
    public Catalog {
        entries = List.copyOf(entries);
    }

    public Optional<CatalogEntry<T>> find(String name) {
        return entries.stream().filter(e -> e.name().equals(name)).findFirst();
    }

    /** The entry of that name; names are checked by {@link #check} before. */
    public CatalogEntry<T> get(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no " + kind + " is named " + name));
    }

    /**
     * Checks a name and settings, and fills in what was left out.
     *
     * @param field path of the component in the run spec, for example {@code method}
     * @param violations takes what is refused
     * @return the settings with defaults filled in; empty where something was refused
     */
    public Optional<Settings> check(String field, String name, Map<String, Object> given, List<Violation> violations) {
        Optional<CatalogEntry<T>> entry = find(name);
        if (entry.isEmpty()) {
            violations.add(new Violation(field + ".name", Setting.show(name), Names.oneOf(names(), name)));
            return Optional.empty();
        }
        int before = violations.size();
        Map<String, Object> values = new LinkedHashMap<>();
        for (Setting setting : entry.get().settings()) {
            Object value = given.getOrDefault(setting.name(), setting.defaultValue());
            setting.accept(value)
                    .ifPresentOrElse(
                            accepted -> values.put(setting.name(), accepted),
                            () -> violations.add(new Violation(
                                    field + ".settings." + setting.name(), Setting.show(value), setting.allowed())));
        }
        List<String> known = entry.get().settings().stream().map(Setting::name).toList();
        for (Map.Entry<String, Object> unknown : given.entrySet()) {
            if (!known.contains(unknown.getKey())) {
                violations.add(new Violation(
                        field + ".settings." + unknown.getKey(),
                        Setting.show(unknown.getValue()),
                        known.isEmpty() ? "no settings for " + name : "only the settings " + String.join(", ", known)));
            }
        }
        return violations.size() == before ? Optional.of(new Settings(values)) : Optional.empty();
    }

    private List<String> names() {
        return entries.stream().map(CatalogEntry::name).toList();
    }
}
