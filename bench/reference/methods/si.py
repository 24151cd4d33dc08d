import torch

from methods.method import Method


class Reference(Method):
    """Zenke, Poole and Ganguli 2017, Continual Learning Through Synaptic Intelligence; the path is that of the task's loss."""

    def __init__(self, network, settings):
        super().__init__(network, settings)
        self.importance = None

    def before_task(self, calls):
        self.start = self.parameters_now()
        self.path = [torch.zeros_like(p) for p in self.start]
        old = self.importance or [p[:0] for p in self.start]
        self.importance = [torch.cat([o, torch.zeros_like(p[len(o) :])]) for o, p in zip(old, self.start)]

    def adjusted(self, gradients):
        self.task_gradients = gradients
        self.before = self.parameters_now()
        pulls = [i * (p - s) for i, p, s in zip(self.importance, self.before, self.start)]
        return [torch.add(g, pull, alpha=2 * self.settings["c"]) for g, pull in zip(gradients, pulls)]

    def after_step(self, gradients):
        for path, g, now, before in zip(self.path, self.task_gradients, self.network.parameters, self.before):
            path.addcmul_(g, now - before, value=-1)

    def after_task(self, calls):
        for importance, path, now, start in zip(self.importance, self.path, self.parameters_now(), self.start):
            importance += path / ((now - start) ** 2 + self.settings["xi"])
