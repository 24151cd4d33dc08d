package io.engram.learning.method;

import io.engram.learning.setting.CatalogEntry;
import java.util.List;

/**
 * Experience replay: each step trains on the new batch and a batch drawn from the memory, as one batch (Chaudhry et al.
 * 2019, "On Tiny Episodic Memories in Continual Learning", algorithm 1).
 */
final class ExperienceReplay implements Method {
    static final CatalogEntry<Method> ENTRY = new CatalogEntry<>(
            "er",
            "Experience replay: each step trains on new and on remembered samples",
            "Chaudhry et al. 2019, On Tiny Episodic Memories in Continual Learning",
            List.of(),
            settings -> new ExperienceReplay());

    @Override
    public String text() {
        return """
                def loss(self, x: Tensor, y: Tensor, t: Tensor,
                         replayed_x: Tensor, replayed_y: Tensor, replayed_t: Tensor) -> List[Tensor]:
                  logits = self.logits(torch.cat([x, replayed_x]))
                  return [self.cross_entropy(logits, torch.cat([y, replayed_y]), torch.cat([t, replayed_t])), logits]
                """;
    }

    @Override
    public Replay replay() {
        return Replay.STREAM;
    }
}
