"""Throughput and start of the buffer service: the native executable beside the jar, in turn, A B A B.

    python bench/buffer.py [--pairs 5] [--exchanges 20000] [--in-flight 64]

Needs grpcio. For each pair starts the one, waits until its health page answers, then measures a session in which each exchange inserts
64 samples of 784 bytes and draws 64, as Split-MNIST does it, with so many exchanges in flight; a tenth as many come first and do not
count. Prints for each the milliseconds from start to ready, MB resident two seconds later, and exchanges and megabytes a second; medians and
ratios at the end. The requests are made before the clock starts; this program takes part of the time. Let nothing else run meanwhile.
"""

import argparse
import os
import pathlib
import queue
import statistics
import subprocess
import tempfile
import time
import urllib.request

import grpc

HOME = pathlib.Path(__file__).resolve().parent.parent
TARGET = HOME / "buffer-service/target"
KINDS = {
    "executable": [TARGET / "engram-buffer-service-runner"],
    "jar": ["java", "-jar", TARGET / "quarkus-app/quarkus-run.jar"],
}
ITEM, BATCH = 784, 64
GRPC_PORT, HTTP_PORT = 19152, 18152


def varint(value):
    encoded = b""
    while value > 127:
        encoded += bytes([value & 127 | 128])
        value >>= 7
    return encoded + bytes([value])


def field(number, content):
    """A field of a protobuf message: a number, or bytes of a message, a text or packed numbers."""
    if isinstance(content, int):
        return varint(number << 3) + varint(content)
    return varint(number << 3 | 2) + varint(len(content)) + content


def exchange():
    insert = field(1, os.urandom(ITEM * BATCH)) + field(2, bytes(k % 10 for k in range(BATCH)))
    return field(2, insert) + field(3, field(1, BATCH))


def session(channel, name, exchanges, in_flight):
    """Seconds that so many exchanges take."""
    requests = [exchange() for _ in range(16)]
    allowed = queue.Queue()
    for _ in range(in_flight):
        allowed.put(None)

    def stream():
        yield field(1, name.encode())
        for k in range(exchanges + exchanges // 10):
            allowed.get()
            yield requests[k % len(requests)]

    answers = channel.stream_stream("/engram.buffer.v1.BufferService/Session")(stream())
    next(answers)
    start = 0.0
    for k, _ in enumerate(answers):
        allowed.put(None)
        if k == exchanges // 10 - 1:
            start = time.perf_counter()
    return time.perf_counter() - start


def create(channel):
    settings = field(1, 1000) + field(2, ITEM)
    answer = channel.unary_unary("/engram.buffer.v1.BufferService/CreateBuffer")(field(1, b"bench") + field(2, settings))
    assert b"buffers/bench" in answer
    return "buffers/bench"


def ready():
    try:
        return urllib.request.urlopen(f"http://127.0.0.1:{HTTP_PORT}/q/health/ready", timeout=1).status == 200
    except OSError:
        return False


def resident(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def measure(kind, args):
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, ENGRAM_GRPC_PORT=str(GRPC_PORT), ENGRAM_HTTP_PORT=str(HTTP_PORT), ENGRAM_BUFFER_DIR=folder)
        start = time.perf_counter()
        service = subprocess.Popen(KINDS[kind], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while not ready():
                time.sleep(0.002)
            took = time.perf_counter() - start
            time.sleep(2)
            memory = resident(service.pid)
            with grpc.insecure_channel(f"127.0.0.1:{GRPC_PORT}") as channel:
                rate = args.exchanges / session(channel, create(channel), args.exchanges, args.in_flight)
        finally:
            service.terminate()
            service.wait()
    print(f"{kind:10}  ready after {took * 1000:5.0f} ms   {memory:5.1f} MB   {rate:7.0f} exchanges/s   "
          f"{rate * 2 * ITEM * BATCH / 1e6:6.0f} MB/s", flush=True)
    return took, memory, rate


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--exchanges", type=int, default=20000)
    parser.add_argument("--in-flight", type=int, default=64)
    args = parser.parse_args()
    measured = {kind: [] for kind in KINDS}
    for _ in range(args.pairs):
        for kind in KINDS:
            measured[kind].append(measure(kind, args))
    for kind, rows in measured.items():
        took, memory, rate = (statistics.median(column) for column in zip(*rows))
        print(f"median {kind:10}  ready after {took * 1000:5.0f} ms   {memory:5.1f} MB   {rate:7.0f} exchanges/s")
    ratio = statistics.median(a[2] / b[2] for a, b in zip(*measured.values()))
    print(f"median ratio of exchanges, executable to jar: {ratio:.2f}")


if __name__ == "__main__":
    main()
