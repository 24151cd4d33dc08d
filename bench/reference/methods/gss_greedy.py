from collections import defaultdict

import torch
import torch.nn.functional as F

from methods.method import Method


class Reference(Method):
    """Aljundi et al. 2019, Gradient Based Sample Selection, algorithm 2; which samples stay is seen in what comes back."""

    def __init__(self, network, settings):
        super().__init__(network, settings)
        self.scores = defaultdict(list)

    def loss(self, new, remembered):
        for k in range(len(remembered.x)):
            score = remembered.logits[k, 0].item()
            known = self.scores[remembered.x[k].numpy().tobytes()]
            assert any(abs(score - s) < 1e-5 for s in known), f"remembered with {score}, was given {known}"
        self.score(new, remembered)
        x = torch.cat([new.x, remembered.x[: self.replay_batch_size]])
        y = torch.cat([new.y, remembered.y[: self.replay_batch_size]])
        return F.cross_entropy(self.network.logits(x), y)

    def score(self, new, remembered):
        held = [self.direction(remembered, k) for k in range(min(int(self.settings["compared"]), len(remembered.x)))]
        for k in range(len(new.x)):
            gradient = self.direction(new, k)
            score = 1 + max(float(gradient @ other) for other in held) if held else 1.1
            self.scores[new.x[k].numpy().tobytes()].append(score)

    def direction(self, samples, k):
        loss = F.cross_entropy(self.network.logits(samples.x[k : k + 1]), samples.y[k : k + 1])
        gradient = torch.cat([g.flatten() for g in torch.autograd.grad(loss, self.network.parameters)])
        return gradient / gradient.norm()
