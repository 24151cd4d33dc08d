"""What replay through the buffer service costs beside the memory in the trainer's process, in turn, A B A B.

    python bench/replay_cost.py --data-dir DIR [--pairs 6] [--warm-up 3] [--native]

Starts two stacks (`./engram up`) that differ in ENGRAM_TRAINER_REPLAY alone, then runs examples/split-mnist-er.yaml with each, one
after the other, the same seed in both. Prints a row for each pair, then medians, and what a step takes longer through the
service. Both stacks are up all the time; the one that is not at work rests. Let nothing else run meanwhile.
"""

import argparse
import statistics

from side_by_side import rates

KINDS = ("buffer-service", "in-process")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-dir", required=True)
    parser.add_argument("--pairs", type=int, default=6)
    parser.add_argument("--warm-up", type=int, default=3)
    parser.add_argument("--native", action="store_true", help="run the services as native executables")
    args = parser.parse_args()
    rows = rates(KINDS, [{"ENGRAM_TRAINER_REPLAY": kind} for kind in KINDS], (args.native, args.native), args)
    through, within = (statistics.median(column) for column in zip(*rows))
    print(f"median    through the service {through:7.0f}/s   in process {within:7.0f}/s   cost {within / through - 1:6.1%}   "
          f"pair by pair {statistics.median(b / a - 1 for a, b in rows):6.1%}")


if __name__ == "__main__":
    main()
