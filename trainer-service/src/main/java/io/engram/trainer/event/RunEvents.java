package io.engram.trainer.event;

import io.engram.learning.artifact.ArtifactReference;
import io.engram.proto.event.EngramEvent;
import io.engram.proto.event.v1.RunStateChanged;
import io.engram.proto.event.v1.TaskCompleted;
import io.engram.proto.event.v1.TrainingFigures;
import io.engram.proto.time.Timestamps;
import io.engram.proto.type.v1.Artifact;
import io.engram.proto.type.v1.ClassLabel;
import io.engram.service.outbox.Outbox;
import io.engram.trainer.domain.LearnedTask;
import io.engram.trainer.domain.RunState;
import io.engram.trainer.domain.TrainingRun;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** What the trainer tells the world: appends events to the outbox, in the transaction that makes them true. */
public final class RunEvents {
    private final Outbox outbox;

    public RunEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    /** The run is in another state now. */
    public void stateChanged(Handle handle, TrainingRun run, Instant time) {
        RunStateChanged.Builder event = RunStateChanged.newBuilder()
                .setRun(run.name().toString())
                .setDisplayName(run.displayName())
                .setState(run.state().status().name())
                .setAttempt(run.state().attempt())
                .setTime(Timestamps.of(time));
        if (run.state() instanceof RunState.Failed failed) {
            event.setReason(failed.failure().reason())
                    .setMessage(failed.failure().message());
        }
        outbox.append(handle, EngramEvent.of(event.build()));
    }

    /** A task was learned and its model is durable. */
    public void taskCompleted(Handle handle, TrainingRun run, LearnedTask task, Instant time) {
        TaskCompleted.Builder event = TaskCompleted.newBuilder()
                .setRun(run.name().toString())
                .setDisplayName(run.displayName())
                .setMethod(run.spec().method().name())
                .setDataset(run.spec().scenario().dataset())
                .setAttempt(run.state().attempt())
                .setTaskIndex(task.index())
                .setTaskCount(run.taskCount())
                .setArtifact(artifact(task.artifact()))
                .setTraining(figures(task.figures()))
                .setTime(Timestamps.of(time));
        for (int i = 0; i < task.labels().size(); i++) {
            event.addClasses(ClassLabel.newBuilder()
                    .setLabel(task.labels().get(i))
                    .setName(task.classNames().get(i)));
        }
        outbox.append(handle, EngramEvent.of(event.build()));
    }

    private static Artifact artifact(ArtifactReference reference) {
        return Artifact.newBuilder()
                .setUri(reference.uri())
                .setSizeBytes(reference.sizeBytes())
                .setSha256(reference.sha256())
                .build();
    }

    private static TrainingFigures figures(io.engram.learning.run.TrainingFigures figures) {
        return TrainingFigures.newBuilder()
                .setSteps(figures.steps())
                .setSamples(figures.samples())
                .setSeconds(figures.seconds())
                .setLoss(figures.loss())
                .setTrainAccuracy(figures.accuracy())
                .build();
    }
}
