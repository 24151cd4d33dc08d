import torch

from methods.method import Method


class Reference(Method):
    """Saha et al. 2021, Gradient Projection Memory for Continual Learning, algorithms 1 and 2; vectors rest after task one."""

    bases = None

    def adjusted(self, gradients):
        if self.bases is None:
            return gradients
        bases = iter(self.bases)
        return [self.orthogonal(g, next(bases) if g.dim() > 1 else None, k) for k, g in enumerate(gradients)]

    def orthogonal(self, gradient, basis, k):
        in_head = k >= len(self.network.parameters) - 2
        old = self.known if in_head else len(gradient)
        result = gradient.clone()
        result[:old] = 0 if basis is None else gradient[:old] - gradient[:old] @ basis @ basis.T
        return result

    def after_task(self, calls):
        samples = [call.x for call in calls if call.name == "represent"]
        moments = None
        for x in samples:
            with torch.no_grad():
                inputs = [h.double() for h in self.network.layer_inputs(x)]
            of_batch = [h.T @ h for h in inputs]
            moments = of_batch if moments is None else [m + b for m, b in zip(moments, of_batch)]
        tasks = len(self.network.classes_by_task) - 1
        share = min(1.0, self.settings["threshold"] + self.settings["threshold_growth"] * tasks)
        empty = [torch.zeros(len(m), 0) for m in moments]
        bases = self.bases if self.bases is not None else empty
        self.bases = [torch.cat([b, self.missing(m, b.double(), share).float()], dim=1) for m, b in zip(moments, bases)]
        self.known = self.network.classes

    @staticmethod
    def missing(moments, basis, share):
        """Equation 9: as few further vectors as reach the share, largest first."""
        rest = torch.eye(len(moments), dtype=torch.double) - basis @ basis.T
        left = rest @ moments @ rest
        values, vectors = torch.linalg.eigh(left)
        reached = moments.trace() - left.trace()
        chosen = []
        for k in reversed(range(len(values))):
            if reached >= share * moments.trace() or values[k] <= 1e-10 * moments.trace():
                break
            chosen.append(vectors[:, k])
            reached = reached + values[k]
        return torch.stack(chosen, dim=1) if chosen else moments[:, :0]
