import torch.nn.functional as F
import torch

from methods.method import Method


class Reference(Method):
    """Li and Hoiem 2016, Learning without Forgetting: cross-entropy with the softened answers of the old model."""

    def __init__(self, network, settings):
        super().__init__(network, settings)
        self.old = None
        self.old_tasks = 0

    def loss(self, new, replayed):
        logits = self.network.logits(new.x)
        loss = self.cross_entropy(logits, new.y, new.t)
        if self.old is None:
            return loss
        answers, weight = self.network.logits(new.x, self.old), self.settings["lambda"]
        if self.network.task_given:
            for task in range(self.old_tasks):
                distance = self.distance(*(self.network.units_of(of, task) for of in (answers, logits)))
                loss = torch.add(loss, distance, alpha=weight)
            return loss
        if self.settings["by_tasks"]:
            weight *= self.old_tasks
        distilled = logits if self.settings["all_classes"] else logits[:, : answers.shape[1]]
        return torch.add(loss, self.distance(answers, distilled), alpha=weight)

    def distance(self, answers, logits):
        """Cross-entropy of softened probabilities; those of further classes are to become 0."""
        temperature = self.settings["temperature"]
        targets = F.softmax(answers / temperature, dim=1)
        log_likelihood = F.log_softmax(logits / temperature, dim=1)[:, : answers.shape[1]]
        return -(targets * log_likelihood).sum(dim=1).mean()

    def after_task(self, calls):
        self.old = self.parameters_now()
        self.old_tasks += 1
