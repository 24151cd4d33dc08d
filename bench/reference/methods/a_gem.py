import torch

from methods.method import Method


class Reference(Method):
    """Chaudhry et al. 2019, Efficient Lifelong Learning with A-GEM, equation 11."""

    def loss(self, new, replayed):
        self.reference = None
        if len(replayed.x) > 0:
            reference_loss = self.cross_entropy(self.network.logits(replayed.x), replayed.y, replayed.t)
            self.reference = torch.autograd.grad(reference_loss, self.network.parameters)
        return super().loss(new, replayed)

    def adjusted(self, gradients):
        if self.reference is None:
            return gradients
        product = sum((g * r).sum() for g, r in zip(gradients, self.reference))
        if product >= 0:
            return gradients
        share = product / sum((r * r).sum() for r in self.reference)
        return [g - r * share for g, r in zip(gradients, self.reference)]
