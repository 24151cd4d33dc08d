package io.engram.learning.head;

import io.engram.learning.backbone.Initial;
import io.engram.learning.backbone.ParameterShape;
import io.engram.learning.setting.CatalogEntry;
import java.util.List;

/**
 * The class whose mean of exemplars is nearest (Rebuffi, Kolesnikov, Sperl and Lampert 2017, "iCaRL", equation 2 and
 * algorithm 1). Features have length 1, and so have their means; between such vectors the nearest is the one with the largest
 * inner product, which is the score. Where no class has a mean yet, the first is chosen.
 *
 * <p>Its tensors are the means {@code [classes, features]}, of length 1, and how many exemplars each is of {@code [classes]};
 * with 0 a class is never chosen.
 */
final class NearestMean implements Classifier {
    static final CatalogEntry<Classifier> ENTRY = new CatalogEntry<>(
            "nearest-mean",
            "The class whose mean feature is nearest",
            "Rebuffi et al. 2017, iCaRL: Incremental Classifier and Representation Learning",
            List.of(),
            settings -> new NearestMean());

    @Override
    public String text() {
        return """
                def scores_of(self, p: List[Tensor], s: List[Tensor], c: List[Tensor], x: Tensor) -> Tensor:
                  features = self.normalised(self.features_of(p, s, False, x))
                  return torch.masked_fill(torch.linear(features, c[0]), torch.eq(c[1], 0), float("-inf"))
                """;
    }

    @Override
    public List<ParameterShape> tensors(int classes, int featureSize) {
        Initial none = new Initial.Constant(0);
        return List.of(
                new ParameterShape("classifier.means", List.of(classes, featureSize), none),
                new ParameterShape("classifier.counts", List.of(classes), none));
    }
}
