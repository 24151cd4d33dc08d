package io.engram.learning.scenario;

import java.util.Objects;
import java.util.Optional;

/**
 * How the tasks of a scenario relate.
 *
 * @param kind what a task brings and what the model is told of it
 * @param shift in a domain-incremental scenario, how each task shows the same samples; where absent, each task has classes of
 *     its own, and the model says which of the task's classes it is by its place in the task
 */
public record ScenarioForm(ScenarioKind kind, Optional<DomainShift> shift) {
    public static final ScenarioForm CLASS_INCREMENTAL =
            new ScenarioForm(ScenarioKind.CLASS_INCREMENTAL, Optional.empty());
    public static final ScenarioForm TASK_INCREMENTAL =
            new ScenarioForm(ScenarioKind.TASK_INCREMENTAL, Optional.empty());
    /** Other classes in each task. */
    public static final ScenarioForm CLASS_GROUPS = new ScenarioForm(ScenarioKind.DOMAIN_INCREMENTAL, Optional.empty());

    public ScenarioForm {
        Objects.requireNonNull(kind, "kind");
        if (shift.isPresent() && kind.bringsClasses()) {
            throw new IllegalArgumentException("only a domain-incremental scenario shows the same samples again");
        }
    }

    /** Every class in each task, in another look. */
    public static ScenarioForm shifted(DomainShift shift) {
        return new ScenarioForm(ScenarioKind.DOMAIN_INCREMENTAL, Optional.of(shift));
    }

    /** In words; two forms are the same where their descriptions are. */
    public String description() {
        String name = path().substring("scenario.".length());
        return shift.map(s -> name + ", " + s.description()).orElse(name);
    }

    /** Path of its fields in a run spec. */
    public String path() {
        if (kind.bringsClasses()) {
            return "scenario." + kind.label();
        }
        String domains = shift.map(s -> s instanceof DomainShift.Rotation ? "rotation" : "pixel_permutation")
                .orElse("class_groups");
        return "scenario." + kind.label() + "." + domains;
    }
}
