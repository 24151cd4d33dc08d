package io.engram.cli.command;

import io.engram.cli.client.EngramClient;
import io.engram.cli.watch.Progress;
import io.engram.cli.watch.ProgressView;
import io.engram.cli.watch.RunWatcher;
import io.engram.proto.trainer.v1.CreateRunRequest;
import io.engram.proto.trainer.v1.Run;
import io.engram.proto.type.v1.RunSpec;
import java.util.UUID;

/** Makes a run and follows it. */
final class Execution {
    private final EngramClient client;
    private final RunWatcher.StillAlive stillAlive;

    Execution(EngramClient client, RunWatcher.StillAlive stillAlive) {
        this.client = client;
        this.stillAlive = stillAlive;
    }

    Run create(RunSpec spec) {
        CreateRunRequest request = CreateRunRequest.newBuilder()
                .setSpec(spec)
                .setRequestId(UUID.randomUUID().toString())
                .build();
        Run run = client.trainer().createRun(request).getRun();
        System.err.println("made " + run.getName());
        return run;
    }

    /** Shows progress until the run has ended and is evaluated. */
    Run follow(Run run) throws InterruptedException {
        try (ProgressView view = Progress.onStandardError()) {
            return new RunWatcher(client, view, stillAlive).follow(run.getName());
        }
    }
}
