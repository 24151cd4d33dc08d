"""Bare PyTorch: class-incremental Split-MNIST with a growing head, plain training or experience replay.

    python split_mnist.py DATA_DIR [--method er|finetune] [--batch-size N] [--seed N] [--threads N]

The work of examples/split-mnist-er.yaml and nothing else: 5 tasks of 2 classes, MLP 784-400-400, SGD 0.1, one epoch, 64 new
and 64 replayed samples a step, a reservoir of 1000 raw samples. Data lie in memory as uint8 from the start. Prints one JSON
object: new samples a second inside the training loop,
accuracy after the last task on each task, and their mean.
"""

import argparse
import gzip
import json
import pathlib
import time

import numpy as np
import torch
import torch.nn.functional as F


def idx(path, header):
    return np.frombuffer(gzip.open(path).read(), np.uint8, offset=header).copy()


def load(folder, part):
    images = torch.from_numpy(idx(folder / f"{part}-images-idx3-ubyte.gz", 16).reshape(-1, 784))
    labels = torch.from_numpy(idx(folder / f"{part}-labels-idx1-ubyte.gz", 8).astype(np.int64))
    return images, labels


class Reservoir:
    """Vitter 1985, algorithm R, over raw samples; draws without repetition."""

    def __init__(self, capacity, width, generator):
        self.items = torch.empty(capacity, width, dtype=torch.uint8)
        self.labels = torch.empty(capacity, dtype=torch.int64)
        self.seen, self.generator = 0, generator

    def insert(self, items, labels):
        for k in range(len(labels)):
            slot = self.seen if self.seen < len(self.labels) else int(self.generator.integers(self.seen + 1))
            if slot < len(self.labels):
                self.items[slot], self.labels[slot] = items[k], labels[k]
            self.seen += 1

    def sample(self, count):
        stored = min(self.seen, len(self.labels))
        slots = torch.from_numpy(self.generator.choice(stored, min(count, stored), replace=False))
        return self.items[slots], self.labels[slots]


class FastReservoir(Reservoir):
    """The same, with one indexed assignment a batch in place of a loop over samples."""

    def insert(self, items, labels):
        n, capacity = len(labels), len(self.labels)
        seen = self.seen + np.arange(n)
        slots = np.where(seen < capacity, seen, (self.generator.random(n) * (seen + 1)).astype(np.int64))
        kept = np.flatnonzero(slots < capacity)
        if len(kept):
            chosen = torch.from_numpy(slots[kept])
            self.items[chosen], self.labels[chosen] = items[kept], labels[kept]
        self.seen += n


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data_dir", type=pathlib.Path)
    parser.add_argument("--method", choices=["er", "finetune"], default="er")
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    generator = np.random.default_rng(args.seed)
    train_x, train_y = load(args.data_dir / "mnist", "train")
    test_x, test_y = load(args.data_dir / "mnist", "t10k")

    body = torch.nn.Sequential(torch.nn.Linear(784, 400), torch.nn.ReLU(), torch.nn.Linear(400, 400), torch.nn.ReLU())
    head = None
    memory = FastReservoir(1000, 784, generator)
    samples, seconds = 0, 0.0
    for task in range(5):
        grown = torch.nn.Linear(400, 2 * task + 2)
        if head is not None:
            with torch.no_grad():
                grown.weight[: 2 * task], grown.bias[: 2 * task] = head.weight, head.bias
        head = grown
        parameters = [*body.parameters(), *head.parameters()]
        optimizer = torch.optim.SGD(parameters, lr=0.1)
        rows = torch.nonzero(train_y // 2 == task).flatten()
        start = time.perf_counter()
        rows = rows[torch.randperm(len(rows))]
        for batch in rows.split(args.batch_size):
            raw, y = train_x[batch], train_y[batch]
            x, target = raw, y
            if args.method == "er" and memory.seen:
                replayed_x, replayed_y = memory.sample(args.batch_size)
                x, target = torch.cat([raw, replayed_x]), torch.cat([y, replayed_y])
            logits = head(body(x.float().div_(255)))
            loss = F.cross_entropy(logits, target)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            loss.item(), int((logits[: len(y)].detach().argmax(1) == y).sum())
            if args.method == "er":
                memory.insert(raw, y)
        seconds += time.perf_counter() - start
        samples += len(rows)
    accuracies = []
    with torch.no_grad():
        for task in range(5):
            rows = torch.nonzero(test_y // 2 == task).flatten()
            predicted = head(body(test_x[rows].float() / 255)).argmax(1)
            accuracies.append(round(100 * float((predicted == test_y[rows]).float().mean()), 2))
    print(
        json.dumps(
            {
                "seed": args.seed,
                "threads": args.threads,
                "torch": torch.__version__,
                "samples_per_second": round(samples / seconds, 1),
                "train_seconds": round(seconds, 3),
                "accuracies": accuracies,
                "average_accuracy": round(sum(accuracies) / len(accuracies), 2),
            }
        )
    )


if __name__ == "__main__":
    main()
