import torch

from methods.streaming_means import StreamingMeans


class Reference(StreamingMeans):
    """Hayes and Kanan 2020, Deep Streaming Linear Discriminant Analysis, equations 1 to 4, from a covariance of 0.

    Precision times mean is the solution of an equation, by Cholesky, where the paper has the inverse.
    """

    def before_task(self, calls):
        super().before_task(calls)
        if not self.network.classes_by_task[1:]:
            self.covariance = torch.zeros(2 * [self.network.feature_size])

    def take(self, z, y):
        samples = self.counts.sum()
        difference = z - self.means[y]
        delta = samples / (samples + 1) * torch.outer(difference, difference)
        self.covariance = (samples * self.covariance + delta) / (samples + 1)
        super().take(z, y)

    def classifier(self):
        epsilon = self.settings["shrinkage"]
        shrunk = (1 - epsilon) * self.covariance + epsilon * torch.eye(len(self.covariance))
        return self.with_bias(torch.cholesky_solve(self.means.T, torch.linalg.cholesky(shrunk)).T)
