package io.engram.learning.method;

import io.engram.learning.scenario.ScenarioKind;
import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Setting;
import java.util.List;
import java.util.Map;

/**
 * Experience replay: each step trains on the new batch and a batch drawn from the memory, as one batch (Chaudhry et al.
 * 2019, "On Tiny Episodic Memories in Continual Learning", algorithm 1).
 *
 * <p>With {@code by_tasks}, the new batch counts as one task of the {@code n} so far and the replayed one as the others:
 * {@code 1 / n} of the one loss and {@code 1 - 1 / n} of the other (van de Ven, Tuytelaars and Tolias 2022, "Three Types of
 * Incremental Learning", who weigh all their replay so).
 */
final class ExperienceReplay implements Method {
    static final CatalogEntry<Method> ENTRY = new CatalogEntry<>(
            "er",
            "Experience replay: each step trains on new and on remembered samples",
            "Chaudhry et al. 2019, On Tiny Episodic Memories in Continual Learning",
            List.of(new Setting.Flag(
                    "by_tasks",
                    "Whether new samples count as one task of those so far, and replayed ones as the others, in place of each"
                            + " sample alike",
                    false)),
            settings -> new ExperienceReplay(settings.flag("by_tasks")));

    private static final String ALIKE = """
            def loss(self, x: Tensor, y: Tensor, t: Tensor,
                     replayed_x: Tensor, replayed_y: Tensor, replayed_t: Tensor) -> List[Tensor]:
              logits = self.logits(torch.cat([x, replayed_x]))
              return [self.cross_entropy(logits, torch.cat([y, replayed_y]), torch.cat([t, replayed_t])), logits]
            """;

    private static final String BY_TASKS = """
            def loss(self, x: Tensor, y: Tensor, t: Tensor,
                     replayed_x: Tensor, replayed_y: Tensor, replayed_t: Tensor) -> List[Tensor]:
              logits = self.logits(torch.cat([x, replayed_x]))
              size = torch.size(x, 0)
              replayed = torch.size(replayed_x, 0)
              loss = self.cross_entropy(torch.narrow(logits, 0, 0, size), y, t)
              share = torch.div(1, torch.add(int(t[0]), 1))
              if torch.gt(replayed, 0):
                old = self.cross_entropy(torch.narrow(logits, 0, size, replayed), replayed_y, replayed_t)
                loss = torch.add(torch.mul(loss, share), old, alpha=torch.sub(1., share))
              return [loss, logits]
            """;

    private final boolean byTasks;

    private ExperienceReplay(boolean byTasks) {
        this.byTasks = byTasks;
    }

    @Override
    public List<PublishedResult> publishedResults() {
        return List.of(
                PublishedResult.ofVanDeVen(
                                ScenarioKind.CLASS_INCREMENTAL,
                                "88.79 % published, 90.66 ± 0.98 % (5 seeds) here",
                                PublishedResult.THREE_TYPES,
                                Map.of("by_tasks", true))
                        .withMemory(1000, 128, "class-balanced-reservoir"),
                PublishedResult.ofBuzzega("84.35 ± 2.89 % (5 seeds) here", Map.of(), 10)
                        .withLearningRate(0.1),
                PublishedResult.ofAljundi(
                        "83.56 ± 3.70 % (10 seeds) with the authors' code, 82.51 ± 2.24 % (10 seeds) here", Map.of()),
                PublishedResult.ofAljundiPermuted(
                        PublishedResult.notPrinted(
                                "79.30 ± 1.64 % (3 seeds) with the authors' code, 80.38 ± 0.83 % (5 seeds) here"),
                        PublishedResult.RETRIEVAL,
                        Map.of()));
    }

    @Override
    public String text() {
        return byTasks ? BY_TASKS : ALIKE;
    }

    @Override
    public Replay replay() {
        return Replay.STREAM;
    }
}
