package io.engram.cli.stack;

import io.engram.cli.client.Addresses;
import io.engram.cli.client.CommandFailure;
import io.engram.localstack.ChildProcesses;
import io.engram.localstack.EngramHome;
import io.engram.localstack.LocalStack;
import io.engram.localstack.LocalStackException;
import io.engram.localstack.Service;
import io.engram.localstack.ServiceCommands;
import io.engram.localstack.StackOptions;
import io.engram.localstack.StackPorts;
import io.engram.localstack.TemporaryFolders;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A stack that lives as long as a command. Its temporary data goes with it, also when the command is interrupted.
 */
public final class PrivateStack implements AutoCloseable {
    private final ChildProcesses children = new ChildProcesses();
    private final LocalStack stack;
    private final Optional<Path> temporary;
    private volatile boolean keepLogs;

    private PrivateStack(StackOptions options, ServiceCommands commands, Optional<Path> temporary) {
        this.temporary = temporary;
        Runtime.getRuntime().addShutdownHook(new Thread(this::tidyUp, "tidy-up-stack"));
        try {
            stack = LocalStack.start(children, EngramHome.find(), commands, options);
        } catch (LocalStackException e) {
            keepLogs = !ProcessEnd.isUnderWay();
            throw new CommandFailure(e.getMessage());
        }
    }

    /** With data in a temporary folder, on the loopback address. */
    public static PrivateStack temporary(StackPorts ports, ServiceCommands commands, Optional<Path> datasets) {
        Path folder = TemporaryFolders.create("engram-");
        StackOptions options = new StackOptions(folder, StackOptions.LOOPBACK, ports, datasets, true);
        return new PrivateStack(options, commands, Optional.of(folder));
    }

    /** With data that stays. */
    public static PrivateStack durable(StackOptions options, ServiceCommands commands) {
        return new PrivateStack(options, commands, Optional.empty());
    }

    public Addresses addresses() {
        return new Addresses(stack.grpcAddress(Service.TRAINER), stack.grpcAddress(Service.EVALUATOR));
    }

    public URI page() {
        return stack.page(Service.EVALUATOR);
    }

    public LocalStack stack() {
        return stack;
    }

    /** @throws CommandFailure where a process of the stack has ended */
    public void checkAlive() {
        stack.whatDied().ifPresent(what -> {
            keepLogs = !ProcessEnd.isUnderWay();
            throw new CommandFailure(what);
        });
    }

    private void tidyUp() {
        children.close();
        deleteTemporary();
    }

    /** What a message refers to stays: the logs of a process that failed. */
    private void deleteTemporary() {
        temporary.filter(folder -> !keepLogs).ifPresent(TemporaryFolders::delete);
    }

    @Override
    public void close() {
        stack.close();
        deleteTemporary();
    }
}
