package io.engram.learning.head;

import io.engram.learning.backbone.Initial;
import io.engram.learning.backbone.ParameterShape;
import io.engram.learning.setting.CatalogEntry;
import java.util.List;

/**
 * A linear discriminant of the features that stands beside the head: the class of the largest {@code w z + b} (Duda, Hart and
 * Stork 2001, "Pattern Classification", section 2.6). With one covariance for all classes, {@code w} is a class's mean times
 * the precision and {@code b} is {@code -w mean / 2}; with the identity it is the nearest mean by Euclidean distance.
 *
 * <p>Its tensors are {@code w} {@code [classes, features]} and {@code b} {@code [classes]}, minus infinity where a class was
 * never seen.
 */
final class LinearDiscriminant implements Classifier {
    static final CatalogEntry<Classifier> ENTRY = new CatalogEntry<>(
            "linear-discriminant",
            "The class of the largest linear discriminant of the features",
            "Duda, Hart and Stork 2001, Pattern Classification",
            List.of(),
            settings -> new LinearDiscriminant());

    @Override
    public String text() {
        return """
                def scores_of(self, p: List[Tensor], s: List[Tensor], c: List[Tensor], x: Tensor) -> Tensor:
                  return torch.linear(self.features_of(p, s, False, x), c[0], c[1])
                """;
    }

    @Override
    public List<ParameterShape> tensors(int classes, int featureSize) {
        Initial none = new Initial.Constant(0);
        return List.of(
                new ParameterShape("classifier.weight", List.of(classes, featureSize), none),
                new ParameterShape("classifier.bias", List.of(classes), none));
    }
}
