package io.engram.localstack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A process that {@link ChildProcesses} started. Safe for use by several threads. */
public final class ChildProcess {
    private static final long SHORTEST_POLL_MILLIS = 10;
    private static final long LONGEST_POLL_MILLIS = 250;

    private final ChildCommand command;
    private final Process process;
    private final ChildProcesses owner;

    ChildProcess(ChildCommand command, Process process, ChildProcesses owner) {
        this.command = command;
        this.process = process;
        this.owner = owner;
    }

    public String name() {
        return command.name();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The file that takes its output. */
    public Path log() {
        return command.log();
    }

    int stage() {
        return command.stage();
    }

    /** Completes when it has ended, for whatever reason. */
    public CompletableFuture<ChildProcess> onExit() {
        return process.onExit().thenApply(ended -> this);
    }

    /** One line about how it ended, and the last lines of its log. Only for a process that has ended. */
    public String describeEnd() {
        if (owner.isClosed()) {
            return name() + " was stopped";
        }
        int status = process.exitValue();
        String how = status > 128 ? "was ended by signal " + (status - 128) : "ended with status " + status;
        return name() + " " + how + LogTail.quote(log());
    }

    /**
     * Waits until it is ready.
     *
     * @throws LocalStackException where it ends, takes too long, or this thread is interrupted; it has then been stopped
     */
    void awaitReady(BooleanSupplier ready, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        long poll = SHORTEST_POLL_MILLIS;
        while (!ready.getAsBoolean()) {
            if (!isAlive()) {
                throw new LocalStackException(describeEnd());
            }
            if (System.nanoTime() > deadline) {
                kill();
                throw new LocalStackException(
                        name() + " was not ready after " + limit.toSeconds() + " s" + LogTail.quote(log()));
            }
            pause(poll);
            poll = Math.min(LONGEST_POLL_MILLIS, poll * 3 / 2);
        }
    }

    /**
     * Waits until it has ended.
     *
     * @return its exit status
     * @throws LocalStackException where it takes too long or this thread is interrupted; it has then been killed
     */
    public int awaitEnd(Duration limit) {
        awaitReady(() -> !isAlive(), limit);
        return process.exitValue();
    }

    private void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            throw new LocalStackException("Interrupted while waiting for " + name(), e);
        }
    }

    /** Stops it in good order, or kills it where that takes too long. */
    public void stop() {
        requestStop();
        awaitStop();
    }

    /** Kills it. */
    public void kill() {
        OwnProcessGroup.signal(pid(), StopSignal.KILL);
        awaitStop();
    }

    /** Asks it to stop in good order. */
    public void requestStop() {
        if (isAlive()) {
            OwnProcessGroup.signal(pid(), command.stopSignal());
        }
    }

    void awaitStop() {
        boolean interrupted = Thread.interrupted();
        long deadline = System.nanoTime() + command.grace().toNanos();
        while (isAlive()) {
            try {
                if (!process.waitFor(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    OwnProcessGroup.signal(pid(), StopSignal.KILL);
                    process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                // Stopping goes on; whoever asked for the interruption hears of it afterwards.
                interrupted = true;
            }
        }
        owner.forget(this);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
