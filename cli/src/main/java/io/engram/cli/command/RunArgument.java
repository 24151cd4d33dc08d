package io.engram.cli.command;

import io.engram.proto.name.RunName;
import picocli.CommandLine.Parameters;

/** The run that a command is about. */
final class RunArgument {
    @Parameters(paramLabel = "RUN", description = "Name of a run, with or without the leading `runs/`.")
    private String run;

    /** @throws io.engram.proto.error.ApiException where it is no name */
    String name() {
        return name("RUN", run);
    }

    /**
     * The name that is meant, with or without its beginning.
     *
     * @param argument what to call it in a message
     * @throws io.engram.proto.error.ApiException where it is no name
     */
    static String name(String argument, String run) {
        return RunName.parse(argument, run.startsWith("runs/") ? run : "runs/" + run)
                .toString();
    }
}
