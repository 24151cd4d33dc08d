"""Plays a recording of Engram's training steps in eager PyTorch and writes the parameters it ends with.

    python parity.py RECORDING RESULT --method NAME [--set NAME=VALUE ...] [--sample-shape C,H,W]
        [--backbone mlp|conv:F1,F2|resnet20|resnet32|resnet18[:WIDTH[:STEM]]|torchscript]
        [--head linear|cosine|split-cosine] [--task-given]
        --optimizer sgd|adam --learning-rate R [--momentum M] [--weight-decay W] [--replay-batch-size N]
        [--memory-capacity N] [--threads N]

The method is a file in methods/; settings are JSON values. A recording is big-endian and holds, one after another:

    int32 sample_bytes, float32 maximum
    'B', from_scratch, tensors, calls    a task begins: all parameters after the head has grown. New rows count, old ones
                                         must be ours, but where the network starts from scratch. Calls: before the task
    'S', samples, samples                a step: new, then replayed
    'A', calls                           a task is over
    'E'                                  the end

where tensors is an int32 count and, for each, an int32 number of dimensions, the dimensions and float32 values; samples is
an int32 count, int32 bytes of an item (sample_bytes, and behind them the remembered logits as little-endian float32), the
items, int32 classes and int32 tasks; calls is an int32 count and, for each, an int32 length and a name, a byte that is 1
where samples follow, and those samples: what the method looked at around a task. The result is tensors. Running statistics
stand behind the parameters, of which they are no part, and behind them the tensors of a classifier that is not the head.
The shape of samples is that of the digits unless it is given.
Everything here is plain PyTorch: torch.nn, autograd, torch.optim.
"""

import argparse
import json
import struct

import methods
import torch
from convolutional import ConvolutionalNetwork
from network import Network
from recording import Recording


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("recording")
    parser.add_argument("result")
    parser.add_argument("--method", required=True)
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--sample-shape", default="1,8,8")
    parser.add_argument("--backbone", default="mlp")
    parser.add_argument("--head", default="linear")
    parser.add_argument("--task-given", action="store_true")
    parser.add_argument("--optimizer", choices=["sgd", "adam"], required=True)
    parser.add_argument("--learning-rate", type=float, required=True)
    parser.add_argument("--momentum", type=float, default=0)
    parser.add_argument("--weight-decay", type=float, default=0)
    parser.add_argument("--replay-batch-size", type=int, default=0)
    parser.add_argument("--memory-capacity", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


def optimizer_of(args, parameters, old):
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


def network_of(args):
    if args.backbone == "mlp":
        return Network(args.head, args.task_given)
    sample_shape = tuple(int(size) for size in args.sample_shape.split(","))
    return ConvolutionalNetwork(args.backbone, sample_shape, task_given=args.task_given)


def play(args):
    recording = Recording(args.recording)
    network, optimizer = network_of(args), None
    settings = {name: json.loads(value) for name, value in (entry.split("=", 1) for entry in args.set)}
    method = methods.create(args.method, network, settings)
    method.learning_rate, method.replay_batch_size = args.learning_rate, args.replay_batch_size
    method.memory_capacity = args.memory_capacity
    while (kind := recording.kind()) != "E":
        if kind == "B":
            from_scratch = recording.flag()
            network.begin(recording.tensors(), from_scratch)
            optimizer = optimizer_of(args, network.parameters, None if from_scratch else optimizer)
            method.before_task(recording.calls())
        elif kind == "S":
            method.step(optimizer, *(recording.samples(network.classes) for _ in range(2)))
        elif kind == "A":
            method.after_task(recording.calls())
    return [*network.parameters, *network.statistics, *method.classifier()]


def main():
    args = arguments()
    torch.set_num_threads(args.threads)
    parameters = play(args)
    with open(args.result, "wb") as out:
        out.write(struct.pack(">i", len(parameters)))
        for p in parameters:
            out.write(struct.pack(">i", p.dim()) + struct.pack(f">{p.dim()}i", *p.shape))
            out.write(p.detach().numpy().astype(">f4").tobytes())


if __name__ == "__main__":
    main()
