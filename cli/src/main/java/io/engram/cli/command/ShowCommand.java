package io.engram.cli.command;

import com.google.protobuf.InvalidProtocolBufferException;
import io.engram.cli.client.EngramClient;
import io.engram.cli.view.RunText;
import io.engram.proto.trainer.v1.GetRunRequest;
import io.engram.proto.trainer.v1.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows one run. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Show a run: state, learned tasks, spec.")
final class ShowCommand extends ConnectedCommand {
    @Mixin
    private RunArgument run;

    @Override
    void call(EngramClient client) throws InvalidProtocolBufferException {
        Run shown = client.trainer()
                .getRun(GetRunRequest.newBuilder().setName(run.name()).build())
                .getRun();
        if (json()) {
            printJson(shown);
        } else {
            out().println(RunText.full(shown));
            String failures = ResultCalls.failures(client, run.name());
            if (!failures.isEmpty()) {
                out().println();
                out().println(failures);
            }
        }
    }
}
