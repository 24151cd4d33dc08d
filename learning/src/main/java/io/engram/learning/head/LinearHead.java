package io.engram.learning.head;

import io.engram.learning.backbone.Backbone;
import io.engram.learning.backbone.ParameterShape;
import java.util.List;

/**
 * A linear classifier over all classes seen so far. It grows by rows, one for each new class; rows of old classes keep
 * their values bit for bit.
 */
public final class LinearHead {
    private final Backbone backbone;

    /** @param backbone gives the features it classifies */
    public LinearHead(Backbone backbone) {
        this.backbone = backbone;
    }

    /** Tensor-program text of {@code def classified(self, p: List[Tensor], features: Tensor) -> Tensor}, to {@code [batch, classes]}. */
    public String classified() {
        int first = backbone.parameters().size();
        return """
                def classified(self, p: List[Tensor], features: Tensor) -> Tensor:
                  return torch.linear(features, p[%d], p[%d])
                """.formatted(first, first + 1);
    }

    /** Its parameters for some number of classes; they stand behind those of the backbone. */
    public List<ParameterShape> parameters(int classes) {
        int features = backbone.featureSize();
        return List.of(
                new ParameterShape("head.weight", List.of(classes, features), features),
                new ParameterShape("head.bias", List.of(classes), features));
    }
}
