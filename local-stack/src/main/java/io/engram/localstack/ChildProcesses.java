package io.engram.localstack;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Starts child processes and sees to it that none is left behind: they are stopped when this is closed, when this
 * process ends or is told to end by a signal, and, by a {@link Guardian}, when it is killed. Once closed, nothing more
 * can be started, so that closing is final at any moment, in the middle of a start too.
 *
 * <p>Safe for use by several threads.
 */
public final class ChildProcesses implements AutoCloseable {
    private final List<ChildProcess> running = new ArrayList<>();
    private final Guardian guardian;
    private final Thread atExit = new Thread(this::close, "stop-child-processes");
    private boolean closed;

    public ChildProcesses() {
        try {
            guardian = new Guardian();
        } catch (IOException e) {
            throw new LocalStackException("Cannot start child processes: " + e.getMessage(), e);
        }
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    synchronized ChildProcess start(ChildCommand command) {
        if (closed) {
            throw new LocalStackException(command.name() + " is not started: everything is being stopped");
        }
        try {
            Files.createDirectories(command.log().toAbsolutePath().getParent());
            ChildProcess child = new ChildProcess(command, builder(command).start(), this);
            guardian.watch(child.pid(), command.stopSignal());
            running.add(child);
            return child;
        } catch (IOException e) {
            throw new LocalStackException("Cannot start " + command.name() + ": " + e.getMessage(), e);
        }
    }

    private static ProcessBuilder builder(ChildCommand command) {
        ProcessBuilder builder = new ProcessBuilder(OwnProcessGroup.command(command.command()));
        builder.environment().putAll(command.environment());
        File input = command.input().map(path -> path.toFile()).orElse(new File("/dev/null"));
        return builder.redirectInput(input)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(command.log().toFile()));
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized void forget(ChildProcess child) {
        if (running.remove(child)) {
            guardian.forget(child.pid());
        }
    }

    /** Stops everything that is left: the highest stage first, all of a stage at once. */
    @Override
    public void close() {
        for (List<ChildProcess> stage : refuseMore()) {
            stage.forEach(ChildProcess::requestStop);
            stage.forEach(ChildProcess::awaitStop);
        }
        dismissGuardian();
        if (Thread.currentThread() != atExit) {
            removeHook();
        }
    }

    private synchronized List<List<ChildProcess>> refuseMore() {
        closed = true;
        TreeMap<Integer, List<ChildProcess>> stages = running.stream()
                .collect(Collectors.groupingBy(
                        ChildProcess::stage, () -> new TreeMap<>(Comparator.reverseOrder()), Collectors.toList()));
        return List.copyOf(stages.values());
    }

    private synchronized void dismissGuardian() {
        guardian.close();
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // This process is ending already, and the hook runs or has run.
        }
    }
}
