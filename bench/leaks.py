"""Memory of a stack over 20 000 steps of a run, method by method.

    python bench/leaks.py [--methods er,der++,lwf,mir,podnet,online-ewc] [--epochs 250] [--native]

Starts a stack (`./engram up`), and for each method runs its example on the digits (examples/digits-METHOD.yaml) for 250 epochs of each of
five tasks: about 20 000 steps, with 250 reshuffles a task and a checkpoint every 1000 steps. Meanwhile it reads what trainer and buffer
service have resident (/proc/PID/status), twenty times a second, and prints the median over the steps of each fifth task, so of equal lengths.
The first fifth has what is loaded once; a leak shows as growth from the second to the last.
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

from split_mnist import HOME, stack

SERVICES = ("trainer", "buffer")


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


def resident(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024


def spec(method, epochs, folder):
    text = (HOME / f"examples/digits-{method}.yaml").read_text()
    text = re.sub(r"epochs: \d+", f"epochs: {epochs}\n  checkpoint_steps: 1000", text)
    path = folder / f"{method}.yaml"
    path.write_text(text)
    return path


def measure(method, epochs, folder, pids):
    samples, done = [], threading.Event()

    def sample():
        while not done.wait(0.05):
            samples.append({service: resident(pid) for service, pid in pids.items()})

    thread = threading.Thread(target=sample)
    thread.start()
    run = subprocess.run([HOME / "engram", "run", spec(method, epochs, folder), "--json"], stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL, text=True, check=True)
    done.set()
    thread.join()
    name = json.loads(run.stdout.strip().splitlines()[-1])["run"]
    tasks = json.loads(subprocess.run([HOME / "engram", "show", name, "--json"], stdout=subprocess.PIPE, text=True,
                                      check=True).stdout)["tasks"]
    steps = sum(int(task["steps"]) for task in tasks)
    fifth = len(samples) // 5
    rows = [{service: statistics.median(s[service] for s in samples[i * fifth:(i + 1) * fifth]) for service in SERVICES}
            for i in range(5)]
    print(f"{method:12} {steps:6} steps   " + "   ".join(
        f"{service} MB " + " ".join(f"{row[service]:6.1f}" for row in rows) for service in SERVICES), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--methods", default="er,der++,lwf,mir,podnet,online-ewc")
    parser.add_argument("--epochs", type=int, default=250)
    parser.add_argument("--native", action="store_true", help="run the services as native executables")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        with stack(folder, os.environ, args.native) as process:
            time.sleep(2)
            pids = {service: pid_of(service, process.pid) for service in SERVICES}
            for method in args.methods.split(","):
                measure(method, args.epochs, folder, pids)


if __name__ == "__main__":
    main()
