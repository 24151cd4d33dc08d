"""Stacks that stand side by side and take the run of examples/split-mnist-er.yaml in turn, each on ports of its own."""

import contextlib
import os
import pathlib
import subprocess
import tempfile

from split_mnist import HOME, SAMPLES, last_json, wait_until_ready

PORTS = {"kafka": 19092, "postgres": 15432, "trainer": 19101, "buffer": 19102, "evaluator": 19103,
         "trainer-http": 18101, "buffer-http": 18102, "evaluator-http": 18103}


@contextlib.contextmanager
def stacks(folder, environments, natives):
    """A stack for each environment, of executables where natives says so, until the block ends."""
    processes = []
    try:
        for k, (environment, native) in enumerate(zip(environments, natives)):
            log = folder / f"{k}.log"
            ports = [f"--{name}-port={port + 100 * k}" for name, port in PORTS.items()]
            processes.append(subprocess.Popen(
                [HOME / "engram", "up", *(["--native"] if native else []), "--data-folder", folder / str(k), *ports],
                env={**os.environ, **environment}, stdout=log.open("w"), stderr=subprocess.STDOUT))
            wait_until_ready(processes[-1], log)
        yield
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()


def run(stack, seed, folder):
    spec = folder / f"seed-{seed}.yaml"
    spec.write_text((HOME / "examples/split-mnist-er.yaml").read_text() + f"seed: {seed}\n")
    at = [f"--{name}=127.0.0.1:{PORTS[name] + 100 * stack}" for name in ("trainer", "evaluator")]
    return last_json([HOME / "engram", "run", spec, "--json", *at], stderr=subprocess.DEVNULL)


def rates(names, environments, natives, args):
    """New samples a second of two stacks, pair by pair; prints each pair. args has data_dir, pairs and warm_up."""
    data = {"ENGRAM_DATA_DIR": os.path.abspath(args.data_dir)}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        with stacks(folder, [{**data, **environment} for environment in environments], natives):
            for seed in range(1001, 1001 + args.warm_up):
                for stack in range(2):
                    run(stack, seed, folder)
            return [pair(names, seed, folder) for seed in range(1, args.pairs + 1)]


def pair(names, seed, folder):
    done = [run(stack, seed, folder) for stack in range(2)]
    pace = [SAMPLES / result["train_seconds"] for result in done]
    same = "the same" if done[0]["average_accuracy"] == done[1]["average_accuracy"] else "NOT THE SAME"
    print(f"seed {seed}    {names[0]} {pace[0]:7.0f}/s   {names[1]} {pace[1]:7.0f}/s   ratio {pace[0] / pace[1]:.3f}   "
          f"accuracies {same}", flush=True)
    return pace
