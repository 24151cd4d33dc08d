package io.engram.cli.command;

import io.engram.cli.client.EngramClient;
import io.engram.cli.watch.States;
import io.engram.proto.trainer.v1.CancelRunRequest;
import io.engram.proto.trainer.v1.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Cancels a run. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description =
                "Ask for a run to stop. One that waits is cancelled at once, one that runs stops before its next step.")
final class CancelCommand extends ConnectedCommand {
    @Mixin
    private RunArgument run;

    @Override
    void call(EngramClient client) {
        Run asked = client.trainer()
                .cancelRun(CancelRunRequest.newBuilder().setName(run.name()).build())
                .getRun();
        if (json()) {
            printJson(asked);
        } else {
            String state = States.name(asked.getState());
            out().println(asked.getName()
                    + (state.equals("cancelled")
                            ? " is cancelled"
                            : " is " + state + " and stops before its next step"));
        }
    }
}
