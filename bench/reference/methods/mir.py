import torch

from methods.method import Method


class Reference(Method):
    """Aljundi et al. 2019, Online Continual Learning with Maximally Interfered Retrieval, algorithm 1."""

    def loss(self, new, candidates):
        logits, y, t = self.network.logits(new.x), new.y, new.t
        if len(candidates.x):
            gradients = torch.autograd.grad(self.cross_entropy(logits, y, t), self.network.parameters, retain_graph=True)
            with torch.no_grad():
                ahead = [p - self.learning_rate * g for p, g in zip(self.network.parameters, gradients)]
                scores = self.losses(candidates, ahead) - self.losses(candidates, self.network.parameters)
            chosen = scores.argsort(descending=True)[: self.replay_batch_size]
            logits = torch.cat([logits, self.network.logits(candidates.x[chosen])])
            y, t = torch.cat([y, candidates.y[chosen]]), torch.cat([t, candidates.t[chosen]])
        return self.cross_entropy(logits, y, t)

    def losses(self, samples, parameters):
        return self.cross_entropy(self.network.logits(samples.x, parameters), samples.y, samples.t, reduction="none")
