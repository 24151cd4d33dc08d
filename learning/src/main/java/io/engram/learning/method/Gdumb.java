package io.engram.learning.method;

import io.engram.learning.setting.CatalogEntry;
import java.util.List;

/**
 * Greedy sampler and dumb learner (Prabhu, Torr and Dokania 2020, "GDumb: A Simple Approach that Questions Our Progress in
 * Continual Learning", algorithm 1 and section 3): samples are stored greedily so that classes stay balanced, each seen once;
 * with every task, a new network is trained from scratch on the memory alone, by cross-entropy over the classes seen.
 *
 * <p>Batches, epochs and the optimiser are those of the run; the paper's cosine schedule of the learning rate, its clipping of
 * gradients and CutMix are not part of this method.
 */
final class Gdumb implements Method {
    static final CatalogEntry<Method> ENTRY = new CatalogEntry<>(
            "gdumb",
            "A new network trained on a balanced memory alone",
            "Prabhu, Torr and Dokania 2020, GDumb: A Simple Approach that Questions Our Progress in Continual Learning",
            List.of(),
            settings -> new Gdumb());

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
        return TrainingScope.MEMORY;
    }

    @Override
    public boolean startsOver() {
        return true;
    }

    @Override
    public String insertionPolicy() {
        return "greedy-balanced";
    }

    /** A sample of each class. */
    @Override
    public int leastMemory(int classes) {
        return classes;
    }
}
