"""Bare PyTorch: averaged gradient episodic memory (Chaudhry et al. 2019, algorithm 2), head of ten classes.

    python a_gem.py DATA_DIR split-mnist [--order N] [--seed N] [--shared] [--epsilon 1e-7]
    python a_gem.py DATA_DIR permuted-mnist [--seed N] [--normalised]

split-mnist: the row `split-mnist/class/a-gem` of docs/results.md, in the order of digits that GMvandeVen/continual-learning shuffles
with the seed --order; memory of 100 samples a class as there or, with --shared, of 1000 for all classes so far. permuted-mnist: the row
`permuted-mnist-one-pass/domain/a-gem`, the first task with its pixels as they are; --normalised centres and scales them. One thread.
Prints the average accuracy after the last task, and that of each task.
"""

import argparse
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

from split_mnist import load

MEAN, DEVIATION = 0.1307, 0.3081


def mlp(*widths):
    layers = []
    for inputs, outputs in zip((784, *widths), widths):
        layers += [torch.nn.Linear(inputs, outputs), torch.nn.ReLU()]
    return torch.nn.Sequential(*layers, torch.nn.Linear(widths[-1], 10))


class Shuffled:
    """Batches of one permutation after another; what is left over is dropped."""

    def __init__(self, count, batch, generator):
        self.order, self.batch, self.generator = np.arange(count), min(batch, count), generator
        self.next = count

    def draw(self):
        if self.next + self.batch > len(self.order):
            self.order, self.next = self.generator.permutation(self.order), 0
        self.next += self.batch
        return torch.from_numpy(self.order[self.next - self.batch : self.next])


def gradients(net, x, y):
    return torch.autograd.grad(F.cross_entropy(net(x), y), list(net.parameters()))


def step(net, optimizer, new, replayed, epsilon):
    reference = gradients(net, *replayed) if replayed else None
    gradient = gradients(net, *new)
    if reference:
        product = sum((g * r).sum() for g, r in zip(gradient, reference))
        if product < 0:
            share = product / (sum((r * r).sum() for r in reference) + epsilon)
            gradient = [g - share * r for g, r in zip(gradient, reference)]
    for parameter, g in zip(net.parameters(), gradient):
        parameter.grad = g
    optimizer.step()


def learn(net, optimizer, tasks, steps, batch, drawn, remember, generator, epsilon):
    memory = None
    for x, y in tasks:
        samples = Shuffled(len(y), batch, generator)
        old = Shuffled(len(memory[1]), drawn, generator) if memory else None
        for _ in range(steps):
            rows = samples.draw()
            slots = old.draw() if old else None
            step(net, optimizer, (x[rows], y[rows]), (memory[0][slots], memory[1][slots]) if old else None, epsilon)
        memory = remember(memory, x, y)


def some(x, y, count, generator):
    rows = torch.from_numpy(generator.choice(len(y), min(count, len(y)), replace=False))
    return x[rows], y[rows]


def balanced(capacity, shared, generator):
    """As many samples of every class: capacity / 10, or capacity among the classes so far."""

    def remember(memory, x, y):
        both = (x, y) if memory is None else tuple(torch.cat(pair) for pair in zip(memory, (x, y)))
        classes = both[1].unique()
        share = capacity // (len(classes) if shared else 10)
        parts = [some(both[0][both[1] == c], both[1][both[1] == c], share, generator) for c in classes]
        return tuple(torch.cat(pair) for pair in zip(*parts))

    return remember


def by_tasks(count, generator):
    def remember(memory, x, y):
        new = some(x, y, count, generator)
        return new if memory is None else tuple(torch.cat(pair) for pair in zip(memory, new))

    return remember


def permuted(samples, orders):
    x, y = samples
    return ((x[:, order], y) for order in orders)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data_dir", type=pathlib.Path)
    parser.add_argument("protocol", choices=["split-mnist", "permuted-mnist"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--order", type=int, default=1)
    parser.add_argument("--shared", action="store_true")
    parser.add_argument("--epsilon", type=float, default=0, help="added to the squared length of the reference gradient")
    parser.add_argument("--normalised", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    generator = np.random.default_rng(args.seed)
    train, test = (load(args.data_dir / "mnist", part) for part in ("train", "t10k"))
    train, test = ((x.float() / 255, y) for x, y in (train, test))
    if args.protocol == "split-mnist":
        labels = torch.from_numpy(np.random.RandomState(args.order).permutation(10))
        tasks, tests = ([(x[labels[y] // 2 == t], labels[y][labels[y] // 2 == t]) for t in range(5)] for x, y in (train, test))
        net = mlp(400, 400)
        optimizer = torch.optim.Adam(net.parameters(), lr=0.001)
        learn(net, optimizer, tasks, 2000, 128, 128, balanced(1000, args.shared, generator), generator, args.epsilon)
    else:
        orders = [np.arange(784), *(generator.permutation(784) for _ in range(16))]
        if args.normalised:
            train, test = (((x - MEAN) / DEVIATION, y) for x, y in (train, test))
        tasks, tests = (permuted(part, orders) for part in (train, test))
        net = mlp(256, 256)
        optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
        learn(net, optimizer, tasks, 6000, 10, 256, by_tasks(250, generator), generator, args.epsilon)
    with torch.no_grad():
        accuracies = [100 * (net(x).argmax(1) == y).float().mean().item() for x, y in tests]
    print(f"{np.mean(accuracies):.2f}", [round(a, 2) for a in accuracies])


if __name__ == "__main__":
    main()
