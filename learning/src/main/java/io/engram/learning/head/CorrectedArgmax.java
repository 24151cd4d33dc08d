package io.engram.learning.head;

import io.engram.learning.backbone.Initial;
import io.engram.learning.backbone.ParameterShape;
import io.engram.learning.setting.CatalogEntry;
import java.util.List;

/**
 * The class of the largest logit, after the logits of each class were multiplied and shifted (Wu et al. 2019, "Large Scale
 * Incremental Learning", equation 4).
 *
 * <p>Its tensors are the factors {@code [classes]} and the shifts {@code [classes]}.
 */
final class CorrectedArgmax implements Classifier {
    static final CatalogEntry<Classifier> ENTRY = new CatalogEntry<>(
            "corrected-argmax",
            "The class of the largest logit after a linear correction of each",
            "Wu et al. 2019, Large Scale Incremental Learning",
            List.of(),
            settings -> new CorrectedArgmax());

    @Override
    public String text() {
        return """
                def scores_of(self, p: List[Tensor], s: List[Tensor], c: List[Tensor], x: Tensor) -> Tensor:
                  return torch.add(torch.mul(self.logits_of(p, s, x), c[0]), c[1])
                """;
    }

    @Override
    public List<ParameterShape> tensors(int classes, int featureSize) {
        return List.of(
                new ParameterShape("classifier.factors", List.of(classes), new Initial.Constant(1)),
                new ParameterShape("classifier.shifts", List.of(classes), new Initial.Constant(0)));
    }
}
