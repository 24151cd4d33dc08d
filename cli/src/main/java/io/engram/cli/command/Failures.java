package io.engram.cli.command;

import io.engram.cli.client.Addresses;
import io.engram.cli.client.CallErrors;
import io.engram.cli.client.CommandFailure;
import io.engram.cli.spec.SpecException;
import io.engram.cli.stack.ProcessEnd;
import io.engram.localstack.LocalStackException;
import io.engram.proto.error.ApiException;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells every failure in readable lines on the standard error: 2 for a command that was not understood, else 1. */
final class Failures {
    private Failures() {}

    static CommandLine toldReadably(CommandLine commandLine) {
        return commandLine
                .setExecutionExceptionHandler(Failures::failed)
                .setParameterExceptionHandler(Failures::misunderstood)
                .setUsageHelpAutoWidth(true);
    }

    private static int failed(Exception failure, CommandLine commandLine, ParseResult parsed) {
        commandLine.getErr().println("engram: " + describe(failure, commandLine.getCommand()));
        return failure instanceof SpecException ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
    }

    private static String describe(Exception failure, Object command) {
        if (ProcessEnd.isUnderWay()) {
            return "interrupted; what it started is being stopped";
        }
        if (failure instanceof StatusRuntimeException call) {
            Addresses addresses = command instanceof Connected connected
                    ? connected.addresses()
                    : new Addresses("of the private stack", "of the private stack");
            return CallErrors.describe(call, addresses);
        }
        if (failure instanceof CommandFailure
                || failure instanceof SpecException
                || failure instanceof ApiException
                || failure instanceof LocalStackException) {
            return failure.getMessage();
        }
        return "Something unexpected went wrong, please report it: " + failure;
    }

    private static int misunderstood(ParameterException failure, String[] arguments) {
        CommandLine commandLine = failure.getCommandLine();
        PrintWriter err = commandLine.getErr();
        err.println("engram: " + failure.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(failure, err)) {
            err.println("See `" + commandLine.getCommandSpec().qualifiedName() + " --help`.");
        }
        return CommandLine.ExitCode.USAGE;
    }
}
