"""Split-MNIST, with experience replay or plain: Engram beside bare PyTorch, in turn, A B A B.

    python bench/split_mnist.py --data-dir DIR [--python PYTHON_WITH_TORCH] [--pairs 5] [--warm-up 3] [--replay buffer-service|in-process]
                                [--reference-threads N] [--native] [--plain] [--wait-policy PASSIVE]

Starts a stack (`./engram up`), then for each seed runs `./engram run` on examples/split-mnist-er.yaml and the same work in
bench/reference/split_mnist.py, one after the other. The stack computes as it does by default (set
ENGRAM_COMPUTE_THREADS to change that); PyTorch with as many as it chooses, or as --reference-threads says. New samples a second
are those of the training loop, waiting for replay included. With --plain nothing is replayed and batches have 128 samples
(`finetune`). Prints a row for each pair, medians and the median of the ratios, pair by pair. Services live long and run compiled
code after their first thousands of exchanges: --warm-up runs that do not count come first; with 0 the first pairs show a freshly
started system. Let nothing else run meanwhile.
"""

import argparse
import contextlib
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

HOME = pathlib.Path(__file__).resolve().parent.parent
SAMPLES = 60000


def last_json(command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, **options)
    return json.loads(done.stdout.strip().splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-dir", required=True)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--warm-up", type=int, default=3)
    parser.add_argument("--replay", choices=["buffer-service", "in-process"], default="buffer-service")
    parser.add_argument("--reference-threads", type=int)
    parser.add_argument("--native", action="store_true", help="run the services as native executables")
    parser.add_argument("--wait-policy", choices=["ACTIVE", "PASSIVE"], help="OpenMP's for both; without it each has its own")
    parser.add_argument("--plain", action="store_true", help="finetune with batches of 128 instead of experience replay")
    args = parser.parse_args()
    spec = (HOME / "examples/split-mnist-er.yaml").read_text()
    if args.plain:
        spec = spec[:spec.index("memory:")].replace("name: er", "name: finetune").replace("batch_size: 64", "batch_size: 128")
    environment = dict(os.environ, ENGRAM_TRAINER_REPLAY=args.replay, ENGRAM_DATA_DIR=os.path.abspath(args.data_dir), **policy(args))

    with tempfile.TemporaryDirectory() as folder, stack(pathlib.Path(folder), environment, args.native):
        for seed in range(1001, 1001 + args.warm_up):
            ours(spec, seed, folder, environment)
        rows = [pair(args, spec, seed, folder, environment) for seed in range(1, args.pairs + 1)]
    print(f"median    Engram {statistics.median(r[0] for r in rows):8.0f}/s   "
          f"PyTorch {statistics.median(r[1] for r in rows):8.0f}/s   "
          f"ratio {statistics.median(a / b for a, b in rows):.3f}")


@contextlib.contextmanager
def stack(folder, environment, native=False):
    """All services and what they need, until the block ends; gives the process."""
    log = folder / "up.log"
    process = subprocess.Popen([HOME / "engram", "up", *(["--native"] if native else []), "--data-folder", folder / "stack"],
                               env=environment, stdout=log.open("w"), stderr=subprocess.STDOUT)
    try:
        wait_until_ready(process, log)
        yield process
    finally:
        process.terminate()
        process.wait()


def wait_until_ready(stack, log):
    """Looks without asking: a client that starts again and again would be load."""
    deadline = time.monotonic() + 300
    while "Ready" not in log.read_text():
        if stack.poll() is not None or time.monotonic() > deadline:
            raise SystemExit("the stack did not start; try ./engram up by hand")
        time.sleep(1)


def ours(spec, seed, folder, environment, native=False):
    path = pathlib.Path(folder) / f"seed-{seed}.yaml"
    path.write_text(f"{spec}seed: {seed}\n")
    return last_json([HOME / "engram", "run", path, "--json", *(["--native"] if native else [])], env=environment, stderr=subprocess.DEVNULL)


def untouched():
    """PyTorch runs as it comes, whatever Engram's OpenMP threads are told."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("OMP_", "GOMP_"))}


def policy(args):
    return {"OMP_WAIT_POLICY": args.wait_policy} if args.wait_policy else {}


def pair(args, spec, seed, folder, environment):
    engram = ours(spec, seed, folder, environment)
    options = ["--threads", str(args.reference_threads)] if args.reference_threads else []
    options += ["--method", "finetune", "--batch-size", "128"] if args.plain else []
    theirs = last_json([args.python, HOME / "bench/reference/split_mnist.py", args.data_dir, "--seed", str(seed), *options], env={**untouched(), **policy(args)})
    our_rate, their_rate = SAMPLES / engram["train_seconds"], theirs["samples_per_second"]
    print(f"seed {seed}    Engram {our_rate:8.0f}/s {engram['average_accuracy']:6.2f} %   "
          f"PyTorch {their_rate:8.0f}/s {theirs['average_accuracy']:6.2f} %   ratio {our_rate / their_rate:.3f}", flush=True)
    return our_rate, their_rate


if __name__ == "__main__":
    main()
