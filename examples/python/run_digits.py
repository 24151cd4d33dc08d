"""Submits a run, watches it, and prints its accuracy matrix.

Usage: python run_digits.py [TRAINER [EVALUATOR]]; by default localhost:9101 and localhost:9103, as of `./engram up`.
See README.md for the stubs that it imports.
"""

import sys
import uuid

import grpc
from engram.evaluator.v1 import evaluator_pb2, evaluator_pb2_grpc
from engram.trainer.v1 import trainer_pb2, trainer_pb2_grpc
from google.protobuf import json_format

# examples/digits-er.yaml in JSON; fields are those of engram.type.v1.RunSpec.
SPEC = {
    "display_name": "Digits from Python",
    "scenario": {"dataset": "digits", "class_incremental": {"classes_per_task": 2}},
    "method": {"name": "er"},
    "training": {"epochs": 10, "batch_size": 16},
    "memory": {"capacity": 400, "batch_size": 16},
}


def submit(trainer):
    # The same request_id again gives the run that it made the first time, so a call that got no answer can be repeated.
    request = trainer_pb2.CreateRunRequest(request_id=str(uuid.uuid4()))
    json_format.ParseDict(SPEC, request.spec)
    return trainer.CreateRun(request).run.name


def watch(trainer, evaluator, name):
    learned = 0
    for response in trainer.WatchRun(trainer_pb2.WatchRunRequest(name=name)):
        run = response.run
        for task in run.tasks[learned:]:
            print(f"learned task {task.task_index + 1} of {run.task_count} in {task.steps} steps")
        learned = len(run.tasks)
    state = trainer_pb2.RunState.Name(run.state)
    if run.state != trainer_pb2.RUN_STATE_SUCCEEDED:
        sys.exit(f"{name} ended as {state}: {run.failure.message}")
    # Ends when the last task was evaluated, or could not be.
    for response in evaluator.WatchEvaluations(evaluator_pb2.WatchEvaluationsRequest(run=name)):
        if response.HasField("failure"):
            print(f"task {response.failure.task_index + 1} could not be evaluated: {response.failure.message}")


def print_matrix(evaluator, name):
    matrix = evaluator.GetAccuracyMatrix(evaluator_pb2.GetAccuracyMatrixRequest(run=name))
    print("accuracy in % after each task (rows) on each task (columns)")
    for row in matrix.rows:
        print("  ".join(f"{accuracy:6.2f}" for accuracy in row.accuracy))


def main(trainer_address="localhost:9101", evaluator_address="localhost:9103"):
    with grpc.insecure_channel(trainer_address) as one, grpc.insecure_channel(evaluator_address) as other:
        trainer = trainer_pb2_grpc.TrainerServiceStub(one)
        evaluator = evaluator_pb2_grpc.EvaluatorServiceStub(other)
        try:
            name = submit(trainer)
            print(f"made {name}")
            watch(trainer, evaluator, name)
            print_matrix(evaluator, name)
        except grpc.RpcError as refused:
            sys.exit(f"{refused.code().name}: {refused.details()}")


if __name__ == "__main__":
    main(*sys.argv[1:])
