import torch
import torch.nn.functional as F

from methods.method import Method, both


class Reference(Method):
    """Zhao et al. 2020, Maintaining Discrimination and Fairness in Class Incremental Learning: equations 1 to 3, 8 and 9."""

    old = None

    def loss(self, new, replayed):
        x, y, _ = both(new, replayed)
        logits = self.network.logits(x)
        loss = F.cross_entropy(logits, y)
        if self.old is None:
            return loss
        temperature = self.settings["temperature"]
        with torch.no_grad():
            said = F.softmax(self.network.logits(x, self.old) / temperature, dim=1)
        known = said.shape[1]
        kept = -(said * F.log_softmax(logits[:, :known] / temperature, dim=1)).sum(dim=1).mean()
        share = known / self.network.classes
        return torch.add(share * kept, loss, alpha=1 - share)

    def after_step(self, gradients):
        if self.settings["weight_clipping"]:
            self.network.parameters[-2].clamp_(min=0)

    def after_task(self, calls):
        if self.old is not None:
            with torch.no_grad():
                weight, known = self.network.parameters[-2], self.old[-1].shape[0]
                lengths = weight.norm(dim=1)
                weight[known:] *= lengths[:known].mean() / lengths[known:].mean()
        self.old = self.parameters_now()
