"""Split-MNIST with experience replay on native executables beside jars, in turn, A B A B.

    python bench/native.py --data-dir DIR [--pairs 5] [--warm-up 3]

Two stacks stand side by side (`./engram up`, one with `--native`), and take the run of examples/split-mnist-er.yaml in turn. New samples a
second are those of the training loop, waiting for replay included. Prints a row for each pair, medians and the median of the
ratios, pair by pair. Runs that do not count come first (--warm-up). Let nothing else run meanwhile.
"""

import argparse
import pathlib
import signal
import statistics
import tempfile

from replay_cost import run, up
from split_mnist import SAMPLES, wait_until_ready

OFFSETS = {"executables": 0, "jars": 100}


def pair(seed, folder):
    done = [run(offset, seed, folder) for offset in OFFSETS.values()]
    rates = [SAMPLES / result["train_seconds"] for result in done]
    same = "the same" if done[0]["average_accuracy"] == done[1]["average_accuracy"] else "NOT THE SAME"
    print(f"seed {seed}    executables {rates[0]:7.0f}/s   jars {rates[1]:7.0f}/s   ratio {rates[0] / rates[1]:.3f}   "
          f"accuracies {same}", flush=True)
    return rates


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-dir", required=True)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--warm-up", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        stacks = []
        try:
            for kind, offset in OFFSETS.items():
                stacks.append(up(kind, offset, folder, args.data_dir, "buffer-service", kind == "executables"))
                wait_until_ready(*stacks[-1])
            for seed in range(1001, 1001 + args.warm_up):
                for offset in OFFSETS.values():
                    run(offset, seed, folder)
            rows = [pair(seed, folder) for seed in range(1, args.pairs + 1)]
        finally:
            for stack, _ in stacks:
                stack.send_signal(signal.SIGINT)
            for stack, _ in stacks:
                stack.wait()
    native, jars = (statistics.median(row[i] for row in rows) for i in (0, 1))
    print(f"median    executables {native:7.0f}/s   jars {jars:7.0f}/s   ratio {statistics.median(a / b for a, b in rows):.3f}")


if __name__ == "__main__":
    main()
