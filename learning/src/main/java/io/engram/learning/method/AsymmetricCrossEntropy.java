package io.engram.learning.method;

import io.engram.learning.setting.CatalogEntry;
import java.util.List;

/**
 * Experience replay with asymmetric cross-entropy (Caccia, Aljundi, Asadi, Tuytelaars, Pineau and Belilovsky 2022, "New
 * Insights on Reducing Abrupt Representation Change in Online Continual Learning", the equation of the loss of ER-ACE): {@code
 * L_ce(X_bf, C_old + C_curr) + L_ce(X_in, C_curr)}, with {@code L_ce(X, C)} the mean over {@code (x, y)} in {@code X} of {@code
 * -log(exp(logit_y(x)) / sum(c in C) exp(logit_c(x)))}. So the cross-entropy of the new batch {@code X_in} is over the classes in that
 * batch alone, and new classes do not push old ones away; that of the replayed batch {@code X_bf} is over all classes seen.
 *
 * <p>As in the paper's equation, the first task is no exception. The head holds no classes that were never seen, so that those,
 * which the authors' code leaves in the sum, play no part.
 */
final class AsymmetricCrossEntropy implements Method {
    static final CatalogEntry<Method> ENTRY = new CatalogEntry<>(
            "er-ace",
            "Experience replay whose new samples compete among the classes of their batch alone",
            "Caccia et al. 2022, New Insights on Reducing Abrupt Representation Change in Online Continual Learning",
            List.of(),
            settings -> new AsymmetricCrossEntropy());

    @Override
    public String text() {
        return """
                def loss(self, x: Tensor, y: Tensor, t: Tensor,
                         replayed_x: Tensor, replayed_y: Tensor, replayed_t: Tensor) -> List[Tensor]:
                  logits = self.logits(torch.cat([x, replayed_x]))
                  new = torch.narrow(logits, 0, 0, torch.size(x, 0))
                  absent = torch.index_fill(torch.ones_like(torch.select(new, 0, 0)), 0, y, 0)
                  present = torch.masked_fill(new, torch.to(absent, 11), -inf)
                  loss = self.cross_entropy(present, y, t)
                  if torch.gt(torch.size(replayed_x, 0), 0):
                    old = torch.narrow(logits, 0, torch.size(x, 0), torch.size(replayed_x, 0))
                    loss = torch.add(loss, self.cross_entropy(old, replayed_y, replayed_t))
                  return [loss, logits]
                """;
    }

    @Override
    public Replay replay() {
        return Replay.STREAM;
    }
}
