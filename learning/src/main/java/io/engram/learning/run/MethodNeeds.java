package io.engram.learning.run;

import io.engram.learning.backbone.Backbone;
import io.engram.learning.head.Heads;
import io.engram.learning.method.Method;
import io.engram.learning.method.Methods;
import io.engram.learning.scenario.Scenario;
import io.engram.learning.scenario.ScenarioKind;
import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Component;
import io.engram.learning.setting.Settings;
import io.engram.replay.PolicyCatalog;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a method asks of the rest of a spec. */
final class MethodNeeds {
    private final String name;
    private final Method method;
    private final Refusals refusals;

    /** @param named with its settings checked */
    MethodNeeds(Component named, Refusals refusals) {
        name = named.name();
        method = Methods.CATALOG.get(name).create(new Settings(named.settings()));
        this.refusals = refusals;
    }

    String insertionPolicy() {
        return method.insertionPolicy();
    }

    void checkScenario(ScenarioKind kind) {
        if (!method.scenarios().contains(kind)) {
            String others = Methods.CATALOG.entries().stream()
                    .filter(entry -> entry.create(entry.defaults()).scenarios().contains(kind))
                    .map(CatalogEntry::name)
                    .collect(Collectors.joining(", "));
            refusals.refuse("method.name", "\"" + name + "\"", "for " + kind.label() + " one of " + others);
        }
    }

    /** The head, which is the method's first choice where none is given; empty where it is refused. */
    Optional<Component> head(Optional<Component> given) {
        List<String> heads = method.heads();
        Optional<Component> head =
                refusals.component("backbone.head", Heads.CATALOG, given.orElse(Component.named(heads.get(0))));
        if (head.isPresent() && !heads.contains(head.get().name())) {
            refusals.refuse(
                    "backbone.head.name",
                    "\"" + head.get().name() + "\"",
                    "for " + name + " one of " + String.join(", ", heads));
        }
        return head;
    }

    /** Some methods look inside the network, whose backbone has to tell what is there. */
    void checkInsight(Backbone backbone, String network) {
        boolean blind = backbone.layerInputs().isEmpty() && looksAt("layer_inputs_of")
                || backbone.stages().isEmpty() && looksAt("stages_of");
        if (blind) {
            refusals.refuse(
                    "method.name",
                    "\"" + name + "\"",
                    "a method that does not look inside the backbone; "
                            + network
                            + " with trainable: true does not tell what its layers are given or its stages give");
        }
    }

    private boolean looksAt(String function) {
        return method.text().contains("self." + function + "(");
    }

    void checkMemory(MemorySpec memory, Scenario scenario) {
        int classes = scenario.classesUpTo(scenario.tasks().size() - 1);
        int least = method.leastMemory(classes);
        int capacity = memory.capacity().orElseThrow();
        if (capacity < least) {
            refusals.refuse(
                    "memory.capacity", capacity, "at least " + least + " for " + name + " of " + classes + " classes");
        }
        checkScores(memory.insertionPolicy());
    }

    /** A policy that decides by scores needs a method that gives them, and nothing else may be done with them. */
    private void checkScores(String policy) {
        boolean scores = method.replay().withScores();
        if (PolicyCatalog.byScore(policy) != scores) {
            String others = PolicyCatalog.insertionPolicies().stream()
                    .filter(known -> PolicyCatalog.byScore(known) == scores)
                    .collect(Collectors.joining(", "));
            refusals.refuse("memory.insertion_policy", "\"" + policy + "\"", "for " + name + " one of " + others);
        }
    }
}
