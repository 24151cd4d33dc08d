package io.engram.learning.results;

import com.google.gson.annotations.SerializedName;
import io.engram.learning.run.BackboneSpec;
import io.engram.learning.run.MemorySpec;
import io.engram.learning.run.RunSpec;
import io.engram.learning.run.TrainingSpec;
import io.engram.learning.scenario.ClassOrder;
import io.engram.learning.scenario.DomainShift;
import io.engram.learning.scenario.ScenarioForm;
import io.engram.learning.scenario.ScenarioKind;
import io.engram.learning.scenario.ScenarioSpec;
import io.engram.learning.setting.Component;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A row of the tables in {@code docs/results.md}, as {@code bench/results/rows.json} declares it.
 *
 * @param id {@code protocol/scenario/method}, with a variant behind it where a method has several rows
 * @param scenario a label of {@link ScenarioKind}
 * @param settings of the method; defaults where left out
 * @param memory left out where the method has none
 * @param learningRate in place of the protocol's; left out where it is that
 * @param referenceOrder whether the classes come in the order of the reference implementation's seed
 * @param published what others printed for these settings; left out where nothing was found
 * @param reference arguments of the reference implementation that gave the figure in {@code reference.csv}; left out where
 *     there is none
 * @param note what a reader has to know, above all where the figure lies outside; left out where nothing
 */
record ResultsRow(
        String id,
        String scenario,
        String method,
        Map<String, Object> settings,
        Memory memory,
        @SerializedName("learning_rate") Double learningRate,
        @SerializedName("reference_order") boolean referenceOrder,
        Published published,
        String reference,
        String note) {

    /**
     * What the rows of a table have in common.
     *
     * @param classes how they come: {@code shuffled} by the seed, {@code ascending}, or {@code permuted}, all in every task with
     *     pixels in another place
     * @param referenceOrders the labels as the reference implementation shuffles them, by its seed; left out where no row asks
     * @param epochs passes over the data of a task, or else
     * @param stepsPerTask steps of a task
     */
    record Protocol(
            String dataset,
            int tasks,
            String classes,
            @SerializedName("reference_orders") Map<Long, List<Integer>> referenceOrders,
            NamedSettings backbone,
            NamedSettings optimizer,
            @SerializedName("batch_size") int batchSize,
            Integer epochs,
            @SerializedName("steps_per_task") Integer stepsPerTask) {
        TrainingSpec training() {
            return new TrainingSpec(
                    optional(epochs),
                    OptionalInt.empty(),
                    optional(stepsPerTask),
                    OptionalInt.of(batchSize),
                    Optional.empty());
        }

        private static OptionalInt optional(Integer value) {
            return value == null ? OptionalInt.empty() : OptionalInt.of(value);
        }
    }

    /** A component by name. */
    record NamedSettings(String name, Map<String, Object> settings) {
        /** With another learning rate, where it is not null. */
        Component component(Double learningRate) {
            Map<String, Object> all = new HashMap<>(settings);
            if (learningRate != null) {
                all.put("learning_rate", learningRate);
            }
            return new Component(name, all);
        }
    }

    /** As in a run spec. */
    record Memory(
            int capacity,
            @SerializedName("batch_size") int batchSize,
            @SerializedName("insertion_policy") String insertionPolicy) {
        MemorySpec spec() {
            return new MemorySpec(
                    OptionalInt.of(capacity),
                    OptionalInt.of(batchSize),
                    Optional.ofNullable(insertionPolicy).orElse(""),
                    "");
        }
    }

    /**
     * A published mean.
     *
     * @param error its standard error
     * @param count runs it is the mean of
     * @param source letter of the source on the page
     */
    record Published(double mean, double error, int count, String source) {
        Interval interval() {
            return Interval.ofStandardError(mean, error, count);
        }
    }

    String protocol() {
        return id.substring(0, id.indexOf('/'));
    }

    /** The run of a seed, which gives everything random: the order of the classes, too. */
    RunSpec spec(Protocol protocol, long seed) {
        return new RunSpec(
                new ScenarioSpec(
                        protocol.dataset(),
                        form(protocol, seed),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.of(protocol.tasks()),
                        order(protocol, seed)),
                new Component(method, Optional.ofNullable(settings).orElse(Map.of())),
                Optional.of(BackboneSpec.of(protocol.backbone().component(null))),
                Optional.of(protocol.optimizer().component(learningRate)),
                protocol.training(),
                Optional.ofNullable(memory).map(Memory::spec).orElseGet(MemorySpec::defaults),
                "cpu",
                OptionalLong.of(seed));
    }

    private ClassOrder order(Protocol protocol, long seed) {
        if (referenceOrder) {
            return new ClassOrder.Listed(Objects.requireNonNull(
                    protocol.referenceOrders().get(seed), () -> "rows.json has no reference order for seed " + seed));
        }
        return protocol.classes().equals("shuffled") ? new ClassOrder.Shuffled(seed) : new ClassOrder.Ascending();
    }

    private ScenarioForm form(Protocol protocol, long seed) {
        if (protocol.classes().equals("permuted")) {
            return ScenarioForm.shifted(new DomainShift.PixelPermutation(seed));
        }
        return switch (scenario) {
            case "class_incremental" -> ScenarioForm.CLASS_INCREMENTAL;
            case "task_incremental" -> ScenarioForm.TASK_INCREMENTAL;
            case "domain_incremental" -> ScenarioForm.CLASS_GROUPS;
            default -> throw new IllegalArgumentException(id + " names the scenario " + scenario);
        };
    }
}
