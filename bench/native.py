"""Split-MNIST with experience replay on native executables beside jars, in turn, A B A B.

    python bench/native.py --data-dir DIR [--pairs 5] [--warm-up 3]

Two stacks stand side by side (`./engram up`, one with `--native`), and take the run of examples/split-mnist-er.yaml in turn. New samples a
second are those of the training loop, waiting for replay included. Prints a row for each pair, medians and the median of the
ratios, pair by pair. Runs that do not count come first (--warm-up). Let nothing else run meanwhile.
"""

import argparse
import statistics

from side_by_side import rates


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-dir", required=True)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--warm-up", type=int, default=3)
    rows = rates(("executables", "jars"), ({}, {}), (True, False), parser.parse_args())
    native, jars = (statistics.median(column) for column in zip(*rows))
    print(f"median    executables {native:7.0f}/s   jars {jars:7.0f}/s   ratio {statistics.median(a / b for a, b in rows):.3f}")


if __name__ == "__main__":
    main()
