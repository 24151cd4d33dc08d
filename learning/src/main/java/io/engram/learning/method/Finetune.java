package io.engram.learning.method;

import io.engram.learning.setting.CatalogEntry;
import java.util.List;

/**
 * Plain training on each task in turn, with nothing against forgetting: the lower bound. Cross-entropy over all classes
 * seen so far (Goodfellow, Bengio and Courville 2016, "Deep Learning", equation 6.30).
 */
final class Finetune implements Method {
    static final CatalogEntry<Method> ENTRY = new CatalogEntry<>(
            "finetune",
            "Plain training on each task in turn: the lower bound",
            "Goodfellow, Bengio and Courville 2016, Deep Learning",
            List.of(),
            settings -> new Finetune());

    @Override
    public List<PublishedResult> publishedResults() {
        return PublishedResult.ofVanDeVen("84.32 % published", "60.13 % published", "19.89 % published");
    }

    @Override
    public String text() {
        return """
                def loss(self, x: Tensor, y: Tensor, t: Tensor) -> List[Tensor]:
                  logits = self.logits(x)
                  return [self.cross_entropy(logits, y, t), logits]
                """;
    }
}
