"""Bare PyTorch: (dark) experience replay on Split MNIST, one pass, as Buzzega et al. 2020 set it.

    python dark_replay.py DATA_DIR [--method der|der++|er] [--head full|growing] [--initial xavier|default] [--seed N]

MLP 784-100-100, SGD, batches of 10, a reservoir of 500, settings of the authors' code (aimagelab/mammoth, utils/best_args.py). The
authors have a head of all ten classes from the start and Xavier initial values (their MNISTMLP): full, xavier. With a growing
head, classes that are not known yet have the least of the logits that are remembered. Prints the average accuracy.
"""

import argparse
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

from split_mnist import load

CAPACITY = 500
# learning rate, replayed samples in a batch, weight of remembered logits, weight of remembered labels
SETTINGS = {"der": (0.03, 128, 1.0, 0), "der++": (0.03, 10, 1.0, 0.5), "er": (0.1, 10, 0, 0)}


def network(initial):
    layers = [torch.nn.Linear(784, 100), torch.nn.Linear(100, 100), torch.nn.Linear(100, 10)]
    if initial == "xavier":
        for layer in layers:
            torch.nn.init.xavier_uniform_(layer.weight)
            torch.nn.init.zeros_(layer.bias)
    return torch.nn.Sequential(layers[0], torch.nn.ReLU(), layers[1], torch.nn.ReLU(), layers[2])


class Reservoir:
    def __init__(self, generator):
        self.x, self.y = torch.zeros(CAPACITY, 784), torch.zeros(CAPACITY, dtype=torch.int64)
        self.logits = torch.zeros(CAPACITY, 10)
        self.seen, self.generator = 0, generator

    def insert(self, x, y, logits):
        for k in range(len(y)):
            slot = self.seen if self.seen < CAPACITY else int(self.generator.integers(self.seen + 1))
            if slot < CAPACITY:
                self.x[slot], self.y[slot], self.logits[slot] = x[k], y[k], logits[k]
            self.seen += 1

    def draw(self, count):
        stored = min(self.seen, CAPACITY)
        return torch.from_numpy(self.generator.choice(stored, min(count, stored), replace=False))


def loss_of(method, net, known, x, y, memory):
    _, count, alpha, beta = SETTINGS[method]
    logits = net(x)[:, :known]
    if memory.seen == 0:
        return F.cross_entropy(logits, y), logits
    if method == "er":
        slots = memory.draw(count)
        replayed = net(memory.x[slots])[:, :known]
        return F.cross_entropy(torch.cat([logits, replayed]), torch.cat([y, memory.y[slots]])), logits
    slots = memory.draw(count)
    loss = F.cross_entropy(logits, y)
    loss = loss + alpha * F.mse_loss(net(memory.x[slots])[:, :known], memory.logits[slots][:, :known])
    if beta:
        slots = memory.draw(count)
        loss = loss + beta * F.cross_entropy(net(memory.x[slots])[:, :known], memory.y[slots])
    return loss, logits


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data_dir", type=pathlib.Path)
    parser.add_argument("--method", choices=SETTINGS, default="der")
    parser.add_argument("--head", choices=["full", "growing"], default="full")
    parser.add_argument("--initial", choices=["xavier", "default"], default="xavier")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    train_x, train_y = load(args.data_dir / "mnist", "train")
    test_x, test_y = load(args.data_dir / "mnist", "t10k")
    net = network(args.initial)
    optimizer = torch.optim.SGD(net.parameters(), lr=SETTINGS[args.method][0])
    memory = Reservoir(np.random.default_rng(args.seed))
    for task in range(5):
        known = 10 if args.head == "full" else 2 * task + 2
        rows = torch.where(train_y // 2 == task)[0]
        for batch in rows[torch.randperm(len(rows))].split(10):
            x, y = train_x[batch] / 255, train_y[batch]
            optimizer.zero_grad()
            loss, logits = loss_of(args.method, net, known, x, y, memory)
            loss.backward()
            optimizer.step()
            remembered = logits.detach().amin(1, keepdim=True).repeat(1, 10)
            remembered[:, :known] = logits.detach()
            memory.insert(x, y, remembered)
    with torch.no_grad():
        right = net(test_x / 255).argmax(1) == test_y
    print(round(float(np.mean([right[test_y // 2 == task].float().mean() * 100 for task in range(5)])), 2))


if __name__ == "__main__":
    main()
