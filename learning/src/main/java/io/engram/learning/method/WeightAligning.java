package io.engram.learning.method;

import io.engram.learning.head.Heads;
import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Setting;
import io.engram.learning.setting.Settings;
import java.util.List;

/**
 * Weight aligning (Zhao, Xiao, Gan, Zhang and Xia 2020, "Maintaining Discrimination and Fairness in Class Incremental
 * Learning"): cross-entropy and distillation, weighted by the shares of new and of old classes (equations 1 to 3), and after a
 * task the head's rows of new classes brought to the mean length of those of old classes (equations 8 and 9). Weights of the
 * head are kept from falling below 0 after every step, as in its section 4.3. The network that is distilled next is the
 * aligned one. Exemplars are selected as iCaRL does it.
 */
final class WeightAligning implements ExemplarMethod {
    static final CatalogEntry<Method> ENTRY = new CatalogEntry<>(
            "wa",
            "Distillation with exemplars; after a task, weights of new classes are brought to the length of old ones",
            "Zhao et al. 2020, Maintaining Discrimination and Fairness in Class Incremental Learning",
            List.of(
                    OldNetwork.TEMPERATURE,
                    new Setting.Flag("weight_clipping", "Whether weights of the head are kept at 0 or more", true),
                    HerdedExemplars.PER_CLASS),
            WeightAligning::new);

    private static final String CLIPPING = """
            def after_step(self, gradients: List[Optional[Tensor]], outcome: List[Tensor]) -> int:
              clipped = torch.clamp_min_(self.parameters[-2], 0.)
              return 0
            """;

    private final Settings settings;

    private WeightAligning(Settings settings) {
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
                    kept = self.distillation(torch.narrow(logits, 1, 0, old), self.old_logits(samples), %s)
                    share = torch.div(old, torch.size(logits, 1))
                    loss = torch.add(torch.mul(kept, share), loss, alpha=torch.sub(1., share))
                  return [loss, logits]
                def align(self) -> Tensor:
                  weight = torch.detach(self.parameters[-2])
                  old = self.old_classes()
                  if torch.gt(old, 0):
                    lengths = torch.norm(weight, 2, [1])
                    added = torch.sub(torch.size(weight, 0), old)
                    of_old = torch.mean(torch.narrow(lengths, 0, 0, old))
                    of_new = torch.mean(torch.narrow(lengths, 0, old, added))
                    aligned = torch.mul_(torch.narrow(weight, 0, old, added), torch.div(of_old, of_new))
                  return torch.zeros([0])
                """.formatted(settings.number("temperature"))
                + (settings.flag("weight_clipping") ? CLIPPING : "");
    }

    @Override
    public List<String> state() {
        return OldNetwork.STATE;
    }

    /** Cosine heads have no lengths to align. */
    @Override
    public List<String> heads() {
        return List.of(Heads.LINEAR);
    }

    @Override
    public void afterTask(TaskContext context) {
        context.functions().call("align");
        HerdedExemplars.select(context, settings);
        OldNetwork.keep(context);
    }
}
