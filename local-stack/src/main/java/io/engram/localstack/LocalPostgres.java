package io.engram.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A running PostgreSQL server with a database {@code engram} that belongs to the role {@code engram}. */
public final class LocalPostgres implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
    /** Which line of {@code postmaster.pid} says how far the server is. */
    private static final int STATUS_LINE = 7;

    private final int port;
    private final String password;
    private final ChildProcess process;

    private LocalPostgres(int port, String password, ChildProcess process) {
        this.port = port;
        this.password = password;
        this.process = process;
    }

    /** Starts a server, after making its data where there is none, and waits until it accepts connections. */
    public static LocalPostgres start(ChildProcesses children, EngramHome home, PostgresOptions options) {
        Path folder = options.dataFolder().toAbsolutePath();
        Path log = folder.resolve("postgres.log");
        PostgresBinaries binaries = PostgresBinaries.unpacked(home.postgresArchive());
        PostgresCluster cluster = new PostgresCluster(children, binaries, folder, log);
        try {
            cluster.createIfMissing();
            int port = FreePorts.orNext(options.port());
            List<String> command = binaries.command("postgres", arguments(cluster.data(), port, options.ephemeral()));
            ChildProcess process = children.start(ChildCommand.of("PostgreSQL", command, log)
                    .stoppedBy(options.ephemeral() ? StopSignal.KILL : StopSignal.INT, STOP_LIMIT));
            process.awaitReady(() -> isReady(cluster.data(), process.pid()), START_LIMIT);
            return new LocalPostgres(port, cluster.password(), process);
        } catch (IOException e) {
            throw new LocalStackException("Cannot start PostgreSQL in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static List<String> arguments(Path data, int port, boolean ephemeral) {
        List<String> arguments = new ArrayList<>(List.of("-D", data.toString(), "-p", Integer.toString(port)));
        setting(arguments, "listen_addresses=127.0.0.1");
        setting(arguments, "unix_socket_directories=");
        setting(arguments, "shared_buffers=64MB");
        if (ephemeral) {
            setting(arguments, "fsync=off");
            setting(arguments, "full_page_writes=off");
            setting(arguments, "synchronous_commit=off");
        }
        return arguments;
    }

    private static void setting(List<String> arguments, String setting) {
        arguments.add("-c");
        arguments.add(setting);
    }

    private static boolean isReady(Path data, long pid) {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
            return lines.size() > STATUS_LINE
                    && lines.get(0).equals(Long.toString(pid))
                    && lines.get(STATUS_LINE).strip().equals("ready");
        } catch (IOException e) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/engram";
    }

    public String user() {
        return "engram";
    }

    public String password() {
        return password;
    }

    public ChildProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.stop();
    }
}
