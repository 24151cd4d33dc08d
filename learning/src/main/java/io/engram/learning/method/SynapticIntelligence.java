package io.engram.learning.method;

import io.engram.learning.scenario.ScenarioKind;
import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Setting;
import java.util.List;
import java.util.Map;

/**
 * Synaptic intelligence (Zenke, Poole and Ganguli 2017, "Continual Learning Through Synaptic Intelligence", equations 3 to
 * 5): along the way through a task, {@code omega} sums gradient times movement, {@code -g * (theta' - theta)}; at its end
 * {@code Omega += omega / ((theta - theta*)^2 + xi)}; the penalty is {@code c * Omega * (theta - theta*)^2}, without a ½.
 * {@code g} is the gradient of the task's loss alone, as in the authors' code (van de Ven, Tuytelaars and Tolias 2022 take
 * that of loss and penalty). Negative omegas are kept, as in the paper; the authors' code cuts them at 0.
 *
 * <p>The penalty comes in by its gradient, {@code 2 c Omega (theta - theta*)}: the loss that is reported is that of the task.
 */
final class SynapticIntelligence implements Method {
    static final CatalogEntry<Method> ENTRY = new CatalogEntry<>(
            "si",
            "Synaptic intelligence: parameters are held by what their movement took off the loss of earlier tasks",
            "Zenke, Poole and Ganguli 2017, Continual Learning Through Synaptic Intelligence",
            List.of(
                    new Setting.Number("c", "Weight of the penalty", 1.0, 0, false, 1e12),
                    new Setting.Number(
                            "xi", "Keeps importances of parameters that hardly moved bounded", 0.001, 0, true, 1e6)),
            settings -> new SynapticIntelligence(settings.number("c"), settings.number("xi")));

    private final double c;
    private final double xi;

    private SynapticIntelligence(double c, double xi) {
        this.c = c;
        this.xi = xi;
    }

    @Override
    public List<PublishedResult> publishedResults() {
        return List.of(
                published(ScenarioKind.CLASS_INCREMENTAL, "20.04 % published", 5000),
                published(ScenarioKind.TASK_INCREMENTAL, "99.14 % published", 10),
                published(ScenarioKind.DOMAIN_INCREMENTAL, "63.77 % published", 50000));
    }

    private static PublishedResult published(ScenarioKind kind, String figure, double c) {
        return PublishedResult.ofVanDeVen(
                kind, figure, PublishedResult.FEEDBACK_CONNECTIONS, Map.of("c", c, "xi", 0.1));
    }

    @Override
    public String text() {
        return """
                def loss(self, x: Tensor, y: Tensor, t: Tensor) -> List[Tensor]:
                  logits = self.logits(x)
                  return [self.cross_entropy(logits, y, t), logits]
                def adjusted(self, gradients: List[Optional[Tensor]], outcome: List[Tensor]) -> List[Optional[Tensor]]:
                  result = annotate(List[Optional[Tensor]], [])
                  for k in range(len(gradients)):
                    g = gradients[k]
                    if g is None:
                      torch.append(result, g)
                    else:
                      torch.append(result, torch.add(g, self.pull(k), alpha=%1$s))
                      kept = torch.copy_(self.task_gradients[k], g)
                      kept = torch.copy_(self.before[k], self.parameters[k])
                  return result
                def pull(self, k: int) -> Tensor:
                  return torch.mul(self.importance[k], torch.sub(self.parameters[k], self.anchors[k]))
                def after_step(self, gradients: List[Optional[Tensor]], outcome: List[Tensor]) -> int:
                  for k in range(len(self.parameters)):
                    moved = torch.sub(self.parameters[k], self.before[k])
                    path = torch.addcmul_(self.paths[k], self.task_gradients[k], moved, value=-1)
                  return 0
                def begin(self) -> Tensor:
                  for k in range(len(self.parameters)):
                    p = torch.detach(self.parameters[k])
                    if torch.ge(k, len(self.anchors)):
                      torch.append(self.anchors, torch.clone(p))
                      torch.append(self.importance, torch.zeros_like(p))
                      torch.append(self.paths, torch.zeros_like(p))
                      torch.append(self.task_gradients, torch.zeros_like(p))
                      torch.append(self.before, torch.zeros_like(p))
                    known = torch.size(self.anchors[k], 0)
                    added = torch.narrow(p, 0, known, torch.sub(torch.size(p, 0), known))
                    if torch.gt(torch.size(added, 0), 0):
                      nothing = torch.zeros_like(added)
                      self.anchors[k] = torch.cat([self.anchors[k], added])
                      self.importance[k] = torch.cat([self.importance[k], nothing])
                      self.paths[k] = torch.cat([self.paths[k], nothing])
                      self.task_gradients[k] = torch.zeros_like(p)
                      self.before[k] = torch.zeros_like(p)
                  return torch.zeros([0])
                def consolidate(self) -> Tensor:
                  for k in range(len(self.parameters)):
                    p = torch.detach(self.parameters[k])
                    distance = torch.add(torch.square(torch.sub(p, self.anchors[k])), %2$s)
                    added = torch.add_(self.importance[k], torch.div(self.paths[k], distance))
                    self.anchors[k] = torch.clone(p)
                    self.paths[k] = torch.zeros_like(p)
                  return torch.zeros([0])
                """.formatted(2 * c, xi);
    }

    /** The last two hold nothing between steps. */
    @Override
    public List<String> state() {
        return List.of("anchors", "importance", "paths", "task_gradients", "before");
    }

    @Override
    public void beforeTask(TaskContext context) {
        context.functions().call("begin");
    }

    @Override
    public void afterTask(TaskContext context) {
        context.functions().call("consolidate");
    }
}
