package io.engram.learning.run;

import io.engram.learning.method.Method;
import io.engram.learning.method.Methods;
import io.engram.learning.scenario.ClassOrder;
import io.engram.learning.scenario.DomainShift;
import io.engram.learning.scenario.ScenarioForm;
import io.engram.learning.scenario.ScenarioSpec;
import io.engram.learning.setting.CatalogEntry;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A method of the catalog in a scenario, small: three tasks of two digits each, or of the same three digits in another look.
 *
 * @param method its name
 * @param form how the tasks relate
 */
record MethodInScenario(String method, ScenarioForm form) {
    private static final List<ScenarioForm> FORMS = List.of(
            ScenarioForm.CLASS_INCREMENTAL,
            ScenarioForm.TASK_INCREMENTAL,
            ScenarioForm.CLASS_GROUPS,
            ScenarioForm.shifted(new DomainShift.PixelPermutation(5)));

    /** The least that every method takes for six classes: ten for each with {@code bic}. */
    private static final int CAPACITY = 60;

    /** Every method of the catalog in every scenario that it supports. */
    static Stream<MethodInScenario> supported() {
        return all().filter(MethodInScenario::isSupported);
    }

    /** Those of the methods that are named. */
    static Stream<MethodInScenario> supported(List<String> methods) {
        return supported().filter(each -> methods.contains(each.method));
    }

    /** Those of the methods that have a memory. */
    static Stream<MethodInScenario> withMemory() {
        return supported().filter(each -> Runs.method(each.method).usesMemory());
    }

    /** What is refused. */
    static Stream<MethodInScenario> unsupported() {
        return all().filter(each -> !each.isSupported());
    }

    private static Stream<MethodInScenario> all() {
        return Methods.CATALOG.entries().stream().map(CatalogEntry::name).flatMap(method -> FORMS.stream()
                .map(form -> new MethodInScenario(method, form)));
    }

    private boolean isSupported() {
        Method made = Runs.method(method);
        return made.scenarios().contains(form.kind());
    }

    /** The same scenario with another method. */
    MethodInScenario with(String other) {
        return new MethodInScenario(other, form);
    }

    SpecBuilder spec() {
        return spec(3);
    }

    /**
     * With steps that Adam bounds: the penalties of some methods are too steep for plain gradient descent.
     *
     * @param tasks the first of the three, 1 or more
     */
    SpecBuilder spec(int tasks) {
        return SpecBuilder.of(method)
                .scenario(scenario(tasks))
                .optimizer("adam", Map.of("learning_rate", 0.01))
                .memory(CAPACITY);
    }

    ScenarioSpec scenario(int tasks) {
        boolean sameClasses = form.shift().isPresent();
        return new ScenarioSpec(
                "digits",
                form,
                OptionalInt.empty(),
                sameClasses ? OptionalInt.empty() : OptionalInt.of(2),
                OptionalInt.of(tasks),
                new ClassOrder.Listed(sameClasses ? List.of(0, 1, 2) : List.of(0, 1, 2, 3, 4, 5)));
    }

    @Override
    public String toString() {
        return method + ", " + form.path().substring("scenario.".length());
    }
}
