package io.engram.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command itself, which only has commands. */
@Command(
        name = "engram",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Continual learning as a service: runs, results and a stack on this machine.",
        footer = {"", "Start with `engram demo`. Each command has --help."},
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            RunCommand.class,
            RunsCommand.class,
            ShowCommand.class,
            WatchCommand.class,
            ResultsCommand.class,
            CurvesCommand.class,
            CancelCommand.class,
            MethodsCommand.class,
            DatasetsCommand.class,
            BackbonesCommand.class,
            OptimizersCommand.class,
            EventsCommand.class
        })
public final class EngramCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? See `engram --help`.");
    }
}
