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
    public String loss() {
        return """
                def loss(self, x: Tensor, y: Tensor, replayed_x: Tensor, replayed_y: Tensor) -> List[Tensor]:
                  logits = self.logits(torch.cat([x, replayed_x]))
                  return [torch.cross_entropy_loss(logits, torch.cat([y, replayed_y])), logits]
                """;
    }

    @Override
    public boolean replays() {
        return true;
    }
}
