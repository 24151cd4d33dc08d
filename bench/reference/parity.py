"""Plays a recording of Engram's training steps in eager PyTorch and writes the parameters it ends with.

    python parity.py RECORDING RESULT --optimizer sgd|adam --learning-rate R [--momentum M] [--weight-decay W] [--threads N]

A recording is big-endian and holds, one after another:

    int32 sample_bytes, float32 maximum
    'B', tensors        a task begins: all parameters after the head has grown; new rows count, old ones must be ours
    'S', n, n samples of sample_bytes, n int32 classes, m, m samples, m int32 classes     a step: new, then replayed
    'E'                 the end

where tensors is an int32 count and, for each, an int32 number of dimensions, the dimensions and float32 values. The result
is tensors. Everything here is plain PyTorch: torch.nn.functional, autograd, torch.optim.
"""

import argparse
import struct

import numpy as np
import torch
import torch.nn.functional as F


class Recording:
    def __init__(self, path):
        self.bytes = open(path, "rb").read()
        self.at = 0
        self.sample_bytes = self.int()
        self.maximum = self.array(">f4", 1)[0]

    def array(self, dtype, count):
        values = np.frombuffer(self.bytes, dtype, count, self.at)
        self.at += values.nbytes
        return values

    def int(self):
        return int(self.array(">i4", 1)[0])

    def kind(self):
        return chr(self.array("u1", 1)[0])

    def tensors(self):
        result = []
        for _ in range(self.int()):
            shape = [self.int() for _ in range(self.int())]
            values = self.array(">f4", int(np.prod(shape))).astype("<f4")
            result.append(torch.from_numpy(values.reshape(shape).copy()))
        return result

    def samples(self):
        count = self.int()
        items = self.array("u1", count * self.sample_bytes).reshape(count, self.sample_bytes)
        classes = self.array(">i4", count).astype("<i8")
        return torch.from_numpy(items.copy()).float() / float(self.maximum), torch.from_numpy(classes)


def logits(parameters, x):
    h = x
    for k in range(0, len(parameters) - 2, 2):
        h = F.relu(F.linear(h, parameters[k], parameters[k + 1]))
    return F.linear(h, parameters[-2], parameters[-1])


def grown(parameter, target):
    """Old rows are what training made of them, new rows come from the recording."""
    with torch.no_grad():
        return torch.cat([parameter, target[parameter.shape[0] :]])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("recording")
    parser.add_argument("result")
    parser.add_argument("--optimizer", choices=["sgd", "adam"], required=True)
    parser.add_argument("--learning-rate", type=float, required=True)
    parser.add_argument("--momentum", type=float, default=0)
    parser.add_argument("--weight-decay", type=float, default=0)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)

    def optimizer_of(parameters, old):
        settings = dict(lr=args.learning_rate, weight_decay=args.weight_decay)
        new = (
            torch.optim.SGD(parameters, momentum=args.momentum, **settings)
            if args.optimizer == "sgd"
            else torch.optim.Adam(parameters, foreach=False, **settings)
        )
        if old is not None:  # the state of old rows goes on, that of new rows is zero
            for before, after in zip(old.param_groups[0]["params"], parameters):
                state = {}
                for name, value in old.state[before].items():
                    if torch.is_tensor(value) and value.shape == before.shape and value.dim() > 0:
                        value = torch.cat([value, torch.zeros(after.shape[0] - before.shape[0], *after.shape[1:])])
                    state[name] = value
                new.state[after] = state
        return new

    recording = Recording(args.recording)
    parameters, optimizer = [], None
    while True:
        kind = recording.kind()
        if kind == "E":
            break
        if kind == "B":
            target = recording.tensors()
            values = [grown(p, t) for p, t in zip(parameters, target)] if parameters else target
            parameters = [v.clone().requires_grad_(True) for v in values]
            optimizer = optimizer_of(parameters, optimizer)
        if kind == "S":
            x, y = recording.samples()
            replayed_x, replayed_y = recording.samples()
            optimizer.zero_grad()
            loss = F.cross_entropy(logits(parameters, torch.cat([x, replayed_x])), torch.cat([y, replayed_y]))
            loss.backward()
            optimizer.step()

    with open(args.result, "wb") as out:
        out.write(struct.pack(">i", len(parameters)))
        for p in parameters:
            out.write(struct.pack(">i", p.dim()) + struct.pack(f">{p.dim()}i", *p.shape))
            out.write(p.detach().numpy().astype(">f4").tobytes())


if __name__ == "__main__":
    main()
