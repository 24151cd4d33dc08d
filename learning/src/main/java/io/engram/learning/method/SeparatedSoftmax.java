package io.engram.learning.method;

import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * SS-IL (Ahn, Kwak, Lim, Bang, Kim and Moon 2021, "SS-IL: Separated Softmax for Incremental Learning"): new samples choose
 * among new classes and exemplars among old ones (equation 4), so that a task of one class teaches nothing, in batches of a fixed ratio, and what the old network said is
 * distilled within the classes of each earlier task by itself (equation 5). As in the authors' code, the distillation is
 * times the temperature squared. Exemplars are selected by herding; the authors' code takes the first of each class.
 */
final class SeparatedSoftmax implements ExemplarMethod {
    static final CatalogEntry<Method> ENTRY = new CatalogEntry<>(
            "ssil",
            "Separate softmax for new and old classes, with exemplars and distillation task by task",
            "Ahn et al. 2021, SS-IL: Separated Softmax for Incremental Learning",
            List.of(OldNetwork.TEMPERATURE, HerdedExemplars.PER_CLASS),
            SeparatedSoftmax::new);

    private final Settings settings;

    private SeparatedSoftmax(Settings settings) {
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
                  loss = torch.div(self.separated(logits, y, replayed_y), torch.size(samples, 0))
                  if torch.gt(len(self.ends), 0):
                    loss = torch.add(loss, self.by_task(logits, self.old_logits(samples)))
                  return [loss, logits]
                def separated(self, logits: Tensor, y: Tensor, replayed_y: Tensor) -> Tensor:
                  old = self.old_classes()
                  new = torch.size(y, 0)
                  among_new = torch.narrow(torch.narrow(logits, 0, 0, new), 1, old, torch.sub(torch.size(logits, 1), old))
                  total = torch.cross_entropy_loss(among_new, torch.sub(y, old), None, 2)
                  if torch.gt(torch.size(replayed_y, 0), 0):
                    among_old = torch.narrow(torch.narrow(logits, 0, new, torch.size(replayed_y, 0)), 1, 0, old)
                    total = torch.add(total, torch.cross_entropy_loss(among_old, replayed_y, None, 2))
                  return total
                def with_task(self, total: Tensor, logits: Tensor, targets: Tensor, start: int, end: int) -> Tensor:
                  now = torch.log_softmax(torch.div(torch.narrow(logits, 1, start, torch.sub(end, start)), %1$s), 1)
                  said = torch.softmax(torch.div(torch.narrow(targets, 1, start, torch.sub(end, start)), %1$s), 1)
                  divergence = torch.div(torch.kl_div(now, said, 2), torch.size(logits, 0))
                  return torch.add(total, divergence, alpha=%2$s)
                """.formatted(settings.number("temperature"), Math.pow(settings.number("temperature"), 2));
    }

    @Override
    public List<String> state() {
        List<String> state = new ArrayList<>(OldNetwork.STATE);
        state.addAll(TaskEnds.STATE);
        return state;
    }

    @Override
    public void afterTask(TaskContext context) {
        HerdedExemplars.select(context, settings);
        OldNetwork.keep(context);
        TaskEnds.note(context);
    }
}
