package io.engram.learning.method;

import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Setting;
import io.engram.learning.setting.Settings;
import java.util.List;

/**
 * Memory aware synapses (Aljundi, Babiloni, Elhoseiny, Rohrbach and Tuytelaars 2018, "Memory Aware Synapses: Learning What
 * (not) to Forget", section 4.1): a parameter matters by how much the squared length of the output {@code F} changes with it,
 * {@code Omega = 1 / N * sum(n) |d ||F(x_n)||^2 / d theta|}, the absolute gradient averaged over samples, one by one; labels are
 * not needed. Importances of all tasks are summed; the penalty is {@code lambda * Omega * (theta - theta*)^2} around the
 * parameters after the last task, without a ½. The output is that before the softmax; where the task is given, over the classes
 * of the task. Units of classes that came later are free.
 */
final class MemoryAwareSynapses implements Method {
    static final CatalogEntry<Method> ENTRY = new CatalogEntry<>(
            "mas",
            "Memory aware synapses: parameters are held by how much the output changes with them",
            "Aljundi et al. 2018, Memory Aware Synapses: Learning What (not) to Forget",
            List.of(new Setting.Number("lambda", "Weight of the penalty", 1.0, 0, false, 1e12), Importance.SAMPLES),
            MemoryAwareSynapses::new);

    private final Settings settings;

    private MemoryAwareSynapses(Settings settings) {
        this.settings = settings;
    }

    @Override
    public String text() {
        return Importance.OLD_ROWS + """
                def loss(self, x: Tensor, y: Tensor, t: Tensor) -> List[Tensor]:
                  logits = self.logits(x)
                  loss = self.cross_entropy(logits, y, t)
                  for k in range(len(self.anchors)):
                    now = self.old_rows(self.parameters[k], self.anchors[k])
                    penalty = torch.sum(torch.mul(self.importance[k], torch.square(torch.sub(now, self.anchors[k]))))
                    loss = torch.add(loss, penalty, alpha=%s)
                  return [loss, logits]
                def begin(self) -> Tensor:
                  torch.append(self.samples, torch.zeros([]))
                  for k in range(len(self.parameters)):
                    torch.append(self.sums, torch.zeros_like(torch.detach(self.parameters[k])))
                  return torch.zeros([0])
                def estimate(self, x: Tensor, y: Tensor, t: Tensor) -> Tensor:
                  for i in range(torch.size(x, 0)):
                    one = self.logits_of(self.parameters, self.statistics, torch.narrow(x, 0, i, 1))
                    output = self.among(one, torch.narrow(t, 0, i, 1))
                    length = torch.sum(torch.square(torch.masked_fill(output, torch.isinf(output), 0.)))
                    gradients = torch.autograd.grad([length], self.parameters)
                    for k in range(len(self.sums)):
                      g = gradients[k]
                      if g is not None:
                        sum = torch.add_(self.sums[k], torch.abs(g))
                  return torch.add_(self.samples[0], torch.size(x, 0))
                def finish(self) -> Tensor:
                  for k in range(len(self.parameters)):
                    importance = torch.div(self.sums[k], self.samples[0])
                    anchor = torch.clone(torch.detach(self.parameters[k]))
                    if torch.lt(k, len(self.importance)):
                      known = torch.add_(self.old_rows(importance, self.importance[k]), self.importance[k])
                      self.importance[k] = importance
                      self.anchors[k] = anchor
                    else:
                      torch.append(self.importance, importance)
                      torch.append(self.anchors, anchor)
                  torch.clear(self.sums)
                  torch.clear(self.samples)
                  return torch.zeros([0])
                """.formatted(settings.number("lambda"));
    }

    @Override
    public List<String> state() {
        return List.of("anchors", "importance", "sums", "samples");
    }

    @Override
    public void afterTask(TaskContext context) {
        context.functions().call("begin");
        Importance.look(settings, context, "estimate");
        context.functions().call("finish");
    }
}
