package io.engram.learning.method;

import io.engram.learning.head.Heads;
import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Setting;
import io.engram.learning.setting.Settings;
import java.util.List;

/**
 * PODNet (Douillard, Cord, Ollion, Robert and Valle 2020, "PODNet: Pooled Outputs Distillation for Small-Tasks Incremental
 * Learning"): what the stages of the network give is held to what they gave before the task, pooled over rows and over columns
 * (equation 4, POD-spatial), and so are the features (POD-flat; equation 6 for both); classes have several proxies (equation 7), trained
 * with a margin and without the own class in the denominator, where that is above 0 (equations 8 and 9). The class of the nearest
 * mean of exemplars is chosen ("NME" in the paper).
 *
 * <p>As in the authors' code, outputs are squared, pooled, and brought to length 1 before their distance is taken, stages are
 * averaged, and both weights grow with the square root of all classes over new ones; the defaults are the authors' for NME. Features
 * have length 1 in POD-flat too. Where a stage has no positions, as in an MLP, pooling leaves it as it is. Outputs are taken after the
 * rectified linear units. New classes start from random proxies, and the authors' balanced fine-tuning is left out.
 *
 * <p>The margin times the scale counts in the loss, not in the scale's gradient: from there it would pull the scale down by the margin
 * until the own class leads by more, and past 0 the loss asks that the own class be the farthest. In the authors' code the margin
 * comes off all similarities and cancels, so it does not pull there either.
 */
final class PooledOutputsDistillation implements NearestMeanMethod {
    static final CatalogEntry<Method> ENTRY = new CatalogEntry<>(
            "podnet",
            "Pooled outputs of all stages are held, with exemplars; the nearest mean of exemplars is chosen",
            "Douillard et al. 2020, PODNet: Pooled Outputs Distillation for Small-Tasks Incremental Learning",
            List.of(
                    new Setting.Number("spatial", "Weight of held outputs of stages", 5.0, 0, false, 1e6),
                    new Setting.Number("flat", "Weight of held features", 1.0, 0, false, 1e6),
                    new Setting.Number("margin", "By which the own class must lead", 0.6, 0, false, 2),
                    HerdedExemplars.PER_CLASS),
            PooledOutputsDistillation::new);

    private final Settings settings;

    private PooledOutputsDistillation(Settings settings) {
        this.settings = settings;
    }

    @Override
    public String text() {
        return OldNetwork.TEXT
                + HerdedExemplars.TEXT
                + ExemplarMeans.TEXT
                + """
                def loss(self, x: Tensor, y: Tensor, t: Tensor,
                         replayed_x: Tensor, replayed_y: Tensor, replayed_t: Tensor) -> List[Tensor]:
                  samples = torch.cat([x, replayed_x])
                  outputs = self.stages_of(self.parameters, self.statistics, True, samples)
                  similarities = self.similarities(self.parameters, outputs[-1])
                  scale = self.parameters[-2]
                  loss = self.margin_loss(similarities, scale, torch.cat([y, replayed_y]))
                  old = self.old_classes()
                  if torch.gt(old, 0):
                    before = self.stages_of(self.old_parameters, self.old_statistics, False, samples)
                    classes = torch.size(similarities, 1)
                    weight = torch.pow(torch.div(classes, torch.sub(classes, old)), 0.5)
                    loss = torch.add(loss, self.spatial(before, outputs), alpha=torch.mul(%1$s, weight))
                    loss = torch.add(loss, self.flat(before[-1], outputs[-1]), alpha=torch.mul(%2$s, weight))
                  return [loss, torch.mul(similarities, scale)]
                def margin_loss(self, similarities: Tensor, scale: Tensor, classes: Tensor) -> Tensor:
                  loss = torch.mul(torch.mean(torch.mul(similarities, scale)), 0)
                  if torch.gt(torch.size(similarities, 1), 1):
                    own = torch.to(torch.one_hot(classes, torch.size(similarities, 1)), 11)
                    lead = torch.mul(scale, torch.masked_select(similarities, own))
                    lead = torch.sub(lead, torch.detach(scale), alpha=%3$s)
                    others = torch.logsumexp(torch.masked_fill(torch.mul(similarities, scale), own, -inf), [1])
                    loss = torch.mean(torch.relu(torch.sub(others, lead)))
                  return loss
                def spatial(self, before: List[Tensor], now: List[Tensor]) -> Tensor:
                  total = torch.zeros_like(torch.sum(torch.detach(now[-1])))
                  stages = torch.sub(len(now), 1)
                  for k in range(stages):
                    distance = torch.sub(self.pooled(torch.detach(before[k])), self.pooled(now[k]))
                    total = torch.add(total, torch.mean(torch.norm(distance, 2, [1])))
                  return torch.div(total, ops.prim.max(stages, 1))
                def pooled(self, output: Tensor) -> Tensor:
                  squares = torch.square(output)
                  both = torch.cat([squares, squares], 1)
                  if torch.gt(torch.dim(output), 2):
                    rows = torch.flatten(torch.sum(squares, [3]), 1)
                    both = torch.cat([rows, torch.flatten(torch.sum(squares, [2]), 1)], 1)
                  return self.normalised(both)
                def flat(self, before: Tensor, now: Tensor) -> Tensor:
                  distance = torch.sub(self.normalised(torch.detach(before)), self.normalised(now))
                  return torch.mean(torch.sum(torch.square(distance), [1]))
                """.formatted(settings.number("spatial"), settings.number("flat"), settings.number("margin"));
    }

    @Override
    public List<String> heads() {
        return List.of(Heads.SPLIT_COSINE, Heads.COSINE);
    }

    @Override
    public void afterTask(TaskContext context) {
        HerdedExemplars.select(context, settings);
        ExemplarMeans.take(context);
        OldNetwork.keep(context);
    }
}
