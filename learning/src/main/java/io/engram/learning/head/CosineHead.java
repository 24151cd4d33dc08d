package io.engram.learning.head;

import io.engram.learning.backbone.Backbone;
import io.engram.learning.backbone.Initial;
import io.engram.learning.backbone.ParameterShape;
import io.engram.learning.setting.CatalogEntry;
import java.util.List;

/**
 * Cosines between features and the weights of classes, times a scale that is learned and starts at 1 (Hou, Pan, Loy, Wang and
 * Lin 2019, "Learning a Unified Classifier Incrementally via Rebalancing", equation 4): no class has an advantage by the length
 * of its weights. The rows of old and of new classes are one tensor; the authors' code holds them in two and puts them together.
 *
 * <p>Its text defines {@code def similarities(self, p: List[Tensor], features: Tensor) -> Tensor} as well, the cosines alone.
 */
final class CosineHead implements Head {
    static final CatalogEntry<HeadFactory> ENTRY = new CatalogEntry<>(
            "cosine",
            "Cosines between features and a weight for each class, times a scale that is learned",
            "Hou et al. 2019, Learning a Unified Classifier Incrementally via Rebalancing",
            List.of(),
            settings -> CosineHead::new);

    private final Backbone backbone;

    private CosineHead(Backbone backbone) {
        this.backbone = backbone;
    }

    @Override
    public String text() {
        int first = backbone.parameters().size();
        return """
                def similarities(self, p: List[Tensor], features: Tensor) -> Tensor:
                  return torch.linear(self.normalised(features), self.normalised(p[%2$d]))
                def classified(self, p: List[Tensor], features: Tensor) -> Tensor:
                  return torch.mul(self.similarities(p, features), p[%1$d])
                """.formatted(first, first + 1);
    }

    @Override
    public List<ParameterShape> parameters(int classes) {
        int features = backbone.featureSize();
        return List.of(
                new ParameterShape("head.scale", List.of(1), new Initial.Constant(1)),
                new ParameterShape("head.weight", List.of(classes, features), features));
    }
}
