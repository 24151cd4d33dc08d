import torch
import torch.nn.functional as F

from methods.method import Method, both


class Reference(Method):
    """Caccia et al. 2022, New Insights on Reducing Abrupt Representation Change in Online Continual Learning, ER-AML."""

    def loss(self, new, replayed):
        x, y, _ = both(new, replayed)
        features = self.network.features(x)
        logits = F.linear(features, self.network.parameters[-2], self.network.parameters[-1])
        if len(replayed.x) == 0:
            return self.cross_entropy(logits, new.y, new.t)
        old = self.cross_entropy(logits[len(new.x) :], replayed.y, replayed.t)
        return torch.add(old, self.contrast(features, new.y, y), alpha=self.settings["gamma"])

    def contrast(self, features, new_y, y):
        """Of each anchor, over its positives and the negatives of classes that are in the new batch."""
        directions = features / (torch.linalg.vector_norm(features, dim=1, keepdim=True) + 1e-5)
        similarities = directions[: len(new_y)] @ directions.t() / self.settings["temperature"]
        same = new_y[:, None] == y[None, :]
        positives = same.clone().fill_diagonal_(False)
        negatives = ~same & torch.isin(y, new_y)[None, :]
        anchors = positives.any(dim=1) & negatives.any(dim=1)
        if not anchors.any():
            return features.sum() * 0
        rivals = similarities[anchors].masked_fill(~(positives | negatives)[anchors], float("-inf"))
        likelihoods = F.log_softmax(rivals, dim=1).masked_fill(~positives[anchors], 0)
        return -(likelihoods.sum(dim=1) / positives[anchors].sum(dim=1)).sum() / anchors.sum()
