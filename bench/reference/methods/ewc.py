import torch
import torch.nn.functional as F

from methods.importance import fisher, penalty
from methods.method import Method


class Reference(Method):
    """Kirkpatrick et al. 2017, Overcoming Catastrophic Forgetting in Neural Networks, equation 3: a penalty for each task."""

    def __init__(self, network, settings):
        super().__init__(network, settings)
        self.tasks = []

    def loss(self, new, replayed):
        loss = super().loss(new, replayed)
        for importance, anchors in self.tasks:
            for term in penalty(self.of_old_rows(anchors), importance, anchors):
                loss = torch.add(loss, term, alpha=self.settings["lambda"] / 2)
        return loss

    def after_task(self, calls):
        self.tasks.append((fisher(self.network, calls), self.parameters_now()))
