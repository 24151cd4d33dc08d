package io.engram.cli.command;

import io.engram.proto.name.RunName;
import picocli.CommandLine.Parameters;

/** The run that a command is about. */
final class RunArgument {
    @Parameters(paramLabel = "RUN", description = "Name of a run, with or without the leading `runs/`.")
    private String run;

    /** @throws io.engram.proto.error.ApiException where it is no name */
    String name() {
        return RunName.parse("RUN", run.startsWith("runs/") ? run : "runs/" + run)
                .toString();
    }
}
