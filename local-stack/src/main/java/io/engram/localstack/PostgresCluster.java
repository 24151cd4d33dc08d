package io.engram.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/**
 * The data of a PostgreSQL server, with the role {@code engram} and its database. It is made aside and renamed, so that an
 * interrupted making leaves nothing that looks finished. The password is random and stays beside the data.
 */
final class PostgresCluster {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String PASSWORD_FILE = "engram.password";

    private final ChildProcesses children;
    private final PostgresBinaries binaries;
    private final Path folder;
    private final Path log;

    PostgresCluster(ChildProcesses children, PostgresBinaries binaries, Path folder, Path log) {
        this.children = children;
        this.binaries = binaries;
        this.folder = folder;
        this.log = log;
    }

    Path data() {
        return folder.resolve("data");
    }

    String password() throws IOException {
        return Files.readString(data().resolve(PASSWORD_FILE));
    }

    void createIfMissing() throws IOException {
        if (Files.isDirectory(data())) {
            return;
        }
        Path aside = folder.resolve("data.new");
        TemporaryFolders.delete(aside);
        Files.createDirectories(folder);
        Path password = passwordFile();
        run("initdb", initialise(aside, password), password);
        Files.move(password, aside.resolve(PASSWORD_FILE), StandardCopyOption.REPLACE_EXISTING);
        createDatabase(aside);
        Files.move(aside, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<String> initialise(Path aside, Path password) {
        return List.of(
                "--pgdata=" + aside,
                "--username=postgres",
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--locale=C.UTF-8",
                "--lc-collate=C",
                "--lc-ctype=C",
                "--no-sync",
                "--no-instructions");
    }

    /** By the single-user mode, which needs no server, no port and no client. Each statement is one line. */
    private void createDatabase(Path aside) throws IOException {
        String password = Files.readString(aside.resolve(PASSWORD_FILE));
        Path statements = Files.writeString(
                aside.resolve("create.sql"),
                "CREATE ROLE engram LOGIN CREATEDB PASSWORD '" + password + "'\n"
                        + "CREATE DATABASE engram OWNER engram\n");
        run("postgres", List.of("--single", "-D", aside.toString(), "postgres"), statements);
        Files.delete(statements);
    }

    private void run(String program, List<String> arguments, Path input) {
        ChildProcess process =
                children.start(ChildCommand.of("PostgreSQL's " + program, binaries.command(program, arguments), log)
                        .withInput(input)
                        .stoppedBy(StopSignal.KILL, Duration.ofSeconds(5)));
        int status = process.awaitEnd(LIMIT);
        process.stop();
        if (status != 0) {
            throw new LocalStackException(process.describeEnd());
        }
    }

    private Path passwordFile() throws IOException {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        Path file = folder.resolve(PASSWORD_FILE);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, HexFormat.of().formatHex(random));
    }
}
