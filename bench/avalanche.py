"""A whole run of Split-MNIST with experience replay: Engram beside Avalanche 0.6, in turn, A B A B.

    python bench/avalanche.py --data-dir DIR --python PYTHON_WITH_AVALANCHE [--pairs 5] [--native] [--classic] [--batch-size 64]

Seconds on the clock from the start of `./engram run examples/split-mnist-er.yaml` to its end, with every accuracy, on a stack that stands
(`./engram up`); beside it those of bench/reference/avalanche_split_mnist.py and of bare PyTorch, bench/reference/split_mnist.py, which
evaluates once at the end, from the start of Python to its end. With --classic Avalanche reads its data as its benchmark SplitMNIST
comes, without it from tensors in memory. --batch-size is that of new and that of replayed samples, for all three; online protocols
have 10. The first run after the stack has started counts as well. Prints a row for each round, medians, and the median of the
ratios. Let nothing else run meanwhile.
"""

import argparse
import os
import pathlib
import statistics
import sys
import tempfile
import time

from split_mnist import HOME, last_json, ours, stack, untouched


def clocked(run):
    start = time.perf_counter()
    result = run()
    return time.perf_counter() - start, result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-dir", required=True)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--native", action="store_true", help="services and command as native executables")
    parser.add_argument("--classic", action="store_true", help="Avalanche reads SplitMNIST as it comes, not tensors in memory")
    parser.add_argument("--batch-size", type=int, default=64)
    args = parser.parse_args()
    spec = (HOME / "examples/split-mnist-er.yaml").read_text().replace("batch_size: 64", f"batch_size: {args.batch_size}")
    environment = dict(os.environ, ENGRAM_DATA_DIR=os.path.abspath(args.data_dir))
    classic = ["--classic"] if args.classic else []
    reference = [args.python, HOME / "bench/reference/avalanche_split_mnist.py", args.data_dir, *classic,
                 "--batch-size", str(args.batch_size), "--seed"]
    bare = [args.python, HOME / "bench/reference/split_mnist.py", args.data_dir, "--batch-size", str(args.batch_size), "--seed"]
    rows = []
    with tempfile.TemporaryDirectory() as folder, stack(pathlib.Path(folder), environment, args.native):
        for seed in range(1, args.pairs + 1):
            our_time, engram = clocked(lambda: ours(spec, seed, folder, environment, args.native))
            their_time, theirs = clocked(lambda: last_json([*reference, str(seed)], env=untouched()))
            bare_time, plain = clocked(lambda: last_json([*bare, str(seed)], env=untouched()))
            rows.append((our_time, their_time, bare_time))
            print(f"seed {seed}    Engram {told(our_time, engram)}   Avalanche {told(their_time, theirs)}   "
                  f"bare PyTorch {told(bare_time, plain)}   ratio {their_time / our_time:.1f}", flush=True)
    ours_median, theirs_median, bare_median = (statistics.median(times) for times in zip(*rows))
    print(f"median    Engram {ours_median:6.2f} s   Avalanche {theirs_median:6.2f} s   bare PyTorch {bare_median:6.2f} s   "
          f"ratio {statistics.median(b / a for a, b, _ in rows):.1f}")


def told(seconds, result):
    return f"{seconds:6.2f} s ({result['train_seconds']:.2f} in training) {result['average_accuracy']:6.2f} %"


if __name__ == "__main__":
    main()
