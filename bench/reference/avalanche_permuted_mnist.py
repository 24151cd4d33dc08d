"""Permuted MNIST with Avalanche 0.6: the rows `permuted-mnist` and `permuted-mnist-one-pass` of docs/results.md in its code.

    python avalanche_permuted_mnist.py DATA_DIR --method a-gem|si|finetune [--seed N] [--normalised] [--views] [--threads N]

Settings are those of ContinualAI/continual-learning-baselines (experiments/permuted_mnist): `a-gem` with 17 tasks, MLP 784-256-256, batches
of 10, SGD 0.1, one epoch, 250 remembered samples a task and 256 for the gradient; `si` and `finetune` with ten tasks, MLP 784-1000,
batches of 256, Adam 0.001, ten epochs. The first task has the pixels as they are, 0 to 1; with --normalised they are centred and
scaled, as its PermutedMNIST does by default. Data lie in memory as tensors. On a processor its `si` takes views of weights for copies of
them, so that no weight seems to have moved, importances are 0 and it is plain training; on a GPU it copies. Here it copies, unless
--views is given. Prints one JSON object: accuracy after the last task on
each task, their mean, and seconds.
"""

import argparse
import json
import pathlib
import sys
import time
import warnings

import torch
from avalanche.benchmarks import dataset_benchmark
from avalanche.evaluation.metrics import accuracy_metrics
from avalanche.training import AGEM, Naive, SynapticIntelligence
from avalanche.training.plugins import EvaluationPlugin, SynapticIntelligencePlugin

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from a_gem import DEVIATION, MEAN, mlp  # noqa: E402
from avalanche_split_mnist import accuracies, labelled  # noqa: E402
from split_mnist import load  # noqa: E402

def tasks(folder, part, orders, normalised):
    images, labels = load(folder / "mnist", part)
    pixels = images.flatten(1).float() / 255
    if normalised:
        pixels = (pixels - MEAN) / DEVIATION
    return [labelled(pixels[:, order], labels) for order in orders]


@torch.no_grad()
def copy_weights(model, target, excluded_parameters):
    """Their `extract_weights`, which leaves out the copy."""
    for name, parameter in SynapticIntelligencePlugin.allowed_parameters(model, excluded_parameters):
        target[name].data = parameter.detach().cpu().flatten().clone()


def strategy(method):
    common = {"criterion": torch.nn.CrossEntropyLoss(), "eval_mb_size": 512,
              "evaluator": EvaluationPlugin(accuracy_metrics(experience=True), loggers=[])}
    if method == "a-gem":
        model = mlp(256, 256)
        return AGEM(model=model, optimizer=torch.optim.SGD(model.parameters(), lr=0.1), patterns_per_exp=250, sample_size=256,
                    train_mb_size=10, train_epochs=1, **common)
    model = mlp(1000)
    common.update(model=model, optimizer=torch.optim.Adam(model.parameters(), lr=0.001), train_mb_size=256, train_epochs=10)
    return SynapticIntelligence(si_lambda=10, eps=0.1, **common) if method == "si" else Naive(**common)


def main():
    warnings.simplefilter("ignore")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data_dir", type=pathlib.Path)
    parser.add_argument("--method", choices=["a-gem", "si", "finetune"], required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--normalised", action="store_true")
    parser.add_argument("--views", action="store_true", help="leave `si` as it is on a processor")
    parser.add_argument("--threads", type=int)
    args = parser.parse_args()
    if args.threads:
        torch.set_num_threads(args.threads)
    if not args.views:
        SynapticIntelligencePlugin.extract_weights = staticmethod(copy_weights)
    torch.manual_seed(args.seed)
    count = 17 if args.method == "a-gem" else 10
    orders = [torch.arange(784), *(torch.randperm(784) for _ in range(count - 1))]
    benchmark = dataset_benchmark(tasks(args.data_dir, "train", orders, args.normalised), tasks(args.data_dir, "t10k", orders, args.normalised))
    learner = strategy(args.method)
    start = time.perf_counter()
    for experience in benchmark.train_stream:
        learner.train(experience)
    results = learner.eval(benchmark.test_stream)
    accuracy = accuracies(results)
    print(json.dumps({"average_accuracy": sum(accuracy) / len(accuracy), "accuracy": accuracy, "seconds": time.perf_counter() - start}))


if __name__ == "__main__":
    main()
