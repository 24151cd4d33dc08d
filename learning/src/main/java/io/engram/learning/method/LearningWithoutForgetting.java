package io.engram.learning.method;

import io.engram.learning.scenario.ScenarioKind;
import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Setting;
import io.engram.learning.setting.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Learning without forgetting (Li and Hoiem 2016, "Learning without Forgetting", equations 1 to 4 and figure 3): on the
 * samples of the new task, the model is held to what the model after the last task says about the old classes, by the
 * cross-entropy of softened probabilities, with temperature {@code T}: {@code lambda * -sum(softmax(old / T) *
 * log_softmax(new / T))}, not multiplied by {@code T^2}.
 *
 * <p>Only old units are distilled, among themselves; where the task is given, those of each old task among themselves, summed
 * over the old tasks, as in the paper. Where it is not, {@code by_tasks} multiplies by the number of old tasks, as van de Ven,
 * Tuytelaars and Tolias 2022, "Three Types of Incremental Learning", have it in domain-incremental learning, and {@code
 * all_classes} lets the softmax of the new model run over new units as well, as they have it in class-incremental learning. The
 * new loss is over all classes seen, unless the task is given. Responses of the old model are computed with each batch in
 * evaluation mode, which is the same as recording them before; the paper's warm-up of new units alone is left out.
 */
final class LearningWithoutForgetting implements Method {
    static final CatalogEntry<Method> ENTRY = new CatalogEntry<>(
            "lwf",
            "Learning without forgetting: new samples keep what the old model said of them about old classes",
            "Li and Hoiem 2016, Learning without Forgetting",
            List.of(
                    new Setting.Number("lambda", "Weight of the old model's word", 1.0, 0, false, 1e6),
                    new Setting.Number("temperature", "Softens probabilities above 1", 2.0, 0, true, 100),
                    new Setting.Flag(
                            "by_tasks",
                            "Whether the old model's word counts once for each old task where the task is not given, too",
                            false),
                    new Setting.Flag(
                            "all_classes",
                            "Whether new classes take part in what is distilled where the task is not given: the old model says 0"
                                    + " of them",
                            false)),
            LearningWithoutForgetting::new);

    private final Settings settings;

    private LearningWithoutForgetting(Settings settings) {
        this.settings = settings;
    }

    @Override
    public List<PublishedResult> publishedResults() {
        return List.of(
                published(ScenarioKind.CLASS_INCREMENTAL, "21.89 % published", Map.of("all_classes", true)),
                published(ScenarioKind.TASK_INCREMENTAL, "99.60 % published", Map.of()),
                published(ScenarioKind.DOMAIN_INCREMENTAL, "71.18 % published", Map.of("by_tasks", true)));
    }

    private static PublishedResult published(ScenarioKind kind, String figure, Map<String, Object> flags) {
        Map<String, Object> settings = new HashMap<>(flags);
        settings.put("lambda", 1.0);
        settings.put("temperature", 2.0);
        return PublishedResult.ofVanDeVen(kind, figure, PublishedResult.THREE_TYPES, settings);
    }

    @Override
    public String text() {
        return """
                def loss(self, x: Tensor, y: Tensor, t: Tensor) -> List[Tensor]:
                  logits = self.logits(x)
                  loss = self.cross_entropy(logits, y, t)
                  if torch.gt(len(self.old), 0):
                    before = self.logits_of(self.old, self.old_statistics, x)
                    now = torch.narrow(logits, 1, 0, torch.size(before, 1))
                    if self.task_given():
                      for task in range(int(t[0])):
                        of_task = torch.full_like(t, task)
                        distance = self.distance(self.among(before, of_task), self.among(now, of_task))
                        loss = torch.add(loss, distance, alpha=%1$s)
                    else:
                      loss = torch.add(loss, self.distance(before, %4$s), alpha=%3$s)
                  return [loss, logits]
                def distance(self, before: Tensor, now: Tensor) -> Tensor:
                  targets = torch.softmax(torch.div(before, %2$s), 1)
                  likelihoods = torch.narrow(torch.log_softmax(torch.div(now, %2$s), 1), 1, 0, torch.size(before, 1))
                  chosen = torch.masked_fill(likelihoods, torch.isinf(likelihoods), 0.)
                  return torch.neg(torch.mean(torch.sum(torch.mul(targets, chosen), [1])))
                def remember(self) -> Tensor:
                  torch.clear(self.old)
                  for k in range(len(self.parameters)):
                    torch.append(self.old, torch.clone(torch.detach(self.parameters[k])))
                  torch.clear(self.old_statistics)
                  for k in range(len(self.statistics)):
                    torch.append(self.old_statistics, torch.clone(self.statistics[k]))
                  return torch.zeros([0])
                """.formatted(
                        settings.number("lambda"),
                        settings.number("temperature"),
                        settings.flag("by_tasks")
                                ? "torch.mul(%s, int(t[0]))".formatted(settings.number("lambda"))
                                : settings.number("lambda"),
                        settings.flag("all_classes") ? "logits" : "now");
    }

    @Override
    public List<String> state() {
        return List.of("old", "old_statistics");
    }

    @Override
    public void afterTask(TaskContext context) {
        context.functions().call("remember");
    }
}
