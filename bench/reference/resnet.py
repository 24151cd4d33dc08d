"""Bare PyTorch: training steps and evaluation of a ResNet-18 with the CIFAR stem, on CIFAR-10.

    python resnet.py DATA_DIR [--threads N] [--steps N] [--evaluations N]

SGD 0.1, batches of 32, data in memory as uint8 and normalised in the step; the loss and the number of right answers are read in
each. Then batches of 512 test samples in evaluation mode, without gradients. Prints one JSON object: samples a second of both,
after a few batches that do not count.
"""

import argparse
import json
import pathlib
import time

import numpy as np
import torch
import torch.nn.functional as F
from convolutional import body

TRAINING_BATCH, EVALUATION_BATCH, WARM_UP = 32, 512, 5
MEAN = torch.tensor([0.4914, 0.4822, 0.4465]).view(3, 1, 1)
DEVIATION = torch.tensor([0.2470, 0.2435, 0.2616]).view(3, 1, 1)


def load(file):
    rows = np.fromfile(file, np.uint8).reshape(-1, 3073)
    return torch.from_numpy(rows[:, 1:].reshape(-1, 3, 32, 32).copy()), torch.from_numpy(rows[:, 0].astype(np.int64))


def inputs(images):
    return images.float().div_(255).sub_(MEAN).div_(DEVIATION)


def train(network, images, labels, steps):
    optimizer = torch.optim.SGD(network.parameters(), lr=0.1)
    order = torch.randperm(len(labels))
    start = 0.0
    for k in range(WARM_UP + steps):
        if k == WARM_UP:
            start = time.perf_counter()
        rows = order[torch.arange(k * TRAINING_BATCH, (k + 1) * TRAINING_BATCH) % len(order)]
        y = labels[rows]
        logits = network(inputs(images[rows]))
        loss = F.cross_entropy(logits, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        loss.item(), int((logits.detach().argmax(1) == y).sum())
    return steps * TRAINING_BATCH / (time.perf_counter() - start)


@torch.no_grad()
def evaluate(network, images, labels, evaluations):
    network.eval()
    start = 0.0
    for k in range(1 + evaluations):
        if k == 1:
            start = time.perf_counter()
        rows = torch.arange(k * EVALUATION_BATCH, (k + 1) * EVALUATION_BATCH) % len(labels)
        int((network(inputs(images[rows])).argmax(1) == labels[rows]).sum())
    return evaluations * EVALUATION_BATCH / (time.perf_counter() - start)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data_dir", type=pathlib.Path)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--evaluations", type=int, default=5)
    args = parser.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(args.threads)
    folder = next(f for f in (args.data_dir / "cifar-10", args.data_dir / "cifar-10-batches-bin") if f.is_dir())
    network = torch.nn.Sequential(body("resnet18", 3), torch.nn.Linear(512, 10)).train()
    trained = train(network, *load(folder / "data_batch_1.bin"), args.steps)
    evaluated = evaluate(network, *load(folder / "test_batch.bin"), args.evaluations)
    print(
        json.dumps(
            {
                "threads": args.threads,
                "torch": torch.__version__,
                "training_samples_per_second": round(trained, 1),
                "evaluation_samples_per_second": round(evaluated, 1),
            }
        )
    )


if __name__ == "__main__":
    main()
