"""Convolutional networks of a recording, as modules of PyTorch: conv (Vinyals et al. 2016) and residual ones (He et al. 2016)."""

import torch
import torch.nn.functional as F
import torchscript_fixtures
from network import Network
from torch import nn


def conv(channels, filters):
    layers = []
    for out in filters:
        layers += [nn.Conv2d(channels, out, 3, padding=1, bias=False), nn.BatchNorm2d(out), nn.ReLU(), nn.MaxPool2d(2)]
        channels = out
    return nn.Sequential(*layers, nn.Flatten())


class Block(nn.Module):
    """Two 3x3 convolutions; where channels double, the shortcut is option A (padded) or B (projected) of the paper."""

    def __init__(self, channels, out, projected):
        super().__init__()
        stride = 1 if channels == out else 2
        self.conv1 = nn.Conv2d(channels, out, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(out)
        self.conv2 = nn.Conv2d(out, out, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(out)
        self.new_channels = out - channels
        if projected and channels != out:
            self.downsample = nn.Sequential(nn.Conv2d(channels, out, 1, stride=2, bias=False), nn.BatchNorm2d(out))

    def shortcut(self, x):
        if hasattr(self, "downsample"):
            return self.downsample(x)
        if self.new_channels:
            return F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.new_channels // 2, self.new_channels // 2))
        return x

    def forward(self, x):
        h = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(h)) + self.shortcut(x))


def resnet(channels, widths, blocks, projected, stem="cifar"):
    first = dict(kernel_size=7, stride=2, padding=3) if stem == "imagenet" else dict(kernel_size=3, padding=1)
    layers = [nn.Conv2d(channels, widths[0], bias=False, **first), nn.BatchNorm2d(widths[0]), nn.ReLU()]
    if stem == "imagenet":
        layers.append(nn.MaxPool2d(3, stride=2, padding=1))
    before = widths[0]
    for width in widths:
        for _ in range(blocks):
            layers.append(Block(before, width, projected))
            before = width
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten())


def resnet18(channels, width="64", stem="cifar"):
    return resnet(channels, [int(width) << stage for stage in range(4)], 2, projected=True, stem=stem)


def body(name, channels):
    """A network without its head, by name and settings: resnet18:WIDTH:STEM (64 and cifar where left out), resnet20, resnet32,
    conv:F1,F2 with so many filters, or torchscript, that of the fixtures."""
    name, *settings = name.split(":")
    return {
        "conv": lambda filters: conv(channels, [int(f) for f in filters.split(",")]),
        "resnet20": lambda: resnet(channels, [16, 32, 64], 3, projected=False),
        "resnet32": lambda: resnet(channels, [16, 32, 64], 5, projected=False),
        "resnet18": lambda *width_and_stem: resnet18(channels, *width_and_stem),
        "torchscript": torchscript_fixtures.trained,
    }[name](*settings)


class ConvolutionalNetwork(Network):
    """Always in training mode: nothing here looks at the network between steps."""

    def __init__(self, name, sample_shape, task_given=False):
        super().__init__(task_given=task_given)
        self.sample_shape = sample_shape
        self.body = body(name, sample_shape[0]).train()
        self.counts_batches = name == "torchscript"

    @property
    def statistics(self):
        return [
            buffer
            for name, buffer in self.body.named_buffers()
            if self.counts_batches or not name.endswith("num_batches_tracked")
        ]

    def begin(self, target, from_scratch):
        own = list(self.body.parameters())
        head = target[len(own) : len(own) + 2]
        with torch.no_grad():
            if from_scratch:
                for mine, given in zip([*own, *self.statistics], [*target[: len(own)], *target[len(own) + 2 :]], strict=True):
                    mine.copy_(given)
            else:
                head = [torch.cat([p, t[p.shape[0] :]]) for p, t in zip(self.parameters[-2:], head)]
        self.parameters = own + [h.clone().requires_grad_(True) for h in head]
        self.classes_by_task.append(self.classes)

    def features(self, x, parameters=None):
        if parameters is not None and parameters is not self.parameters:
            raise NotImplementedError("only with the network's own parameters")
        return self.body(x.reshape(-1, *self.sample_shape)).flatten(1)
