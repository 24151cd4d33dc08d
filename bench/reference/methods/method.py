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

    def loss(self, new, replayed):
        return F.cross_entropy(self.network.logits(new.x), new.y)

    def adjusted(self, gradients):
        return gradients

    def after_step(self, gradients):
        """With gradients off, after the update; the gradients are those of the step."""

    def after_task(self, calls):
        pass

    def parameters_now(self):
        return [p.detach().clone() for p in self.network.parameters]

    def of_old_rows(self, old):
        """Parameters cut down to the rows they had when `old` was taken: the head has grown since."""
        return [p[: o.shape[0]] for p, o in zip(self.network.parameters, old)]


def both(new, replayed):
    """New and replayed samples as one batch."""
    return torch.cat([new.x, replayed.x]), torch.cat([new.y, replayed.y])
