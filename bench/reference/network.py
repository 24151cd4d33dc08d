"""The network of a recording: fully connected layers with rectified linear units, and a linear head that grows."""

import torch
import torch.nn.functional as F


class Network:
    statistics = []

    def __init__(self):
        self.parameters = []
        self.classes_by_task = []

    @property
    def classes(self):
        return self.parameters[-1].shape[0]

    def begin(self, target, from_scratch):
        """Old rows are what training made of them, new rows come from the recording."""
        old = [] if from_scratch else self.parameters
        with torch.no_grad():
            values = [torch.cat([p, t[p.shape[0] :]]) for p, t in zip(old, target)] if old else target
        self.parameters = [v.clone().requires_grad_(True) for v in values]
        self.classes_by_task.append(self.classes)

    def features(self, x, parameters=None):
        p = self.parameters if parameters is None else parameters
        h = x
        for k in range(0, len(p) - 2, 2):
            h = F.relu(F.linear(h, p[k], p[k + 1]))
        return h

    def logits(self, x, parameters=None):
        """Of this network, or of one of the same form with other parameters."""
        p = self.parameters if parameters is None else parameters
        return F.linear(self.features(x, p), p[-2], p[-1])
