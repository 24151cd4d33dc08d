from collections import defaultdict

import torch

from methods.method import Method, both


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
        x, y, t = (of_both[: len(new.x) + self.replay_batch_size] for of_both in both(new, remembered))
        return self.cross_entropy(self.network.logits(x), y, t)

    def score(self, new, remembered):
        held = [self.direction(remembered, k) for k in range(min(int(self.settings["compared"]), len(remembered.x)))]
        for k in range(len(new.x)):
            gradient = self.direction(new, k)
            score = 1 + max(float(gradient @ other) for other in held) if held else 1.1
            self.scores[new.x[k].numpy().tobytes()].append(score)

    def direction(self, samples, k):
        one = slice(k, k + 1)
        loss = self.cross_entropy(self.network.logits(samples.x[one]), samples.y[one], samples.t[one])
        gradient = torch.cat([g.flatten() for g in torch.autograd.grad(loss, self.network.parameters)])
        return gradient / gradient.norm()
