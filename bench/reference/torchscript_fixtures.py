"""Writes the TorchScript modules that tests of the backbone `torchscript` load, and what eager PyTorch makes of the same network.

    python torchscript_fixtures.py FOLDER

The network, on samples of the shape of the digits, has what extractors have: convolutions with and without bias, batch normalisation
with both kinds of running statistics, dropout, and a classifier that its features do not depend on. expected.npz holds its features
before training, and after five steps of plain gradient descent its features, parameters and buffers, with the loss of each step.
Dropout is off throughout: its draws follow from nothing that a run knows.
"""

import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

STEPS, BATCH, CLASSES, FEATURES = 5, 8, 3, 6


class Extractor(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 4, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(4)
        self.body = nn.Sequential(
            nn.Conv2d(4, FEATURES, 3, stride=2, bias=False),
            nn.BatchNorm2d(FEATURES, momentum=None),
            nn.ReLU(),
            nn.Dropout(0.5),
        )
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(FEATURES, 10)

    def forward(self, x):
        h = torch.relu(self.bn1(self.conv1(x)))
        return self.pool(self.body(h))


class Shared(nn.Module):
    """Two layers with the same weight."""

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(64, 64, bias=False)
        self.second = nn.Linear(64, 64, bias=False)
        self.second.weight = self.first.weight

    def forward(self, x):
        return self.second(self.first(torch.flatten(x, 1)))


class Moving(nn.Module):
    """Puts other tensors in the place of its buffers, rather than changing them."""

    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(64))
        self.register_buffer("mean", torch.zeros(64))
        self.register_buffer("batches", torch.zeros((), dtype=torch.int64))

    def forward(self, x):
        h = torch.flatten(x, 1) * self.scale
        if self.training:
            self.mean = 0.9 * self.mean + 0.1 * h.mean(0)
            self.batches = self.batches + 1
        return h - self.mean


class Labels(nn.Module):
    def forward(self, x):
        return torch.argmax(torch.flatten(x, 1), 1, keepdim=True)


class OneNumber(nn.Module):
    def forward(self, x):
        return torch.mean(torch.flatten(x, 1), 1)


class Random(nn.Module):
    def forward(self, x):
        return torch.flatten(x, 1) * torch.rand(1)


class Pair(nn.Module):
    def forward(self, x):
        return x, x


def samples(step):
    """Of the step before the first: -1."""
    index = torch.arange(BATCH * 64) * 7 + (step + 1) * 5
    return ((index % 17) / 16.0).reshape(BATCH, 1, 8, 8)


def head():
    weight = ((torch.arange(CLASSES * FEATURES) * 5) % 11 - 5) / 20.0
    return weight.reshape(CLASSES, FEATURES).requires_grad_(), torch.zeros(CLASSES, requires_grad=True)


def extractor():
    """Pretrained, as far as it goes: running statistics have moved."""
    torch.manual_seed(5)
    network = Extractor()
    network.train()
    network.body[3].eval()
    for _ in range(3):
        network(torch.rand(BATCH, 1, 8, 8))
    return network


def trained():
    """What of it is trained."""
    network = extractor()
    del network.fc
    network.body[3] = nn.Identity()
    return network


def features(network, x):
    network.eval()
    with torch.no_grad():
        return torch.flatten(network(x), 1)


def train(network):
    weight, bias = head()
    parameters = [p for name, p in network.named_parameters() if not name.startswith("fc.")] + [weight, bias]
    optimizer = torch.optim.SGD(parameters, lr=0.1)
    network.train()
    network.body[3].eval()
    losses = []
    for step in range(STEPS):
        optimizer.zero_grad()
        logits = F.linear(torch.flatten(network(samples(step)), 1), weight, bias)
        loss = F.cross_entropy(logits, torch.arange(BATCH) % CLASSES)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return weight, bias, losses


def expected():
    network = extractor()
    arrays = {"features": features(network, samples(-1))}
    weight, bias, losses = train(network)
    arrays["head.weight"], arrays["head.bias"], arrays["losses"] = weight, bias, torch.tensor(losses)
    arrays["trained_features"] = features(network, samples(-1))
    for name, tensor in [*network.named_parameters(), *network.named_buffers()]:
        if not name.startswith("fc."):
            arrays["backbone." + name] = tensor
    return {name: tensor.detach().numpy().astype("<f4") for name, tensor in arrays.items()}


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    torch.jit.save(torch.jit.script(extractor().train()), folder / "scripted.pt")
    evaluated = extractor().eval()
    torch.jit.save(torch.jit.trace(evaluated, samples(-1)), folder / "traced.pt")
    torch.jit.save(torch.jit.freeze(torch.jit.script(evaluated)), folder / "frozen.pt")
    torch.jit.save(torch.jit.trace(extractor(), samples(-1), check_trace=False), folder / "traced-in-training.pt")
    for network in (Shared(), Moving(), Labels(), OneNumber(), Random(), Pair()):
        torch.jit.save(torch.jit.script(network), folder / f"{type(network).__name__.lower()}.pt")
    torch.jit.save(torch.jit.script(nn.Conv2d(3, 2, 3)), folder / "colour.pt")
    torch.save(extractor().state_dict(), folder / "state-dict.pt")
    np.savez(folder / "expected.npz", **expected())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
