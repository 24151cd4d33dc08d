package io.engram.learning.method;

import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Setting;
import io.engram.learning.setting.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * BiC (Wu, Chen, Wang, Ye, Liu, Guo and Fu 2019, "Large Scale Incremental Learning"): stage one trains with cross-entropy and
 * distillation, weighted by the shares of new and of old classes (equations 1 to 3); stage two finds the factor and the shift
 * of the logits of new classes that are best on samples that were kept from training, as many of each old as of each new class
 * (equations 4 and 5).
 *
 * <p>As in the paper and its authors' code, only the classes of the last task are corrected, and what is distilled next is the
 * network with that correction (later toolboxes keep the corrections of all tasks). A tenth of the memory holds samples of
 * old classes that are never trained on, the rest exemplars selected by herding. Factor and shift have a convex loss, to whose
 * minimum they are brought by Adam over all of those samples; the paper leaves open how.
 */
final class BiasCorrection implements ExemplarMethod {
    static final CatalogEntry<Method> ENTRY = new CatalogEntry<>(
            "bic",
            "Distillation with exemplars; logits of new classes are corrected on samples that were not trained on",
            "Wu et al. 2019, Large Scale Incremental Learning",
            List.of(
                    OldNetwork.TEMPERATURE,
                    new Setting.Whole("correction_steps", "Steps that find the correction", 500, 1, 1_000_000),
                    new Setting.Number("correction_rate", "Size of those steps", 0.01, 0, true, 10),
                    HerdedExemplars.PER_CLASS),
            BiasCorrection::new);

    /** One sample for validation to nine for training, as in the paper's section 4.2. */
    private static final int SHARE = 10;

    private final Settings settings;

    private BiasCorrection(Settings settings) {
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
                  logits = self.logits(samples)
                  loss = self.cross_entropy(logits, torch.cat([y, replayed_y]), torch.cat([t, replayed_t]))
                  old = self.old_classes()
                  if torch.gt(old, 0):
                    said = self.corrected(self.old_logits(samples), self.correction[0], int(self.correction[1]))
                    kept = self.distillation(torch.narrow(logits, 1, 0, old), said, %1$s)
                    share = torch.div(old, torch.size(logits, 1))
                    loss = torch.add(torch.mul(kept, share), loss, alpha=torch.sub(1., share))
                  return [loss, logits]
                def corrected(self, logits: Tensor, correction: Tensor, first: int) -> Tensor:
                  newest = torch.narrow(logits, 1, first, torch.sub(torch.size(logits, 1), first))
                  moved = torch.add(torch.mul(newest, torch.select(correction, 0, 0)), torch.select(correction, 0, 1))
                  return torch.cat([torch.narrow(logits, 1, 0, first), moved], 1)
                def keep_from_training(self, x: Tensor, y: Tensor, t: Tensor) -> Tensor:
                  if torch.eq(len(self.validation), 0):
                    self.validation = [x, y]
                  else:
                    self.validation = [torch.cat([self.validation[0], x]), torch.cat([self.validation[1], y])]
                  return torch.zeros([0])
                def correct(self) -> Tensor:
                  one = torch.ones([1], dtype=6, device=ops.prim.device(self.parameters[-1]))
                  correction = torch.cat([one, torch.zeros_like(one)])
                  if torch.gt(self.old_classes(), 0):
                    self.minimise(correction)
                  self.correction = [torch.detach(correction), torch.tensor(self.old_classes())]
                  return torch.zeros([0])
                def minimise(self, correction: Tensor) -> int:
                  logits = torch.detach(self.logits_of(self.parameters, self.statistics, self.validation[0]))
                  mean = torch.zeros_like(correction)
                  square = torch.zeros_like(correction)
                  leaf = correction.requires_grad_(True)
                  for k in range(%2$d):
                    moved = self.corrected(logits, correction, self.old_classes())
                    g = torch.autograd.grad([torch.cross_entropy_loss(moved, self.validation[1])], [correction])[0]
                    torch.set_grad_enabled(False)
                    if g is not None:
                      t = float(torch.add(k, 1))
                      mean.lerp_(g, 0.1)
                      square.mul_(0.999).addcmul_(g, g, value=0.001)
                      size = torch.div(%3$s, torch.sub(1., torch.pow(0.9, t)))
                      root = torch.div(torch.sqrt(square), torch.pow(torch.sub(1., torch.pow(0.999, t)), 0.5)).add_(1e-08)
                      correction.addcdiv_(mean, root, value=torch.neg(size))
                    torch.set_grad_enabled(True)
                  return 0
                def reduce_kept(self) -> Tensor:
                  classes = self.class_count(self.parameters)
                  room = torch.floordiv(torch.floordiv(self.memory_capacity(), %4$d), classes)
                  rows = annotate(List[Tensor], [])
                  for c in range(classes):
                    of = torch.reshape(torch.nonzero(torch.eq(self.validation[1], c)), [-1])
                    torch.append(rows, torch.narrow(of, 0, 0, ops.prim.min(room, torch.size(of, 0))))
                  kept = torch.cat(rows)
                  self.validation = [torch.index_select(self.validation[0], 0, kept),
                                     torch.index_select(self.validation[1], 0, kept)]
                  return torch.zeros([0])
                def classifier_tensors(self) -> List[Tensor]:
                  zeros = torch.unsqueeze(self.zeros_of_classes()[1], 0)
                  first = int(self.correction[1])
                  shifts = self.corrected(zeros, self.correction[0], first)
                  factors = torch.sub(self.corrected(torch.add(zeros, 1), self.correction[0], first), shifts)
                  return [torch.select(factors, 0, 0), torch.select(shifts, 0, 0)]
                """.formatted(
                                settings.number("temperature"),
                                settings.integer("correction_steps"),
                                settings.number("correction_rate"),
                                SHARE);
    }

    @Override
    public List<String> state() {
        List<String> state = new ArrayList<>(OldNetwork.STATE);
        state.addAll(List.of("validation", "correction"));
        return state;
    }

    @Override
    public String classifier() {
        return "corrected-argmax";
    }

    @Override
    public int leastMemory(int classes) {
        return SHARE * classes;
    }

    @Override
    public int replayCapacity(int capacity) {
        return capacity - capacity / SHARE;
    }

    /** As many as there are of each old class; of the first classes, as many as are kept of them afterwards. */
    @Override
    public int heldOut(int capacity, int oldClasses, int newClasses) {
        return capacity / SHARE / (oldClasses == 0 ? newClasses : oldClasses);
    }

    @Override
    public void afterTask(TaskContext context) {
        context.heldOut()
                .again(context.heldOut().samples(), batch -> context.functions().call("keep_from_training", batch));
        context.functions().call("correct");
        context.functions().call("reduce_kept");
        HerdedExemplars.select(context, settings);
        OldNetwork.keep(context);
    }
}
