package io.engram.learning.method;

import io.engram.learning.scenario.Batch;
import io.engram.learning.setting.Setting;
import io.engram.learning.setting.Settings;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Exemplars that {@link Herding} selects from each new class after a task, by features in evaluation mode; what methods that
 * follow iCaRL have in common. The memory's capacity is shared by all classes so far; its insertion policy {@code ranked}
 * cuts older classes to what is left for them.
 */
final class HerdedExemplars {
    static final String INSERTION_POLICY = "ranked";

    static final Setting PER_CLASS = new Setting.Whole(
            "exemplars_per_class",
            "The most exemplars of a class; 0 for as many as the memory has room for",
            0,
            0,
            10_000_000);

    /** Text of {@code herding_features}. */
    static final String TEXT = """
            def herding_features(self, x: Tensor, y: Tensor, t: Tensor) -> Tensor:
              return torch.detach(self.normalised(self.features_of(self.parameters, self.statistics, False, x)))
            """;

    /** Features of training samples by row. */
    private final Map<Integer, TreeMap<Integer, float[]>> featuresByClass = new TreeMap<>();

    private HerdedExemplars() {}

    /** Selects, and has remembered, exemplars of the task's classes. */
    static void select(TaskContext context, Settings settings) {
        HerdedExemplars selection = new HerdedExemplars();
        context.trainLoader()
                .again(
                        context.trainLoader().samples(),
                        batch -> selection.add(batch, context.functions().call("herding_features", batch)));
        selection.remember(context.exemplars(), settings.integer(PER_CLASS.name()));
    }

    private void add(Batch batch, float[] features) {
        int width = features.length / batch.size();
        for (int k = 0; k < batch.size(); k++) {
            featuresByClass
                    .computeIfAbsent(batch.classOf(k), c -> new TreeMap<>())
                    .put(batch.row(k), Arrays.copyOfRange(features, k * width, (k + 1) * width));
        }
    }

    /** Class by class, best first. Classes have ids in the order in which they came, so that the largest counts them. */
    private void remember(Exemplars exemplars, int perClass) {
        int classes = featuresByClass.keySet().stream().max(Integer::compare).orElse(0) + 1;
        int room = Math.max(1, exemplars.capacity() / classes);
        int quota = perClass == 0 ? room : Math.min(room, perClass);
        featuresByClass.values().forEach(byRow -> {
            int[] rows = byRow.keySet().stream().mapToInt(Integer::intValue).toArray();
            int[] selected = Herding.select(byRow.values().toArray(new float[0][]), quota);
            exemplars.remember(Arrays.stream(selected).map(k -> rows[k]).toArray());
        });
    }
}
