package io.engram.learning.method;

import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Setting;
import java.util.List;

/**
 * Experience replay with asymmetric metric learning (Caccia, Aljundi, Asadi, Tuytelaars, Pineau and Belilovsky 2022, "New
 * Insights on Reducing Abrupt Representation Change in Online Continual Learning", the equations of the losses of ER-AML): {@code
 * gamma * L_1(X_in) + L_2(X_bf)}. {@code L_2} is the cross-entropy of the replayed batch over all classes seen. {@code L_1} is a
 * supervised contrastive loss whose negatives are of the classes in the new batch alone: the mean over new samples {@code i}, and over
 * the positives {@code p} of each, of {@code -log(exp(sim(i, p) / tau) / sum(q in P(i) + N(i)) exp(sim(i, q) / tau))}, with the
 * cosine of features as {@code sim}, the samples of the same class as {@code P(i)}, and those of other classes as {@code N(i)}.
 *
 * <p>Choices. Positives and negatives are all samples of the new batch and those of the replayed batch that are of its classes;
 * the authors' code draws one of each for every new sample. As there, a new sample that lacks positives or negatives has no
 * part in the first loss, features are divided by their length plus 1e-5, and new batches are learned by cross-entropy while
 * the memory is empty. The default of {@code gamma} is the factor in that code, 0.2 / 0.07.
 */
final class AsymmetricMetricLearning implements Method {
    static final CatalogEntry<Method> ENTRY = new CatalogEntry<>(
            "er-aml",
            "Experience replay whose new samples are set apart from each other by metric learning",
            "Caccia et al. 2022, New Insights on Reducing Abrupt Representation Change in Online Continual Learning",
            List.of(
                    new Setting.Number("gamma", "Weight of metric learning", 2.86, 0, false, 1000),
                    new Setting.Number("temperature", "Divides the similarities", 0.2, 0, true, 1000)),
            settings -> new AsymmetricMetricLearning(settings.number("gamma"), settings.number("temperature")));

    private final double gamma;
    private final double temperature;

    private AsymmetricMetricLearning(double gamma, double temperature) {
        this.gamma = gamma;
        this.temperature = temperature;
    }

    @Override
    public String text() {
        return """
                def loss(self, x: Tensor, y: Tensor, t: Tensor,
                         replayed_x: Tensor, replayed_y: Tensor, replayed_t: Tensor) -> List[Tensor]:
                  features = self.features(torch.cat([x, replayed_x]))
                  logits = self.classified(self.parameters, features)
                  if torch.eq(torch.size(replayed_x, 0), 0):
                    loss = self.cross_entropy(logits, y, t)
                  else:
                    old = torch.narrow(logits, 0, torch.size(x, 0), torch.size(replayed_x, 0))
                    metric = self.contrast(features, y, torch.cat([y, replayed_y]))
                    loss = torch.add(self.cross_entropy(old, replayed_y, replayed_t), metric, alpha=%s)
                  return [loss, logits]
                def contrast(self, features: Tensor, y: Tensor, classes: Tensor) -> Tensor:
                  lengths = torch.linalg_vector_norm(features, 2, [1], True)
                  directions = torch.div(features, torch.add(lengths, 0.00001))
                  new = torch.narrow(directions, 0, 0, torch.size(y, 0))
                  similarities = torch.div(torch.matmul(new, torch.t(directions)), %s)
                  same = torch.eq(torch.unsqueeze(y, 1), torch.unsqueeze(classes, 0))
                  itself = torch.to(torch.eye(torch.size(y, 0), torch.size(classes, 0), dtype=6, device=ops.prim.device(y)), 11)
                  rival = torch.logical_and(torch.any(same, 0), torch.logical_not(same))
                  positive = torch.logical_and(same, torch.logical_not(itself))
                  counts = torch.sum(torch.to(positive, 6), [1])
                  counted = torch.logical_and(torch.gt(counts, 0), torch.any(rival, 1))
                  left_out = torch.logical_and(torch.unsqueeze(counted, 1), torch.logical_not(torch.logical_or(positive, rival)))
                  compared = torch.masked_fill(similarities, left_out, -inf)
                  likelihoods = torch.masked_fill(torch.log_softmax(compared, 1), torch.logical_not(positive), 0)
                  means = torch.div(torch.sum(likelihoods, [1]), torch.clamp_min(counts, 1))
                  parts = torch.masked_fill(means, torch.logical_not(counted), 0)
                  return torch.neg(torch.div(torch.sum(parts), torch.clamp_min(torch.sum(torch.to(counted, 6)), 1)))
                """.formatted(gamma, temperature);
    }

    @Override
    public Replay replay() {
        return Replay.STREAM;
    }
}
