"""What replay through the buffer service costs beside the memory in the trainer's process, in turn, A B A B.

    python bench/replay_cost.py --data-dir DIR [--pairs 6] [--warm-up 3] [--native]

Starts two stacks (`./engram up`) that differ in ENGRAM_TRAINER_REPLAY alone, then runs examples/split-mnist-er.yaml with each, one
after the other, the same seed in both. Prints a row for each pair, then medians, and what a step takes longer through the
service. Both stacks are up all the time; the one that is not at work rests. Let nothing else run meanwhile.
"""

import argparse
import os
import pathlib
import signal
import statistics
import subprocess
import tempfile

from split_mnist import HOME, SAMPLES, last_json, wait_until_ready

KINDS = {"buffer-service": 0, "in-process": 100}
PORTS = {"kafka": 9092, "postgres": 5432, "trainer": 9101, "buffer": 9102, "evaluator": 9103,
         "trainer-http": 8101, "buffer-http": 8102, "evaluator-http": 8103}


def up(name, offset, folder, data_dir, replay, native):
    """A stack of its own, with its ports so far from the usual ones and 10000 more."""
    log = folder / f"{name}.log"
    ports = [f"--{port}-port={number + 10000 + offset}" for port, number in PORTS.items()]
    return subprocess.Popen(
        [HOME / "engram", "up", *(["--native"] if native else []), "--data-folder", folder / name, *ports],
        env=dict(os.environ, ENGRAM_TRAINER_REPLAY=replay, ENGRAM_DATA_DIR=os.path.abspath(data_dir)),
        stdout=log.open("w"), stderr=subprocess.STDOUT), log


def run(offset, seed, folder):
    spec = folder / f"seed-{seed}.yaml"
    spec.write_text((HOME / "examples/split-mnist-er.yaml").read_text() + f"seed: {seed}\n")
    at = [f"--{name}=127.0.0.1:{PORTS[name] + 10000 + offset}" for name in ("trainer", "evaluator")]
    return last_json([HOME / "engram", "run", spec, "--json", *at], stderr=subprocess.DEVNULL)


def pair(seed, folder):
    done = {kind: run(offset, seed, folder) for kind, offset in KINDS.items()}
    rates = [SAMPLES / result["train_seconds"] for result in done.values()]
    accuracies = [result["average_accuracy"] for result in done.values()]
    same = "the same" if accuracies[0] == accuracies[1] else "NOT THE SAME"
    print(f"seed {seed}    through the service {rates[0]:7.0f}/s   in process {rates[1]:7.0f}/s   "
          f"cost {rates[1] / rates[0] - 1:6.1%}   accuracies {same}", flush=True)
    return rates


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-dir", required=True)
    parser.add_argument("--pairs", type=int, default=6)
    parser.add_argument("--warm-up", type=int, default=3)
    parser.add_argument("--native", action="store_true", help="run the services as native executables")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        stacks = []
        try:
            for kind, offset in KINDS.items():
                stacks.append(up(kind, offset, folder, args.data_dir, kind, args.native))
                wait_until_ready(*stacks[-1])
            for seed in range(1001, 1001 + args.warm_up):
                for offset in KINDS.values():
                    run(offset, seed, folder)
            rows = [pair(seed, folder) for seed in range(1, args.pairs + 1)]
        finally:
            for stack, _ in stacks:
                stack.send_signal(signal.SIGINT)
            for stack, _ in stacks:
                stack.wait()
    through, within = (statistics.median(row[i] for row in rows) for i in (0, 1))
    print(f"median    through the service {through:7.0f}/s   in process {within:7.0f}/s   cost {within / through - 1:6.1%}   "
          f"pair by pair {statistics.median(row[1] / row[0] - 1 for row in rows):6.1%}")


if __name__ == "__main__":
    main()
