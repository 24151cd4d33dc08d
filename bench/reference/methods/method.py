"""What a reference method may define. Samples have x, y, t and, where remembered, logits; a call has name, x, y, t (see parity.py)."""

import torch
import torch.nn.functional as F


class Method:
    """learning_rate, replay_batch_size and memory_capacity are those of the run."""

    def __init__(self, network, settings):
        self.network = network
        self.settings = settings

    def before_task(self, calls):
        """The head has grown; calls are what the method of the recording looked at."""

    def step(self, optimizer, new, replayed):
        optimizer.zero_grad()
        self.loss(new, replayed).backward()
        with torch.no_grad():
            gradients = self.adjusted([p.grad for p in self.network.parameters])
            for p, gradient in zip(self.network.parameters, gradients):
                p.grad = gradient
            optimizer.step()
            self.after_step(gradients)

    def loss(self, new, replayed):
        return self.cross_entropy(self.network.logits(new.x), new.y, new.t)

    def cross_entropy(self, logits, y, t, **how):
        """Over all classes so far, or over those of each sample's task where tasks are given."""
        return F.cross_entropy(self.network.among(logits, t), y, **how)

    def adjusted(self, gradients):
        return gradients

    def after_step(self, gradients):
        """With gradients off, after the update; the gradients are those of the step."""

    def after_task(self, calls):
        pass

    def classifier(self):
        """Tensors by which a frozen model chooses a class, where it does not take the largest logit."""
        return []

    def parameters_now(self):
        return [p.detach().clone() for p in self.network.parameters]

    def of_old_rows(self, old):
        """Parameters cut down to the rows they had when `old` was taken: the head has grown since."""
        return [p[: o.shape[0]] for p, o in zip(self.network.parameters, old)]


def both(new, replayed):
    """New and replayed samples as one batch: x, y and t."""
    return torch.cat([new.x, replayed.x]), torch.cat([new.y, replayed.y]), torch.cat([new.t, replayed.t])
