"""The work of examples/split-mnist-er.yaml with Avalanche 0.6, as its documentation writes it.

    python avalanche_split_mnist.py DATA_DIR [--seed N] [--classic] [--batch-size N]

5 tasks of 2 classes, MLP 784-400-400 with a growing head, SGD 0.1, one epoch, 64 (or N) new and as many replayed samples a step, a
reservoir of 1000, evaluation on all tasks seen so far after each, no loader processes. Data lie in memory as tensors from the start;
with --classic they are the benchmark SplitMNIST as it comes, images that are transformed one by one. Prints one JSON object: accuracy
after the last task on each task, their mean, and seconds in training.
"""

import argparse
import gzip
import json
import pathlib
import sys
import tempfile
import time
import warnings

import torch
from avalanche.benchmarks import SplitMNIST, nc_benchmark
from avalanche.benchmarks.utils import as_classification_dataset
from avalanche.evaluation.metrics import accuracy_metrics
from avalanche.models import IncrementalClassifier
from avalanche.training import Naive
from avalanche.training.plugins import EvaluationPlugin, ReplayPlugin
from avalanche.training.storage_policy import ReservoirSamplingBuffer
from torch.utils.data import TensorDataset

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from split_mnist import load  # noqa: E402


class Mlp(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.body = torch.nn.Sequential(
            torch.nn.Linear(784, 400), torch.nn.ReLU(), torch.nn.Linear(400, 400), torch.nn.ReLU())
        self.classifier = IncrementalClassifier(400, 2)

    def forward(self, x):
        return self.classifier(self.body(x.flatten(1)))


def dataset(folder, part):
    images, labels = load(folder / "mnist", part)
    return labelled(images.float() / 255, labels)


def labelled(pixels, labels):
    data = TensorDataset(pixels, labels)
    data.targets = labels.tolist()
    return as_classification_dataset(data)


def accuracies(results):
    """Percent of each task, from what an evaluation with accuracy_metrics(experience=True) gives."""
    return [100 * value for name, value in sorted(results.items()) if name.startswith("Top1_Acc_Exp/eval_phase")]


def classic(folder, root):
    """Puts the published files where torchvision looks for them."""
    raw = pathlib.Path(root) / "MNIST/raw"
    raw.mkdir(parents=True)
    for file in (folder / "mnist").glob("*.gz"):
        (raw / file.stem).write_bytes(gzip.decompress(file.read_bytes()))
    return SplitMNIST(n_experiences=5, fixed_class_order=list(range(10)), dataset_root=root)


def in_memory(folder):
    return nc_benchmark(dataset(folder, "train"), dataset(folder, "t10k"), n_experiences=5, task_labels=False,
                        fixed_class_order=list(range(10)))


def main():
    warnings.simplefilter("ignore")
    parser = argparse.ArgumentParser()
    parser.add_argument("data_dir", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--classic", action="store_true")
    parser.add_argument("--batch-size", type=int, default=64)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    with tempfile.TemporaryDirectory() as root:
        learn(classic(args.data_dir, root) if args.classic else in_memory(args.data_dir), args.batch_size)


def learn(benchmark, batch_size):
    model = Mlp()
    replay = ReplayPlugin(mem_size=1000, batch_size_mem=batch_size, storage_policy=ReservoirSamplingBuffer(max_size=1000))
    strategy = Naive(
        model=model, optimizer=torch.optim.SGD(model.parameters(), lr=0.1), criterion=torch.nn.CrossEntropyLoss(), train_mb_size=batch_size,
        train_epochs=1, eval_mb_size=512, plugins=[replay], evaluator=EvaluationPlugin(accuracy_metrics(experience=True), loggers=[]))
    seconds = 0.0
    for k, experience in enumerate(benchmark.train_stream):
        start = time.perf_counter()
        strategy.train(experience)
        seconds += time.perf_counter() - start
        results = strategy.eval(benchmark.test_stream[:k + 1])
    tasks = accuracies(results)
    print(json.dumps({"average_accuracy": sum(tasks) / len(tasks), "accuracy": tasks, "train_seconds": seconds}))


if __name__ == "__main__":
    main()
