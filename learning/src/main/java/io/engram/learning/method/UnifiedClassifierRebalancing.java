package io.engram.learning.method;

import io.engram.learning.head.Heads;
import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Setting;
import io.engram.learning.setting.Settings;
import java.util.List;

/**
 * LUCIR (Hou, Pan, Loy, Wang and Lin 2019, "Learning a Unified Classifier Incrementally via Rebalancing"): a cosine head (equation
 * 4); the directions of features are held to those of the old network (equation 6, less-forget); and samples of old classes are kept
 * apart, by a margin, from the new classes nearest to them (equation 8, inter-class separation); together as in equation 9, the
 * second term once there is an old network, the third a mean over samples of old classes.
 *
 * <p>The weight of the second grows with the square root of old classes over new ones, as in the authors' code; the paper has the
 * inverse. Features are those of the backbone, after its last rectified linear unit, which the authors leave out. New classes start
 * from random weights, not from the means of their features, of which the paper does not speak. The class of the largest cosine is
 * chosen ("CNN" in the paper); its class-balanced fine-tuning is left out.
 */
final class UnifiedClassifierRebalancing implements ExemplarMethod {
    static final CatalogEntry<Method> ENTRY = new CatalogEntry<>(
            "lucir",
            "Cosine head, held features, and a margin between old samples and new classes, with exemplars",
            "Hou et al. 2019, Learning a Unified Classifier Incrementally via Rebalancing",
            List.of(
                    new Setting.Number(
                            "lambda_base",
                            "Weight of held features for as many old as new classes",
                            5.0,
                            0,
                            false,
                            1e6),
                    new Setting.Number(
                            "margin", "Between a sample's own class and the nearest new ones", 0.5, 0, false, 2),
                    new Setting.Whole("nearest", "New classes that a sample is kept apart from", 2, 1, 1000),
                    new Setting.Number("margin_weight", "Weight of that", 1.0, 0, false, 1e6),
                    HerdedExemplars.PER_CLASS),
            UnifiedClassifierRebalancing::new);

    private final Settings settings;

    private UnifiedClassifierRebalancing(Settings settings) {
        this.settings = settings;
    }

    @Override
    public String text() {
        return OldNetwork.TEXT
                + HerdedExemplars.TEXT
                + """
                def loss(self, x: Tensor, y: Tensor, t: Tensor,
                         replayed_x: Tensor, replayed_y: Tensor, replayed_t: Tensor) -> List[Tensor]:
                  samples = torch.cat([x, replayed_x])
                  classes = torch.cat([y, replayed_y])
                  features = self.features(samples)
                  cosines = self.similarities(self.parameters, features)
                  logits = torch.mul(cosines, self.parameters[-2])
                  loss = self.cross_entropy(logits, classes, torch.cat([t, replayed_t]))
                  old = self.old_classes()
                  if torch.gt(old, 0):
                    ratio = torch.div(old, torch.sub(torch.size(logits, 1), old))
                    weight = torch.mul(%1$s, torch.pow(ratio, 0.5))
                    loss = torch.add(loss, self.turned(features, samples), alpha=weight)
                    loss = torch.add(loss, self.too_near(cosines, classes, old), alpha=%2$s)
                  return [loss, logits]
                def turned(self, features: Tensor, samples: Tensor) -> Tensor:
                  before = torch.detach(self.features_of(self.old_parameters, self.old_statistics, False, samples))
                  cosines = torch.sum(torch.mul(self.normalised(before), self.normalised(features)), [1])
                  return torch.mean(torch.rsub(cosines, 1))
                def too_near(self, cosines: Tensor, classes: Tensor, old: int) -> Tensor:
                  rows = torch.reshape(torch.nonzero(torch.lt(classes, old)), [-1])
                  of_old = torch.index_select(cosines, 0, rows)
                  own = torch.gather(of_old, 1, torch.unsqueeze(torch.index_select(classes, 0, rows), 1))
                  new = torch.sub(torch.size(cosines, 1), old)
                  nearest, which, = torch.topk(torch.narrow(of_old, 1, old, new), ops.prim.min(%3$d, new))
                  each = torch.sum(torch.relu(torch.add(torch.sub(nearest, own), %4$s)), [1])
                  return torch.div(torch.sum(each), ops.prim.max(torch.size(rows, 0), 1))
                """.formatted(
                                settings.number("lambda_base"),
                                settings.number("margin_weight"),
                                settings.integer("nearest"),
                                settings.number("margin"));
    }

    @Override
    public List<String> state() {
        return OldNetwork.STATE;
    }

    @Override
    public List<String> heads() {
        return List.of(Heads.COSINE, Heads.SPLIT_COSINE);
    }

    @Override
    public void afterTask(TaskContext context) {
        HerdedExemplars.select(context, settings);
        OldNetwork.keep(context);
    }
}
