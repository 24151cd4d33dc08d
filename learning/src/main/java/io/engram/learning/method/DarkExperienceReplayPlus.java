package io.engram.learning.method;

import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Setting;
import java.util.List;
import java.util.Map;

/**
 * Dark experience replay++ (Buzzega, Boschini, Porrello, Abati and Calderara 2020, "Dark Experience for General Continual
 * Learning: a Strong, Simple Baseline", equation 7): {@link DarkExperienceReplay}, and beside it the cross-entropy of a second
 * replayed batch.
 *
 * <p>Classes that were not known are as there. The two batches are one draw of twice as many samples: its first half is held to the remembered logits, its second half
 * to the labels. No sample is drawn twice, so that the halves are disjoint, where the paper draws one after the other from the
 * whole memory.
 */
final class DarkExperienceReplayPlus implements Method {
    static final CatalogEntry<Method> ENTRY = new CatalogEntry<>(
            "der++",
            "Dark experience replay, and cross-entropy on a second replayed batch",
            "Buzzega et al. 2020, Dark Experience for General Continual Learning: a Strong, Simple Baseline",
            List.of(
                    new Setting.Number("alpha", "Weight of the remembered logits", 0.1, 0, false, 1000),
                    new Setting.Number("beta", "Weight of the remembered labels", 0.5, 0, false, 1000)),
            settings -> new DarkExperienceReplayPlus(settings.number("alpha"), settings.number("beta")));

    private final double alpha;
    private final double beta;

    private DarkExperienceReplayPlus(double alpha, double beta) {
        this.alpha = alpha;
        this.beta = beta;
    }

    @Override
    public List<PublishedResult> publishedResults() {
        return List.of(
                PublishedResult.ofBuzzega("89.25 ± 1.76 % (5 seeds) here", Map.of("alpha", 1.0, "beta", 0.5), 10));
    }

    @Override
    public String text() {
        return """
                def loss(self, x: Tensor, y: Tensor, t: Tensor,
                         replayed_x: Tensor, replayed_y: Tensor, replayed_t: Tensor, replayed_logits: Tensor) -> List[Tensor]:
                  logits = self.logits(torch.cat([x, replayed_x]))
                  size = torch.size(x, 0)
                  loss = self.cross_entropy(torch.narrow(logits, 0, 0, size), y, t)
                  second = torch.floordiv(torch.size(replayed_x, 0), 2)
                  first = torch.sub(torch.size(replayed_x, 0), second)
                  if torch.gt(first, 0):
                    held = torch.narrow(logits, 0, size, first)
                    loss = torch.add(loss, torch.mse_loss(held, torch.narrow(replayed_logits, 0, 0, first)), alpha=%s)
                  if torch.gt(second, 0):
                    old = torch.narrow(logits, 0, torch.add(size, first), second)
                    labels = torch.narrow(replayed_y, 0, first, second)
                    tasks = torch.narrow(replayed_t, 0, first, second)
                    loss = torch.add(loss, self.cross_entropy(old, labels, tasks), alpha=%s)
                  return [loss, logits]
                """.formatted(alpha, beta);
    }

    @Override
    public Replay replay() {
        return Replay.STREAM_WITH_LOGITS;
    }

    @Override
    public int drawn(int batchSize) {
        return 2 * batchSize;
    }
}
