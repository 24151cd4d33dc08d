"""ResNet-18 with the CIFAR stem on CIFAR-10: steps and evaluation of the learning library beside bare PyTorch, in turn, A B A B.

    python bench/resnet.py --data-dir DIR [--python PYTHON_WITH_TORCH] [--pairs 5] [--threads N] [--wait-policy ACTIVE|PASSIVE]
        [--steps 60] [--evaluations 5]

Builds the library, then runs ResnetBenchmark (in its tests) and bench/reference/resnet.py one after the other, with the same
threads and the same wait policy of OpenMP. Batches of 32 with SGD, then batches of 512 without gradients. Prints a row for each
pair, and the medians of the ratios, pair by pair. Let nothing else run meanwhile.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

HOME = pathlib.Path(__file__).resolve().parent.parent
MEASURED = ("training_samples_per_second", "evaluation_samples_per_second")
# Freed memory stays with the process, as the launcher and the containers of the trainer set it.
ALLOCATOR = {
    "MALLOC_TRIM_THRESHOLD_": "1073741824",
    "MALLOC_MMAP_THRESHOLD_": "33554432",
    "MALLOC_TOP_PAD_": "67108864",
}


def class_path():
    goals = ["test-compile", "dependency:build-classpath", "-Dmdep.outputFile=target/benchmark.classpath"]
    subprocess.run(["mvn", "-B", "-q", "-ntp", "-pl", "learning", "-am", *goals], cwd=HOME, check=True)
    dependencies = (HOME / "learning/target/benchmark.classpath").read_text()
    return os.pathsep.join([str(HOME / "learning/target/test-classes"), str(HOME / "learning/target/classes"), dependencies])


def measure(command, environment):
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)
    result = json.loads(done.stdout.strip().splitlines()[-1])
    return [result[name] for name in MEASURED]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-dir", required=True)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--wait-policy", choices=["ACTIVE", "PASSIVE"], default="ACTIVE")
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--evaluations", type=int, default=5)
    args = parser.parse_args()
    threads, steps, evaluations = str(args.threads), str(args.steps), str(args.evaluations)
    environment = dict(os.environ, OMP_WAIT_POLICY=args.wait_policy)
    main_class = "io.engram.learning.run.ResnetBenchmark"
    engram = ["java", "-cp", class_path(), main_class, args.data_dir, threads, steps, evaluations]
    reference = str(HOME / "bench/reference/resnet.py")
    pytorch = [args.python, reference, args.data_dir, "--threads", threads, "--steps", steps, "--evaluations", evaluations]

    ratios = []
    for _ in range(args.pairs):
        ours, theirs = measure(engram, {**environment, **ALLOCATOR}), measure(pytorch, environment)
        ratios.append([a / b for a, b in zip(ours, theirs)])
        print(*(f"{n}: Engram {a:8.1f} PyTorch {b:8.1f} ratio {a / b:.2f}  " for n, a, b in zip(MEASURED, ours, theirs)), flush=True)
    print("median ratios:", *(f"{n} {statistics.median(r):.2f}" for n, r in zip(MEASURED, zip(*ratios))))


if __name__ == "__main__":
    main()
