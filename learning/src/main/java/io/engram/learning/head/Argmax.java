package io.engram.learning.head;

import io.engram.learning.setting.CatalogEntry;
import java.util.List;

/** The class of the largest logit. */
final class Argmax implements Classifier {
    static final CatalogEntry<Classifier> ENTRY =
            new CatalogEntry<>("argmax", "The class of the largest logit", "", List.of(), settings -> new Argmax());

    @Override
    public String text() {
        return """
                def scores_of(self, p: List[Tensor], s: List[Tensor], c: List[Tensor], x: Tensor) -> Tensor:
                  return self.logits_of(p, s, x)
                """;
    }
}
