package io.engram.learning.method;

import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Setting;
import io.engram.learning.setting.Settings;
import java.util.List;

/**
 * Online elastic weight consolidation (Schwarz et al. 2018, "Progress & Compress: a Scalable Framework for Continual
 * Learning", section 4 on online EWC): one penalty, {@code lambda / 2 * gamma * F * (theta - theta*)^2}, around the
 * parameters after the last task, with a running sum {@code F <- gamma * F + F_task}. As the paper has it, the sum in the
 * penalty is weighted by gamma too; the sum is not normalised. F of a task is that of {@link ElasticWeightConsolidation}.
 */
final class OnlineElasticWeightConsolidation implements Method {
    static final CatalogEntry<Method> ENTRY = new CatalogEntry<>(
            "online-ewc",
            "Online elastic weight consolidation: one penalty, around the last parameters, with a running importance",
            "Schwarz et al. 2018, Progress & Compress: a Scalable Framework for Continual Learning",
            List.of(
                    new Setting.Number("lambda", "Weight of the penalty, of which half is taken", 10.0, 0, false, 1e12),
                    new Setting.Number(
                            "gamma", "What is kept of earlier importances with every task", 0.95, 0, false, 1),
                    Importance.SAMPLES),
            OnlineElasticWeightConsolidation::new);

    private final Settings settings;

    private OnlineElasticWeightConsolidation(Settings settings) {
        this.settings = settings;
    }

    @Override
    public String text() {
        double gamma = settings.number("gamma");
        return Importance.FISHER + Importance.OLD_ROWS + """
                def loss(self, x: Tensor, y: Tensor, t: Tensor) -> List[Tensor]:
                  logits = self.logits(x)
                  loss = self.cross_entropy(logits, y, t)
                  for k in range(len(self.anchors)):
                    anchor = self.anchors[k]
                    now = self.old_rows(self.parameters[k], anchor)
                    penalty = torch.sum(torch.mul(self.fisher[k], torch.square(torch.sub(now, anchor))))
                    loss = torch.add(loss, penalty, alpha=%s)
                  return [loss, logits]
                def begin(self) -> Tensor:
                  torch.append(self.samples, torch.zeros([]))
                  for k in range(len(self.parameters)):
                    torch.append(self.task_fisher, torch.zeros_like(torch.detach(self.parameters[k])))
                  return torch.zeros([0])
                def estimate(self, x: Tensor, y: Tensor, t: Tensor) -> Tensor:
                  done = self.fisher_of(x, t, self.task_fisher)
                  return torch.add_(self.samples[0], torch.size(x, 0))
                def finish(self) -> Tensor:
                  for k in range(len(self.parameters)):
                    fisher = torch.div(self.task_fisher[k], self.samples[0])
                    anchor = torch.clone(torch.detach(self.parameters[k]))
                    if torch.lt(k, len(self.fisher)):
                      known = torch.add_(self.old_rows(fisher, self.fisher[k]), self.fisher[k], alpha=%s)
                      self.fisher[k] = fisher
                      self.anchors[k] = anchor
                    else:
                      torch.append(self.fisher, fisher)
                      torch.append(self.anchors, anchor)
                  torch.clear(self.task_fisher)
                  torch.clear(self.samples)
                  return torch.zeros([0])
                """.formatted(settings.number("lambda") / 2 * gamma, gamma);
    }

    @Override
    public List<String> state() {
        return List.of("anchors", "fisher", "task_fisher", "samples");
    }

    @Override
    public void afterTask(TaskContext context) {
        context.functions().call("begin");
        Importance.look(settings, context, "estimate");
        context.functions().call("finish");
    }
}
