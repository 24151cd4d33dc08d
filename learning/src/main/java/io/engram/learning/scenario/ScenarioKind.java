package io.engram.learning.scenario;

/**
 * What a task brings and what the model is told of it at test time (van de Ven, Tuytelaars and Tolias 2022, "Three Types of
 * Incremental Learning", table 1).
 */
public enum ScenarioKind {
    /** New classes; the model chooses among all classes seen so far. */
    CLASS_INCREMENTAL("class_incremental"),
    /** New classes; the model is told the task and chooses among its classes. */
    TASK_INCREMENTAL("task_incremental"),
    /** The same classes in another form; the model is not told the task. */
    DOMAIN_INCREMENTAL("domain_incremental");

    private final String label;

    ScenarioKind(String label) {
        this.label = label;
    }

    /** As run specs and model descriptors write it. */
    public String label() {
        return label;
    }

    /** Whether tasks bring classes of their own, so that a task can be told from the classes. */
    public boolean bringsClasses() {
        return this != DOMAIN_INCREMENTAL;
    }
}
