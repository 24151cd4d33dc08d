"""What a step of each method takes beside one of plain finetuning, on Split-MNIST.

    python bench/methods.py --data-dir DIR [--repetitions 3] [--methods er,der++,...]

Starts a stack (`./engram up`) whose trainer holds replay memory in its own process, then runs each method's example
(examples/digits-METHOD.yaml) on MNIST instead: five tasks of two classes, one pass, MLP 784-400-400, 64 new samples a step and 64
remembered ones from a memory of 1000. All methods run once after another, then again, as often as asked. Prints each measurement, and
at last for each method the median time of a step, what it does at the ends of tasks included, and its ratio to finetune in the same
round. Let nothing else run meanwhile.
"""

import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import tempfile

from split_mnist import HOME, stack

EXAMPLES = sorted(path.stem[len("digits-"):] for path in (HOME / "examples").glob("digits-*.yaml"))
SCENARIOS = {"permuted-er", "task-incremental"}


def spec(method, folder):
    text = (HOME / f"examples/digits-{method}.yaml").read_text()
    for pattern, value in ((r"dataset: digits", "dataset: mnist"), (r"hidden: \[[\d, ]+\]", "hidden: [400, 400]"),
                           (r"epochs: \d+", "epochs: 1"), (r"capacity: \d+", "capacity: 1000"), (r"batch_size: \d+", "batch_size: 64")):
        text = re.sub(pattern, value, text)
    path = folder / f"{method}.yaml"
    path.write_text(text)
    return path


def command(*arguments):
    return json.loads(subprocess.run([HOME / "engram", *arguments, "--json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                     text=True, check=True).stdout.strip().splitlines()[-1])


def step_seconds(method, folder):
    result = command("run", spec(method, folder))
    run = json.loads(subprocess.run([HOME / "engram", "show", result["run"], "--json"], stdout=subprocess.PIPE, text=True,
                                    check=True).stdout)
    return result["train_seconds"] / sum(int(task["steps"]) for task in run["tasks"])


def one_round(methods, folder):
    times = {}
    for method in methods:
        times[method] = step_seconds(method, folder)
        print(f"  {method:14} {times[method] * 1e6:8.0f} us", flush=True)
    return times


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-dir", required=True)
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--methods", default=",".join(name for name in EXAMPLES if name not in SCENARIOS))
    args = parser.parse_args()
    methods = ["finetune", *(name for name in args.methods.split(",") if name != "finetune")]
    environment = dict(os.environ, ENGRAM_TRAINER_REPLAY="in-process", ENGRAM_DATA_DIR=os.path.abspath(args.data_dir))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        with stack(folder, environment):
            step_seconds("er", folder)
            rounds = [one_round(methods, folder) for _ in range(args.repetitions)]
    for method in methods:
        micros = statistics.median(times[method] for times in rounds) * 1e6
        ratio = statistics.median(times[method] / times["finetune"] for times in rounds)
        print(f"{method:14} {micros:8.0f} us   {ratio:6.2f} x finetune", flush=True)


if __name__ == "__main__":
    main()
