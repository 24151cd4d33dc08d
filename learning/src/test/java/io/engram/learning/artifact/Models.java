package io.engram.learning.artifact;

import io.engram.learning.scenario.ScenarioForm;
import io.engram.learning.setting.Component;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Small frozen models for tests. */
final class Models {

    private Models() {}

    /** A model of two tasks whose settings and weights have all kinds of values. */
    static FrozenModel small() {
        return new FrozenModel(
                new ModelDescriptor(
                        1,
                        "digits",
                        "0123abcd",
                        ScenarioForm.CLASS_INCREMENTAL,
                        List.of(List.of(7, 3), List.of(0)),
                        new Component("mlp", Map.of("hidden", List.of(2.0), "deep", true, "kind", "a \"b\" <c>")),
                        Component.named("linear"),
                        "nearest-mean",
                        Map.of("method", "er", "seed", "1", "note", "ümlaut & more")),
                List.of(
                        new NamedTensor("head.weight", List.of(3, 2), new float[] {
                            1, -0.0f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NaN, Float.NEGATIVE_INFINITY
                        }),
                        new NamedTensor("head.bias", List.of(3), new float[] {0.1f, 1e-40f, 3})));
    }

    /** The same in a scenario whose next task can be scored. */
    static FrozenModel withNextTask(OptionalLong weightsSeed) {
        ModelDescriptor small = small().descriptor();
        return new FrozenModel(
                new ModelDescriptor(
                        small.taskIndex(),
                        small.dataset(),
                        small.datasetFingerprint(),
                        Optional.of("4567cdef"),
                        ScenarioForm.CLASS_GROUPS,
                        small.labelsByTask(),
                        Optional.of(new NextTask(List.of(5, 1), weightsSeed)),
                        small.backbone(),
                        small.module(),
                        small.head(),
                        small.classifier(),
                        small.provenance()),
                small().weights());
    }

    static FrozenModel another() {
        return new FrozenModel(
                small().descriptor(), List.of(new NamedTensor("head.bias", List.of(3), new float[] {1, 2, 3})));
    }
}
