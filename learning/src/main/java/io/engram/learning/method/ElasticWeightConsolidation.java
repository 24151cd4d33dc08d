package io.engram.learning.method;

import io.engram.learning.scenario.ScenarioKind;
import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Setting;
import io.engram.learning.setting.Settings;
import java.util.List;
import java.util.Map;

/**
 * Elastic weight consolidation (Kirkpatrick et al. 2017, "Overcoming Catastrophic Forgetting in Neural Networks", equation
 * 3): {@code lambda / 2 * F * (theta - theta*)^2}, the ½ in the formula, summed over all parameters and over all tasks so
 * far, each with its own F and theta* (as in its section 2.1; not the running sum that Huszár 2018 proposes). The paper
 * leaves the estimate of F open; this is the expectation over the model's own outputs, as van de Ven, Tuytelaars and Tolias
 * 2022, "Three Types of Incremental Learning", have it. Units of classes that came later are free.
 */
final class ElasticWeightConsolidation implements Method {
    static final CatalogEntry<Method> ENTRY = new CatalogEntry<>(
            "ewc",
            "Elastic weight consolidation: parameters that mattered to earlier tasks are held, one penalty for each task",
            "Kirkpatrick et al. 2017, Overcoming Catastrophic Forgetting in Neural Networks",
            List.of(
                    new Setting.Number(
                            "lambda", "Weight of the penalties, of which half is taken", 10.0, 0, false, 1e12),
                    Importance.SAMPLES),
            ElasticWeightConsolidation::new);

    private final Settings settings;

    private ElasticWeightConsolidation(Settings settings) {
        this.settings = settings;
    }

    @Override
    public List<PublishedResult> publishedResults() {
        return List.of(
                published(ScenarioKind.CLASS_INCREMENTAL, "20.64 % published", 1e9),
                published(ScenarioKind.TASK_INCREMENTAL, "99.06 % published", 1e5),
                published(ScenarioKind.DOMAIN_INCREMENTAL, "63.03 % published", 1e10));
    }

    private static PublishedResult published(ScenarioKind kind, String figure, double lambda) {
        return PublishedResult.ofVanDeVen(kind, figure, PublishedResult.THREE_TYPES, Map.of("lambda", lambda));
    }

    @Override
    public String text() {
        return Importance.FISHER + Importance.OLD_ROWS + """
                def loss(self, x: Tensor, y: Tensor, t: Tensor) -> List[Tensor]:
                  logits = self.logits(x)
                  loss = self.cross_entropy(logits, y, t)
                  for j in range(len(self.anchors)):
                    anchor = self.anchors[j]
                    now = self.old_rows(self.parameters[torch.remainder(j, len(self.parameters))], anchor)
                    penalty = torch.sum(torch.mul(self.fisher[j], torch.square(torch.sub(now, anchor))))
                    loss = torch.add(loss, penalty, alpha=%s)
                  return [loss, logits]
                def begin(self) -> Tensor:
                  torch.append(self.samples, torch.zeros([]))
                  for k in range(len(self.parameters)):
                    torch.append(self.anchors, torch.clone(torch.detach(self.parameters[k])))
                    torch.append(self.fisher, torch.zeros_like(torch.detach(self.parameters[k])))
                  return torch.zeros([0])
                def estimate(self, x: Tensor, y: Tensor, t: Tensor) -> Tensor:
                  first = torch.sub(len(self.fisher), len(self.parameters))
                  done = self.fisher_of(x, t, torch.slice(self.fisher, first))
                  return torch.add_(self.samples[-1], torch.size(x, 0))
                def finish(self) -> Tensor:
                  for k in range(len(self.parameters)):
                    mean = torch.div_(self.fisher[torch.sub(torch.neg(k), 1)], self.samples[-1])
                  return torch.zeros([0])
                """.formatted(settings.number("lambda") / 2);
    }

    @Override
    public List<String> state() {
        return List.of("anchors", "fisher", "samples");
    }

    @Override
    public void afterTask(TaskContext context) {
        context.functions().call("begin");
        Importance.look(settings, context, "estimate");
        context.functions().call("finish");
    }
}
