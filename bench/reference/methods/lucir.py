import torch
import torch.nn.functional as F

from methods.method import Method, both


class Reference(Method):
    """Hou et al. 2019, Learning a Unified Classifier Incrementally via Rebalancing, equations 4, 6, 8 and 9."""

    old = None

    def loss(self, new, replayed):
        x, y, _ = both(new, replayed)
        features = self.network.features(x)
        cosines = self.network.similarities(features)
        logits = cosines * self.network.parameters[-2]
        loss = F.cross_entropy(logits, y)
        if self.old is None:
            return loss
        known = self.old[-1].shape[0]
        with torch.no_grad():
            before = self.network.features(x, self.old)
        agreement = (self.network.normalised(before) * self.network.normalised(features)).sum(dim=1)
        weight = self.settings["lambda_base"] * (known / (self.network.classes - known)) ** 0.5
        loss = torch.add(loss, (1 - agreement).mean(), alpha=weight)
        separation = self.separation(cosines, y, known)
        return torch.add(loss, separation, alpha=self.settings["margin_weight"])

    def separation(self, cosines, y, known):
        of_old = (y < known).nonzero().flatten()
        rows = cosines[of_old]
        own = rows.gather(1, y[of_old].unsqueeze(1))
        count = min(int(self.settings["nearest"]), cosines.shape[1] - known)
        nearest = rows[:, known:].topk(count).values
        each = F.relu(nearest - own + self.settings["margin"]).sum(dim=1)
        return each.sum() / max(len(of_old), 1)

    def after_task(self, calls):
        self.old = self.parameters_now()
