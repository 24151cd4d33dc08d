package io.engram.learning.method;

import io.engram.learning.setting.CatalogEntry;
import java.util.List;

/**
 * With every task, the same network goes on training on the samples of all tasks so far, as one set: the strategy of that
 * name in Lomonaco et al. 2021, "Avalanche: an End-to-End Library for Continual Learning". It keeps all data, so it is no
 * continual learner; {@link Joint} differs in that it starts from new initial values. The loss is that of {@link Finetune}.
 */
final class Cumulative implements Method {
    static final CatalogEntry<Method> ENTRY = new CatalogEntry<>(
            "cumulative",
            "The same network goes on training on all tasks so far",
            "Lomonaco et al. 2021, Avalanche: an End-to-End Library for Continual Learning",
            List.of(),
            settings -> new Cumulative());

    @Override
    public List<PublishedResult> publishedResults() {
        return PublishedResult.ofVanDeVen("99.67 % published", "98.59 % published", "98.17 % published");
    }

    @Override
    public String text() {
        return """
                def loss(self, x: Tensor, y: Tensor, t: Tensor) -> List[Tensor]:
                  logits = self.logits(x)
                  return [self.cross_entropy(logits, y, t), logits]
                """;
    }

    @Override
    public TrainingScope scope() {
        return TrainingScope.ALL_TASKS_SO_FAR;
    }
}
