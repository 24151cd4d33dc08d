package io.engram.learning.method;

import io.engram.learning.scenario.ScenarioKind;
import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Setting;
import io.engram.learning.setting.Settings;
import java.util.List;
import java.util.Map;

/**
 * iCaRL (Rebuffi, Kolesnikov, Sperl and Lampert 2017, "iCaRL: Incremental Classifier and Representation Learning"): each class
 * has a sigmoid of its own, trained on the label where the class is new and on what the network said before the task where
 * it is old (algorithm 3, both terms over new samples and exemplars alike); after a task, exemplars are selected by herding
 * (algorithm 4) and reduced (algorithm 5); the class of the nearest mean of exemplars is chosen (algorithm 1), the means
 * taken anew after every task.
 *
 * <p>The loss is a sum over classes and a mean over the batch, as van de Ven, Tuytelaars and Tolias 2022 have it. Where the
 * paper mixes exemplars into the new data, each step here has a batch of each, of which the run says the sizes.
 */
final class IncrementalClassifierLearning implements NearestMeanMethod {
    static final CatalogEntry<Method> ENTRY = new CatalogEntry<>(
            "icarl",
            "Distillation with exemplars selected by herding; the nearest mean of exemplars is chosen",
            "Rebuffi et al. 2017, iCaRL: Incremental Classifier and Representation Learning",
            List.of(
                    new Setting.Number(
                            "temperature",
                            "Softens what is distilled; 1 in the paper, 2 with van de Ven",
                            1.0,
                            0,
                            true,
                            1000),
                    HerdedExemplars.PER_CLASS),
            IncrementalClassifierLearning::new);

    private final Settings settings;

    private IncrementalClassifierLearning(Settings settings) {
        this.settings = settings;
    }

    @Override
    public List<PublishedResult> publishedResults() {
        return List.of(PublishedResult.ofVanDeVen(
                        ScenarioKind.CLASS_INCREMENTAL,
                        PublishedResult.notPrinted(
                                "92.04 ± 1.48 % (3 seeds) with the authors' code, 91.19 ± 1.05 % (5 seeds) here"),
                        PublishedResult.THREE_TYPES,
                        Map.of("temperature", 2.0, "exemplars_per_class", 100.0))
                .withMemory(1000, 8, ""));
    }

    @Override
    public String text() {
        return OldNetwork.TEXT
                + HerdedExemplars.TEXT
                + ExemplarMeans.TEXT
                + """
                def loss(self, x: Tensor, y: Tensor, t: Tensor,
                         replayed_x: Tensor, replayed_y: Tensor, replayed_t: Tensor) -> List[Tensor]:
                  samples = torch.cat([x, replayed_x])
                  logits = self.logits(samples)
                  classes = torch.size(logits, 1)
                  targets = torch.to(torch.one_hot(torch.cat([y, replayed_y]), classes), 6)
                  old = self.old_classes()
                  if torch.gt(old, 0):
                    new_targets = torch.narrow(targets, 1, old, torch.sub(classes, old))
                    targets = torch.cat([torch.sigmoid(torch.div(self.old_logits(samples), %s)), new_targets], 1)
                  each = torch.binary_cross_entropy_with_logits(logits, targets, None, None, 0)
                  return [torch.mean(torch.sum(each, [1])), logits]
                """.formatted(settings.number("temperature"));
    }

    @Override
    public void afterTask(TaskContext context) {
        HerdedExemplars.select(context, settings);
        ExemplarMeans.take(context);
        OldNetwork.keep(context);
    }
}
