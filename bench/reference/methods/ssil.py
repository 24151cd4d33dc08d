import torch
import torch.nn.functional as F

from methods.method import Method, both


class Reference(Method):
    """Ahn et al. 2021, SS-IL: equations 4 and 5, the distillation times the temperature squared."""

    old = None

    def loss(self, new, replayed):
        x, _, _ = both(new, replayed)
        logits = self.network.logits(x)
        known = 0 if self.old is None else self.old[-1].shape[0]
        total = F.cross_entropy(logits[: len(new.x), known:], new.y - known, reduction="sum")
        if len(replayed.x) > 0:
            total = total + F.cross_entropy(logits[len(new.x) :, :known], replayed.y, reduction="sum")
        loss = total / len(x)
        return loss if self.old is None else loss + self.by_task(logits, x)

    def by_task(self, logits, x):
        temperature = self.settings["temperature"]
        with torch.no_grad():
            said = self.network.logits(x, self.old)
        ends = self.network.classes_by_task[:-1]
        total = torch.zeros([])
        for start, end in zip([0] + ends, ends):
            divergence = F.kl_div(
                F.log_softmax(logits[:, start:end] / temperature, dim=1),
                F.softmax(said[:, start:end] / temperature, dim=1),
                reduction="batchmean",
            )
            total = torch.add(total, divergence, alpha=temperature**2)
        return total

    def after_task(self, calls):
        self.old = self.parameters_now()
