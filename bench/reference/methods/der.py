import torch
import torch.nn.functional as F

from methods.method import Method, both


class Reference(Method):
    """Buzzega et al. 2020, Dark Experience for General Continual Learning, equation 6; the recording completes the logits."""

    def loss(self, new, replayed):
        x, _, _ = both(new, replayed)
        logits, remembered = self.network.logits(x).split([len(new.x), len(replayed.x)])
        loss = self.cross_entropy(logits, new.y, new.t)
        if len(replayed.x) == 0:
            return loss
        return torch.add(loss, F.mse_loss(remembered, replayed.logits), alpha=self.settings["alpha"])
