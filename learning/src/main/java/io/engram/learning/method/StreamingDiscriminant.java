package io.engram.learning.method;

import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Setting;
import java.util.List;

/**
 * Deep streaming linear discriminant analysis (Hayes and Kanan 2020, "Lifelong Machine Learning with Deep Streaming Linear
 * Discriminant Analysis", equations 1 to 4): class means and one covariance for all classes, moved by every sample in turn.
 * Neither network nor head are trained; the paper's features come from a network that was trained before.
 *
 * <p>The covariance starts at 0, the paper's case without a base initialisation; the mean of a class before its first sample
 * is 0, as in the authors' code. {@code w} of a class is precision times mean by a Cholesky decomposition rather than by the
 * inverse.
 */
final class StreamingDiscriminant implements Method {
    static final CatalogEntry<Method> ENTRY = new CatalogEntry<>(
            "slda",
            "Deep streaming linear discriminant analysis over the features of a network that is not trained",
            "Hayes and Kanan 2020, Lifelong Machine Learning with Deep Streaming Linear Discriminant Analysis",
            List.of(new Setting.Number("shrinkage", "Share of the identity in the covariance", 1e-4, 0, true, 1)),
            settings -> new StreamingDiscriminant(settings.number("shrinkage")));

    private final double shrinkage;

    private StreamingDiscriminant(double shrinkage) {
        this.shrinkage = shrinkage;
    }

    @Override
    public String text() {
        return StreamingMeans.TEXT + """
                def begin(self) -> Tensor:
                  if torch.eq(len(self.covariance), 0):
                    self.covariance = [torch.zeros_like(torch.matmul(torch.t(self.means[0]), self.means[0]))]
                  return torch.zeros([0])
                def classifier_tensors(self) -> List[Tensor]:
                  mean = self.means[0]
                  identity = torch.diag_embed(torch.ones_like(torch.select(mean, 0, 0)))
                  shrunk = torch.add(torch.mul(self.covariance[0], %2$s), identity, alpha=%1$s)
                  weight = torch.t(torch.cholesky_solve(torch.t(mean), torch.linalg_cholesky(shrunk)))
                  bias = torch.mul(torch.sum(torch.mul(weight, mean), [1]), -0.5)
                  return [torch.contiguous(weight), self.of_seen(bias)]
                def move_covariance(self, z: Tensor, y: Tensor) -> Tensor:
                  t = torch.sum(self.means[1])
                  d = torch.sub(z, torch.index_select(self.means[0], 0, y))
                  share = torch.div(t, torch.add(t, 1))
                  step = torch.mul(torch.matmul(torch.t(d), d), share)
                  return self.covariance[0].mul_(t).add_(step).div_(torch.add(t, 1))
                def streamed(self, x: Tensor, y: Tensor, t: Tensor) -> List[Tensor]:
                  z = self.features_of(self.parameters, self.statistics, False, x)
                  discriminant = self.classifier_tensors()
                  scores = torch.linear(z, discriminant[0], discriminant[1])
                  for k in range(torch.size(z, 0)):
                    one = torch.narrow(z, 0, k, 1)
                    of = torch.narrow(y, 0, k, 1)
                    covariance = self.move_covariance(one, of)
                    moved = self.move_mean(one, of)
                  return [torch.zeros([]), scores]
                """.formatted(shrinkage, 1 - shrinkage);
    }

    @Override
    public List<String> state() {
        return List.of("means", "covariance");
    }

    @Override
    public String classifier() {
        return "linear-discriminant";
    }

    @Override
    public void beforeTask(TaskContext context) {
        StreamingMeans.grow(context);
        context.functions().call("begin");
    }
}
