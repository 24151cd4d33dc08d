package io.engram.learning.method;

import io.engram.learning.setting.CatalogEntry;
import java.util.List;

/**
 * Nearest class mean (Mensink, Verbeek, Perronnin and Csurka 2013, "Distance-Based Image Classification: Generalizing to New
 * Classes at Near-Zero Cost", equations 2 and 3, with the Euclidean distance in place of a learned one), streaming: every
 * sample moves the mean of its class and is seen no more. Neither network nor head are trained: features stay as they are at
 * the start. Later epochs over the same data leave the means where they are.
 *
 * <p>The nearest of means {@code m} to {@code z} has the largest {@code m z - m m / 2}.
 */
final class NearestClassMean implements Method {
    static final CatalogEntry<Method> ENTRY = new CatalogEntry<>(
            "ncm",
            "Nearest class mean: means of the features of a network that is not trained",
            "Mensink et al. 2013, Distance-Based Image Classification: Generalizing to New Classes at Near-Zero Cost",
            List.of(),
            settings -> new NearestClassMean());

    @Override
    public String text() {
        return StreamingMeans.TEXT + """
                def classifier_tensors(self) -> List[Tensor]:
                  mean = self.means[0]
                  bias = torch.mul(torch.sum(torch.square(mean), [1]), -0.5)
                  return [mean, self.of_seen(bias)]
                def streamed(self, x: Tensor, y: Tensor, t: Tensor) -> List[Tensor]:
                  z = self.features_of(self.parameters, self.statistics, False, x)
                  discriminant = self.classifier_tensors()
                  scores = torch.linear(z, discriminant[0], discriminant[1])
                  for k in range(torch.size(z, 0)):
                    moved = self.move_mean(torch.narrow(z, 0, k, 1), torch.narrow(y, 0, k, 1))
                  return [torch.zeros([]), scores]
                """;
    }

    @Override
    public List<String> state() {
        return StreamingMeans.STATE;
    }

    @Override
    public String classifier() {
        return "linear-discriminant";
    }

    @Override
    public void beforeTask(TaskContext context) {
        StreamingMeans.grow(context);
    }
}
