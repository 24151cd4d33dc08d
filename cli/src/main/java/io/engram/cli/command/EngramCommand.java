package io.engram.cli.command;

import java.util.List;
import picocli.CommandLine;
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
        footer = {"", "Start with `engram demo`. Each command has --help."})
public final class EngramCommand implements Runnable {
    /** In the order of the help. */
    private static final List<Class<?>> COMMANDS = List.of(
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
            EventsCommand.class);

    @Spec
    private CommandSpec spec;

    /**
     * What understands some arguments: with the one command that they begin with, since reading the declarations of all takes a good
     * part of the start, or with all of them.
     */
    public static CommandLine lineFor(String... arguments) {
        List<Class<?>> named = COMMANDS.stream()
                .filter(command -> arguments.length > 0 && name(command).equals(arguments[0]))
                .toList();
        CommandLine line = new CommandLine(new EngramCommand());
        (named.isEmpty() ? COMMANDS : named).forEach(line::addSubcommand);
        return Failures.toldReadably(line);
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? See `engram --help`.");
    }
}
