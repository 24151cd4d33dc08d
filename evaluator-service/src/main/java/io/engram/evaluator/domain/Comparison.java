package io.engram.evaluator.domain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A run and one that it is compared with.
 *
 * @param run the one that figures are of
 * @param reference of the same scenario where {@link #difference} is empty
 */
public record Comparison(RunResults run, Optional<RunResults> reference) {

    /**
     * The first thing that makes the two runs' scenarios another, in words: what the run has, and what the reference. What is not
     * known of both does not count.
     */
    public Optional<String> difference() {
        return reference.flatMap(other -> difference(properties(run), properties(other)));
    }

    private static Optional<String> difference(Map<String, String> expected, Map<String, String> found) {
        return expected.entrySet().stream()
                .filter(property -> !found.getOrDefault(property.getKey(), property.getValue())
                        .equals(property.getValue()))
                .map(property ->
                        property.getKey() + " is " + property.getValue() + ", not " + found.get(property.getKey()))
                .findFirst();
    }

    private static Map<String, String> properties(RunResults run) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("data set", run.title().dataset());
        run.scenario().ifPresent(scenario -> properties.put("scenario", scenario));
        properties.put("number of tasks", Integer.toString(run.taskCount()));
        if (!run.evaluations().isEmpty()) {
            run.evaluations()
                    .get(run.evaluations().size() - 1)
                    .scores()
                    .forEach(scored -> properties.put(
                            "test set of the task with index " + scored.score().taskIndex(), testSet(scored)));
        }
        return properties;
    }

    private static String testSet(ScoredTask scored) {
        return scored.classes().stream()
                .map(label -> Integer.toString(label.label()))
                .collect(Collectors.joining(" ", scored.score().total() + " samples of the classes ", ""));
    }
}
