package io.engram.learning.method;

import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Setting;
import io.engram.learning.setting.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * EEIL (Castro, Marin-Jimenez, Guil, Schmid and Alahari 2018, "End-to-End Incremental Learning"): cross-entropy over all classes
 * plus, for the classes of each earlier task by themselves, distillation of the old network (the cross-distilled loss, equations 1 to
 * 3), on new samples and exemplars alike; then, from the second task on, fine-tuning at a small rate on a balanced subset, the
 * exemplars of all classes, in which the task's own classes are distilled too, from the network as the training left it.
 *
 * <p>Exemplars are selected by herding once, before the fine-tuning, for which the paper selects new ones afterwards. Fine-tuning
 * is plain gradient descent in batches of the size that is replayed; batch {@code k} of {@code n} has every {@code n}th exemplar from
 * the {@code k}th, so that all have their share of every class. The paper's noise on gradients is left out, and its augmentation is the
 * run's.
 */
final class EndToEndIncrementalLearning implements ExemplarMethod {
    static final CatalogEntry<Method> ENTRY = new CatalogEntry<>(
            "eeil",
            "Distillation task by task with exemplars, then fine-tuning on as many samples of each class",
            "Castro et al. 2018, End-to-End Incremental Learning",
            List.of(
                    OldNetwork.TEMPERATURE,
                    new Setting.Whole("finetuning_epochs", "Passes over the balanced subset", 30, 0, 10000),
                    new Setting.Number("finetuning_rate", "Size of the steps on it", 0.01, 0, true, 10),
                    HerdedExemplars.PER_CLASS),
            EndToEndIncrementalLearning::new);

    private final Settings settings;

    private EndToEndIncrementalLearning(Settings settings) {
        this.settings = settings;
    }

    @Override
    public String text() {
        return OldNetwork.TEXT
                + HerdedExemplars.TEXT
                + TaskEnds.TEXT
                + """
                def loss(self, x: Tensor, y: Tensor, t: Tensor,
                         replayed_x: Tensor, replayed_y: Tensor, replayed_t: Tensor) -> List[Tensor]:
                  samples = torch.cat([x, replayed_x])
                  logits = self.logits(samples)
                  loss = self.cross_entropy(logits, torch.cat([y, replayed_y]), torch.cat([t, replayed_t]))
                  if torch.gt(len(self.ends), 0):
                    loss = torch.add(loss, self.by_task(logits, self.old_logits(samples)))
                  return [loss, logits]
                def with_task(self, total: Tensor, logits: Tensor, targets: Tensor, start: int, end: int) -> Tensor:
                  now = torch.narrow(logits, 1, start, torch.sub(end, start))
                  said = torch.narrow(targets, 1, start, torch.sub(end, start))
                  return torch.add(total, self.distillation(now, said, %1$s))
                def balance(self, x: Tensor, y: Tensor, t: Tensor) -> Tensor:
                  if torch.eq(len(self.balanced), 0):
                    self.balanced = [torch.clone(x), torch.clone(y), torch.clone(t)]
                  else:
                    self.balanced = [torch.cat([self.balanced[0], x]), torch.cat([self.balanced[1], y]),
                                     torch.cat([self.balanced[2], t])]
                  return torch.zeros([0])
                def finetune(self) -> Tensor:
                  if torch.gt(len(self.balanced), 0):
                    if torch.gt(len(self.ends), 0):
                      self.descend()
                  torch.clear(self.balanced)
                  return torch.zeros([0])
                def descend(self) -> int:
                  x = self.balanced[0]
                  old = torch.detach(self.old_logits(x))
                  trained = torch.detach(self.logits_of(self.parameters, self.statistics, x))
                  targets = torch.cat([old, torch.slice(trained, 1, torch.size(old, 1), 9223372036854775807, 1)], 1)
                  samples = torch.size(x, 0)
                  batch = ops.prim.min(self.replay_batch_size(), samples)
                  batches = torch.floordiv(torch.sub(torch.add(samples, batch), 1), batch)
                  for epoch in range(%2$d):
                    for k in range(batches):
                      rows = torch.slice(torch.arange(samples, dtype=4, device=ops.prim.device(x)), 0, k, samples, batches)
                      self.finetuning_step(rows, torch.index_select(targets, 0, rows))
                  return 0
                def finetuning_step(self, rows: Tensor, targets: Tensor) -> int:
                  logits = self.logits(torch.index_select(self.balanced[0], 0, rows))
                  y = torch.index_select(self.balanced[1], 0, rows)
                  loss = self.cross_entropy(logits, y, torch.index_select(self.balanced[2], 0, rows))
                  loss = torch.add(loss, self.by_task(logits, targets))
                  known = self.old_classes()
                  loss = self.with_task(loss, logits, targets, known, torch.size(logits, 1))
                  gradients = torch.autograd.grad([loss], self.parameters)
                  torch.set_grad_enabled(False)
                  for k in range(len(self.parameters)):
                    g = gradients[k]
                    if g is not None:
                      moved = torch.sub_(self.parameters[k], g, alpha=%3$s)
                  torch.set_grad_enabled(True)
                  return 0
                """.formatted(
                                settings.number("temperature"),
                                settings.integer("finetuning_epochs"),
                                settings.number("finetuning_rate"));
    }

    /** Among them the exemplars while they are trained on. */
    @Override
    public List<String> state() {
        List<String> state = new ArrayList<>(OldNetwork.STATE);
        state.addAll(TaskEnds.STATE);
        state.add("balanced");
        return state;
    }

    @Override
    public void afterTask(TaskContext context) {
        HerdedExemplars.select(context, settings);
        context.exemplars().forEachBatch(batch -> context.functions().call("balance", batch));
        context.functions().call("finetune");
        OldNetwork.keep(context);
        TaskEnds.note(context);
    }
}
