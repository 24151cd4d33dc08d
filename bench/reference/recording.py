"""Recordings of Engram's training steps; parity.py says what is in one."""

from dataclasses import dataclass
from typing import Optional

import numpy as np
import torch


@dataclass
class Samples:
    x: torch.Tensor
    y: torch.Tensor
    t: torch.Tensor
    logits: Optional[torch.Tensor] = None


@dataclass
class Call:
    name: str
    x: Optional[torch.Tensor] = None
    y: Optional[torch.Tensor] = None
    t: Optional[torch.Tensor] = None


class Recording:
    def __init__(self, path):
        with open(path, "rb") as file:
            self.bytes = file.read()
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

    def flag(self):
        return bool(self.array("u1", 1)[0])

    def name(self):
        return bytes(self.array("u1", self.int())).decode()

    def tensors(self):
        result = []
        for _ in range(self.int()):
            shape = [self.int() for _ in range(self.int())]
            values = self.array(">f4", int(np.prod(shape))).astype("<f4")
            result.append(torch.from_numpy(values.reshape(shape).copy()))
        return result

    def ids(self, count):
        return torch.from_numpy(self.array(">i4", count).astype("<i8"))

    def samples(self, classes):
        count, item_bytes = self.int(), self.int()
        items = self.array("u1", count * item_bytes).reshape(count, item_bytes)
        x = torch.from_numpy(items[:, : self.sample_bytes].copy()).float() / float(self.maximum)
        logits = None
        if item_bytes > self.sample_bytes:
            behind = np.ascontiguousarray(items[:, self.sample_bytes :]).view("<f4")
            logits = torch.from_numpy(behind[:, :classes].copy())
        return Samples(x, self.ids(count), self.ids(count), logits)

    def calls(self):
        result = []
        for _ in range(self.int()):
            name = self.name()
            if self.flag():
                given = self.samples(0)
                result.append(Call(name, given.x, given.y, given.t))
            else:
                result.append(Call(name))
        return result
