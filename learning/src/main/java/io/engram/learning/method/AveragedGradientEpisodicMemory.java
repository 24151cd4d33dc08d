package io.engram.learning.method;

import io.engram.learning.scenario.ScenarioKind;
import io.engram.learning.setting.CatalogEntry;
import java.util.List;
import java.util.Map;

/**
 * Averaged gradient episodic memory (Chaudhry, Ranzato, Rohrbach and Elhoseiny 2019, "Efficient Lifelong Learning with
 * A-GEM", equations 10 and 11): where a step would raise the loss on a batch drawn from the memory of past tasks, its gradient
 * {@code g} is projected to {@code g - (g . r) / (r . r) r}, with {@code r} the gradient of that loss.
 *
 * <p>As in its algorithm, a task is remembered when it is over, so that {@code r} speaks of past tasks alone; in place of
 * an equal share for each task of a known number, the memory takes up the samples of the task by its own policy.
 */
final class AveragedGradientEpisodicMemory implements Method {
    static final CatalogEntry<Method> ENTRY = new CatalogEntry<>(
            "a-gem",
            "Averaged gradient episodic memory: no step may raise the loss on remembered samples",
            "Chaudhry et al. 2019, Efficient Lifelong Learning with A-GEM",
            List.of(),
            settings -> new AveragedGradientEpisodicMemory());

    @Override
    public List<PublishedResult> publishedResults() {
        return List.of(PublishedResult.ofVanDeVen(
                        ScenarioKind.CLASS_INCREMENTAL,
                        "65.10 % published, 72.11 ± 11.82 % (5 seeds) here",
                        PublishedResult.THREE_TYPES,
                        Map.of())
                .withMemory(1000, 128, "class-balanced-reservoir"));
    }

    @Override
    public String text() {
        return """
                def loss(self, x: Tensor, y: Tensor, t: Tensor,
                         replayed_x: Tensor, replayed_y: Tensor, replayed_t: Tensor) -> List[Tensor]:
                  logits = self.logits(x)
                  outcome = [self.cross_entropy(logits, y, t), logits]
                  if torch.gt(torch.size(replayed_x, 0), 0):
                    torch.append(outcome, self.cross_entropy(self.logits(replayed_x), replayed_y, replayed_t))
                  return outcome
                def adjusted(self, gradients: List[Optional[Tensor]], outcome: List[Tensor]) -> List[Optional[Tensor]]:
                  result = gradients
                  if torch.gt(len(outcome), 2):
                    reference = torch.autograd.grad([outcome[2]], self.parameters)
                    product = self.product(gradients, reference)
                    if bool(torch.lt(product, 0)):
                      share = torch.div(product, self.product(reference, reference))
                      result = self.projected(gradients, reference, share)
                  return result
                def product(self, a: List[Optional[Tensor]], b: List[Optional[Tensor]]) -> Tensor:
                  sum = torch.zeros([], dtype=6, device=ops.prim.device(self.parameters[-1]))
                  for k in range(len(a)):
                    g = a[k]
                    r = b[k]
                    if g is not None:
                      if r is not None:
                        sum = torch.add(sum, torch.sum(torch.mul(g, r)))
                  return sum
                def projected(self, gradients: List[Optional[Tensor]], reference: List[Optional[Tensor]],
                              share: Tensor) -> List[Optional[Tensor]]:
                  result = annotate(List[Optional[Tensor]], [])
                  for k in range(len(gradients)):
                    g = gradients[k]
                    r = reference[k]
                    if g is not None:
                      if r is not None:
                        torch.append(result, torch.sub(g, torch.mul(r, share)))
                      else:
                        torch.append(result, g)
                    else:
                      torch.append(result, g)
                  return result
                """;
    }

    @Override
    public Replay replay() {
        return Replay.EXEMPLARS;
    }

    @Override
    public void afterTask(TaskContext context) {
        context.exemplars().remember(context.trainLoader().source().rows());
    }
}
