import torch

from methods.importance import fisher, penalty
from methods.method import Method


class Reference(Method):
    """Schwarz et al. 2018, Progress & Compress: one penalty, its importance a running sum that decays."""

    def __init__(self, network, settings):
        super().__init__(network, settings)
        self.importance, self.anchors = None, None

    def loss(self, new, replayed):
        loss = super().loss(new, replayed)
        if self.anchors is not None:
            weight = self.settings["lambda"] / 2 * self.settings["gamma"]
            for term in penalty(self.of_old_rows(self.anchors), self.importance, self.anchors):
                loss = torch.add(loss, term, alpha=weight)
        return loss

    def after_task(self, calls):
        importance = fisher(self.network, calls)
        if self.importance is not None:
            for now, before in zip(importance, self.importance):
                now[: len(before)].add_(before, alpha=self.settings["gamma"])
        self.importance, self.anchors = importance, self.parameters_now()
