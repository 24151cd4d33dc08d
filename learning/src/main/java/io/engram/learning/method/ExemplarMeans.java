package io.engram.learning.method;

import java.util.List;

/**
 * Means of the features of exemplars, taken anew after every task, by which frozen models choose a class; for methods that use
 * {@link HerdedExemplars}.
 */
final class ExemplarMeans {
    static final String CLASSIFIER = "nearest-mean";
    static final List<String> STATE = List.of("means");

    /** Text of {@code forget_means}, {@code add_exemplars} and {@code classifier_tensors}. */
    static final String TEXT = """
            def forget_means(self) -> Tensor:
              self.means = self.zeros_of_classes()
              return torch.zeros([0])
            def add_exemplars(self, x: Tensor, y: Tensor, t: Tensor) -> Tensor:
              features = self.herding_features(x, y, t)
              self.means[0].index_add_(0, y, features)
              self.means[1].index_add_(0, y, torch.ones_like(torch.select(features, 1, 0)))
              return torch.zeros([0])
            def classifier_tensors(self) -> List[Tensor]:
              return [self.normalised(self.means[0]), self.means[1]]
            """;

    private ExemplarMeans() {}

    static void take(TaskContext context) {
        context.functions().call("forget_means");
        context.exemplars().forEachBatch(batch -> context.functions().call("add_exemplars", batch));
    }
}
