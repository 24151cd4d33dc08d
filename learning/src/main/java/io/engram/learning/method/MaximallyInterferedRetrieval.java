package io.engram.learning.method;

import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Setting;
import java.util.List;
import java.util.Map;

/**
 * Maximally interfered retrieval (Aljundi, Caccia, Belilovsky, Caccia, Lin, Charlin and Tuytelaars 2019, "Online Continual
 * Learning with Maximally Interfered Retrieval", algorithm 1 and the criterion s_MI-1): a virtual step on the new batch shows
 * which of {@code candidates} remembered samples would suffer most by it, {@code loss(theta - rate * g; x) - loss(theta; x)} with {@code
 * g} the gradient of the new batch; those are replayed, and the step is taken on them and the new batch as one batch.
 *
 * <p>The virtual step is one of plain gradient descent at the optimiser's learning rate, whatever the optimiser, as in the
 * authors' code. Losses before and after it are those of the network in evaluation mode, so that judging candidates moves no
 * statistics.
 */
final class MaximallyInterferedRetrieval implements Method {
    static final CatalogEntry<Method> ENTRY = new CatalogEntry<>(
            "mir",
            "Experience replay of those remembered samples whose loss the next step would raise most",
            "Aljundi et al. 2019, Online Continual Learning with Maximally Interfered Retrieval",
            List.of(new Setting.Whole(
                    "candidates", "Remembered samples among which a step chooses those it replays", 50, 1, 65536)),
            settings -> new MaximallyInterferedRetrieval(settings.integer("candidates")));

    private final int candidates;

    private MaximallyInterferedRetrieval(int candidates) {
        this.candidates = candidates;
    }

    @Override
    public List<PublishedResult> publishedResults() {
        Map<String, Object> settings = Map.of("candidates", 50.0);
        return List.of(
                PublishedResult.ofAljundi(
                        "87.44 ± 1.73 % (10 seeds) with the authors' code, 85.67 ± 1.43 % (10 seeds) here", settings),
                PublishedResult.ofAljundiPermuted(
                        "80.00 % published",
                        PublishedResult.RETRIEVAL + "; figure of ContinualAI's continual-learning-baselines",
                        settings));
    }

    @Override
    public String text() {
        return """
                def loss(self, x: Tensor, y: Tensor, t: Tensor,
                         candidate_x: Tensor, candidate_y: Tensor, candidate_t: Tensor) -> List[Tensor]:
                  logits = self.logits(x)
                  if torch.gt(torch.size(candidate_x, 0), 0):
                    scores = self.interference(self.cross_entropy(logits, y, t), candidate_x, candidate_y, candidate_t)
                    replayed = torch.narrow(torch.argsort(scores, 0, True), 0, 0, self.replayed_of(candidate_x))
                    logits = torch.cat([logits, self.logits(torch.index_select(candidate_x, 0, replayed))])
                    y = torch.cat([y, torch.index_select(candidate_y, 0, replayed)])
                    t = torch.cat([t, torch.index_select(candidate_t, 0, replayed)])
                  return [self.cross_entropy(logits, y, t), logits]
                def interference(self, loss: Tensor, x: Tensor, y: Tensor, t: Tensor) -> Tensor:
                  gradients = torch.autograd.grad([loss], self.parameters, retain_graph=True)
                  torch.set_grad_enabled(False)
                  virtual = annotate(List[Tensor], [])
                  for k in range(len(self.parameters)):
                    g = gradients[k]
                    if g is None:
                      virtual.append(self.parameters[k])
                    else:
                      virtual.append(torch.sub(self.parameters[k], g, alpha=self.learning_rate()))
                  scores = torch.sub(self.losses_of(virtual, x, y, t), self.losses_of(self.parameters, x, y, t))
                  torch.set_grad_enabled(True)
                  return scores
                def losses_of(self, p: List[Tensor], x: Tensor, y: Tensor, t: Tensor) -> Tensor:
                  logits = self.among(self.logits_of(p, self.statistics, x), t)
                  return torch.cross_entropy_loss(logits, y, reduction=0)
                def replayed_of(self, candidates: Tensor) -> int:
                  return ops.prim.min(self.replay_batch_size(), torch.size(candidates, 0))
                """;
    }

    @Override
    public Replay replay() {
        return Replay.STREAM;
    }

    @Override
    public int drawn(int batchSize) {
        return Math.max(batchSize, candidates);
    }
}
