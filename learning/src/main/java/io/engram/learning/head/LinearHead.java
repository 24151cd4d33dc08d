package io.engram.learning.head;

import io.engram.learning.backbone.Backbone;
import io.engram.learning.backbone.ParameterShape;
import io.engram.learning.setting.CatalogEntry;
import java.util.List;

/** A linear classifier over all classes seen so far: weight and bias. */
public final class LinearHead implements Head {
    static final CatalogEntry<HeadFactory> ENTRY = new CatalogEntry<>(
            "linear", "A weight and a bias for each class", "", List.of(), settings -> LinearHead::new);

    private final Backbone backbone;

    /** @param backbone gives the features it classifies */
    public LinearHead(Backbone backbone) {
        this.backbone = backbone;
    }

    @Override
    public String text() {
        int first = backbone.parameters().size();
        return """
                def classified(self, p: List[Tensor], features: Tensor) -> Tensor:
                  return torch.linear(features, p[%d], p[%d])
                """.formatted(first, first + 1);
    }

    @Override
    public List<ParameterShape> parameters(int classes) {
        int features = backbone.featureSize();
        return List.of(
                new ParameterShape("head.weight", List.of(classes, features), features),
                new ParameterShape("head.bias", List.of(classes), features));
    }
}
