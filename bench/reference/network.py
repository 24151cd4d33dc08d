"""The network of a recording: fully connected layers with rectified linear units, and a head that grows."""

import torch
import torch.nn.functional as F


class Network:
    """The head is linear, cosine or split-cosine; its parameters are the last two, the very last with a row for each class.

    task_given says that samples come with their task at test time; a task then has the classes that came with it.
    """

    statistics = []

    def __init__(self, head="linear", task_given=False):
        self.head = head
        self.task_given = task_given
        self.parameters = []
        self.classes_by_task = []

    @property
    def classes(self):
        return self.parameters[-1].shape[0]

    @property
    def feature_size(self):
        return self.parameters[-2 if self.head == "linear" else -1].shape[-1]

    def begin(self, target, from_scratch):
        """Old rows are what training made of them, new rows come from the recording."""
        old = [] if from_scratch else self.parameters
        with torch.no_grad():
            values = [torch.cat([p, t[p.shape[0] :]]) for p, t in zip(old, target)] if old else target
        self.parameters = [v.clone().requires_grad_(True) for v in values]
        self.classes_by_task.append(self.classes)

    def units_of(self, logits, task):
        """Columns of the classes among which samples of a task are told apart."""
        if not self.task_given:
            return logits
        first = self.classes_by_task[task - 1] if task else 0
        return logits[:, first : self.classes_by_task[task]]

    def among(self, logits, tasks):
        """Logits, each sample of a task of its own: minus infinity where units_of has no column."""
        if not self.task_given:
            return logits
        task_of_class = torch.bucketize(torch.arange(logits.shape[1]), torch.tensor(self.classes_by_task), right=True)
        return logits.masked_fill(task_of_class != tasks.unsqueeze(1), float("-inf"))

    def layer_inputs(self, x, parameters=None):
        """What every layer is given, the head last."""
        p = self.parameters if parameters is None else parameters
        inputs = [x]
        for weight, bias in zip(p[0:-2:2], p[1:-2:2]):
            inputs.append(F.relu(F.linear(inputs[-1], weight, bias)))
        return inputs

    def features(self, x, parameters=None):
        return self.layer_inputs(x, parameters)[-1]

    @staticmethod
    def normalised(features):
        return features / features.norm(dim=1, keepdim=True).clamp_min(1e-12)

    def similarities(self, features, parameters=None):
        """Cosines with the weights of classes; of several a class, their mean weighted by their softmax."""
        weight = (self.parameters if parameters is None else parameters)[-1]
        cosines = F.linear(self.normalised(features), self.normalised(weight.reshape(-1, weight.shape[-1])))
        if self.head == "cosine":
            return cosines
        cosines = cosines.reshape(len(features), *weight.shape[:2])
        return (cosines * F.softmax(cosines, dim=2)).sum(dim=2)

    def classify(self, features, parameters=None):
        p = self.parameters if parameters is None else parameters
        if self.head == "linear":
            return F.linear(features, p[-2], p[-1])
        return self.similarities(features, p) * p[-2]

    def logits(self, x, parameters=None):
        """Of this network, or of one of the same form with other parameters."""
        return self.classify(self.features(x, parameters), parameters)
