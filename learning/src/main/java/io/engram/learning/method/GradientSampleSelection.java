package io.engram.learning.method;

import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Setting;
import java.util.List;

/**
 * GSS-Greedy (Aljundi, Lin, Goujaud and Bengio 2019, "Gradient Based Sample Selection for Online Continual Learning", algorithm
 * 2): experience replay whose memory keeps samples that pull the network in other directions than the rest. A new sample's score is 1 plus
 * the largest cosine between the gradient of its loss and those of {@code compared} samples of the memory; the insertion policy
 * {@code least-similar} decides by it.
 *
 * <p>The samples that are compared are the first of those replayed, which are as random. Gradients are those of the network in
 * evaluation mode before the step, where the authors' code takes them after it. While the memory is empty, scores are 1.1, as there.
 */
final class GradientSampleSelection implements Method {
    static final CatalogEntry<Method> ENTRY = new CatalogEntry<>(
            "gss-greedy",
            "Experience replay from a memory of samples whose gradients are unlike each other",
            "Aljundi et al. 2019, Gradient Based Sample Selection for Online Continual Learning",
            List.of(new Setting.Whole(
                    "compared", "Remembered samples that new ones are compared with in a step", 10, 1, 65536)),
            settings -> new GradientSampleSelection(settings.integer("compared")));

    private final int compared;

    private GradientSampleSelection(int compared) {
        this.compared = compared;
    }

    @Override
    public String text() {
        return """
                def loss(self, x: Tensor, y: Tensor, t: Tensor,
                         remembered_x: Tensor, remembered_y: Tensor, remembered_t: Tensor) -> List[Tensor]:
                  replayed = ops.prim.min(self.replay_batch_size(), torch.size(remembered_x, 0))
                  samples = torch.cat([x, torch.narrow(remembered_x, 0, 0, replayed)])
                  classes = torch.cat([y, torch.narrow(remembered_y, 0, 0, replayed)])
                  tasks = torch.cat([t, torch.narrow(remembered_t, 0, 0, replayed)])
                  logits = self.logits(samples)
                  return [self.cross_entropy(logits, classes, tasks), logits,
                          self.scores(self.directions(x, y, t), remembered_x, remembered_y, remembered_t)]
                def scores(self, new: List[Tensor], x: Tensor, y: Tensor, t: Tensor) -> Tensor:
                  directions = torch.stack(new)
                  scores = torch.add(torch.zeros_like(torch.select(directions, 1, 0)), 1.1)
                  held = ops.prim.min(%d, torch.size(x, 0))
                  if torch.gt(held, 0):
                    others = self.directions(torch.narrow(x, 0, 0, held), torch.narrow(y, 0, 0, held), torch.narrow(t, 0, 0, held))
                    cosines = torch.matmul(directions, torch.t(torch.stack(others)))
                    scores = torch.clamp_min(torch.add(torch.amax(cosines, [1]), 1), 0)
                  return scores
                def directions(self, x: Tensor, y: Tensor, t: Tensor) -> List[Tensor]:
                  directions = annotate(List[Tensor], [])
                  for k in range(torch.size(x, 0)):
                    logits = self.logits_of(self.parameters, self.statistics, torch.narrow(x, 0, k, 1))
                    loss = self.cross_entropy(logits, torch.narrow(y, 0, k, 1), torch.narrow(t, 0, k, 1))
                    gradients = torch.autograd.grad([loss], self.parameters)
                    parts = annotate(List[Tensor], [])
                    for j in range(len(gradients)):
                      g = gradients[j]
                      if g is not None:
                        torch.append(parts, torch.flatten(g))
                    gradient = torch.cat(parts)
                    torch.append(directions, torch.div(gradient, torch.clamp_min(torch.norm(gradient, 2), 1e-12)))
                  return directions
                """.formatted(compared);
    }

    @Override
    public Replay replay() {
        return Replay.STREAM_WITH_SCORES;
    }

    @Override
    public int drawn(int batchSize) {
        return Math.max(batchSize, compared);
    }

    @Override
    public String insertionPolicy() {
        return "least-similar";
    }
}
