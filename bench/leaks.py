"""Memory of a stack over 20 000 steps of a run, method by method: heap, and what is outside of it.

    python bench/leaks.py [--methods er,der++,lwf,mir,podnet,online-ewc] [--epochs 250]
    python bench/leaks.py --runs 120 [--methods er] [--epochs 20]

Starts a stack (`./engram up`), and for each method runs its example on the digits (examples/digits-METHOD.yaml) for 250 epochs of each of
five tasks: about 20 000 steps, with 250 reshuffles a task and a checkpoint every 1000 steps; the first method once before, so that
what is loaded once is there. Meanwhile it reads, twice a second, the heap of each service that is in use (/q/metrics) and
what it has resident elsewhere (/proc/PID/smaps), and prints for each fifth of the time, in MB:

    live     the least of the heap that was in use: what collections leave
    outside  the median of what is resident outside of the heap: libtorch and its tensors, buffers, code, stacks

A leak shows as growth from the second fifth to the last.

With --runs it makes so many short runs instead, of the methods in turn, and prints what is outside of the heap after each tenth: what a run
leaves behind shows as growth that does not end. Code that the JVM compiles and pages that malloc keeps do grow, less and less.
MALLOC_ARENA_MAX=1 in the environment leaves compiled code alone.
"""

import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import tempfile
import threading
import time
import urllib.request

from split_mnist import HOME, stack

METRICS = {"trainer": 8101, "buffer": 8102, "evaluator": 8103}
USED = re.compile(r'^jvm_memory_used_bytes\{area="heap".*?\} (\S+)$', re.MULTILINE)
MAPPING = re.compile(r"^([0-9a-f]+)-[0-9a-f]+ .*?^Rss: +(\d+) kB", re.MULTILINE | re.DOTALL)
HEAP = range(1 << 29, 1 << 35)
"""Where the JVM puts a heap of up to 30 GB, so that 32 bits name an object, and nothing else."""


def pid_of(service, stack):
    """The child of the stack whose command names the service."""
    for folder in pathlib.Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                command = (folder / "cmdline").read_bytes().decode(errors="replace")
                if f"{service}-service" in command and f"\nPPid:\t{stack}\n" in (folder / "status").read_text():
                    return folder.name
            except OSError:
                continue
    raise SystemExit(f"the {service} service of the stack was not found")


def memory(service, pid):
    """Megabytes of heap in use, and resident outside of the heap."""
    metrics = urllib.request.urlopen(f"http://127.0.0.1:{METRICS[service]}/q/metrics").read().decode()
    mappings = MAPPING.findall(pathlib.Path(f"/proc/{pid}/smaps").read_text())
    return (sum(float(size) for size in USED.findall(metrics)) / 2**20,
            sum(int(size) for start, size in mappings if int(start, 16) not in HEAP) / 1024)


def spec(method, epochs, folder):
    text = (HOME / f"examples/digits-{method}.yaml").read_text()
    text = re.sub(r"epochs: \d+", f"epochs: {epochs}\n  checkpoint_steps: 1000", text)
    path = folder / f"{method}.yaml"
    path.write_text(text)
    return path


def run(method, epochs, folder):
    result = subprocess.run([HOME / "engram", "run", spec(method, epochs, folder), "--json"], stdout=subprocess.PIPE,
                            stderr=subprocess.DEVNULL, text=True, check=True)
    name = json.loads(result.stdout.strip().splitlines()[-1])["run"]
    shown = subprocess.run([HOME / "engram", "show", name, "--json"], stdout=subprocess.PIPE, text=True, check=True)
    return sum(int(task["steps"]) for task in json.loads(shown.stdout)["tasks"])


def measure(method, epochs, folder, pids):
    samples, done = [], threading.Event()

    def sample():
        while not done.wait(0.5):
            samples.append({service: memory(service, pid) for service, pid in pids.items()})

    thread = threading.Thread(target=sample)
    thread.start()
    steps = run(method, epochs, folder)
    done.set()
    thread.join()
    fifth = len(samples) // 5
    if fifth == 0:
        raise SystemExit(f"the run took {len(samples) / 2} s, too short to be measured; give more --epochs")
    fifths = [samples[k * fifth:(k + 1) * fifth] for k in range(5)]
    for service in METRICS:
        live = " ".join(f"{min(one[service][0] for one in part):6.1f}" for part in fifths)
        outside = " ".join(f"{statistics.median(one[service][1] for one in part):6.1f}" for part in fifths)
        print(f"{method:12} {steps:6} steps  {service:9}  live {live}   outside {outside}", flush=True)


def run_by_run(methods, runs, epochs, folder, pids):
    for made in range(1, runs + 1):
        run(methods[made % len(methods)], epochs, folder)
        if made == 1 or made % 10 == 0:
            time.sleep(1)
            outside = "   ".join(f"{service} {memory(service, pid)[1]:6.1f}" for service, pid in pids.items())
            print(f"after {made:4} runs, outside: {outside}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--methods", default="er,der++,lwf,mir,podnet,online-ewc")
    parser.add_argument("--epochs", type=int, help="of each task; 250, or 20 with --runs")
    parser.add_argument("--runs", type=int, help="short runs, one after another")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        with stack(folder, os.environ) as process:
            time.sleep(2)
            pids = {service: pid_of(service, process.pid) for service in METRICS}
            methods = args.methods.split(",")
            if args.runs:
                run_by_run(methods, args.runs, args.epochs or 20, folder, pids)
            else:
                run(methods[0], args.epochs or 250, folder)
                for method in methods:
                    measure(method, args.epochs or 250, folder, pids)


if __name__ == "__main__":
    main()
