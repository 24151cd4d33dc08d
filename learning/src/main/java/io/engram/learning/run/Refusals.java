package io.engram.learning.run;

import io.engram.learning.setting.Catalog;
import io.engram.learning.setting.Component;
import io.engram.learning.setting.Names;
import io.engram.learning.setting.Settings;
import io.engram.learning.setting.Violation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What is refused of a spec, collected; a value that is refused is followed by its default, so that checking goes on. */
final class Refusals {
    private final List<Violation> violations = new ArrayList<>();

    List<Violation> violations() {
        return violations;
    }

    boolean areNone() {
        return violations.isEmpty();
    }

    void refuse(String field, Object value, String allowed) {
        violations.add(new Violation(field, String.valueOf(value), allowed));
    }

    /** A component with the defaults of its settings; empty where it is refused. */
    <T> Optional<Component> component(String field, Catalog<T> catalog, Component given) {
        Optional<Settings> settings = catalog.check(field, given.name(), given.settings(), violations);
        return settings.map(checked -> new Component(given.name(), checked.values()));
    }

    /** @param otherwise taken where nothing is given */
    OptionalInt bounded(String field, OptionalInt given, int otherwise, int least, int most) {
        int value = given.orElse(otherwise);
        if (value < least || value > most) {
            refuse(field, value, least + " to " + most);
            return OptionalInt.of(otherwise);
        }
        return OptionalInt.of(value);
    }

    /** A number of at least 1, which may be left out. */
    OptionalInt optional(String field, OptionalInt given, int most) {
        return given.isEmpty() ? given : bounded(field, given, 1, 1, most);
    }

    /** @param otherwise taken where {@code given} is empty */
    String named(String field, String given, String otherwise, Collection<String> known) {
        if (!given.isEmpty() && !known.contains(given)) {
            refuse(field, "\"" + given + "\"", Names.oneOf(known, given));
        }
        return given.isEmpty() ? otherwise : given;
    }
}
