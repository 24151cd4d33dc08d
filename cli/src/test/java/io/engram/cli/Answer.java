package io.engram.cli;

import io.engram.cli.command.EngramCommand;
import io.engram.localstack.EngramHome;
import io.engram.localstack.TemporaryFolders;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a command printed, and how it ended. */
record Answer(int status, String out, String err) {
    /**
     * Runs a command: in this JVM, or, where the system property {@code engram.native} is true, the native executable that the
     * build made.
     */
    static Answer to(String... command) {
        return Boolean.getBoolean("engram.native") ? ofExecutable(command) : ofThisJvm(command);
    }

    private static Answer ofThisJvm(String... command) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = EngramCommand.lineFor(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(command);
        return new Answer(status, out.toString(), err.toString());
    }

    private static Answer ofExecutable(String... command) {
        Path home = EngramHome.find().root();
        List<String> all =
                new ArrayList<>(List.of(home.resolve("cli/target/engram-runner").toString()));
        all.addAll(List.of(command));
        Path folder = TemporaryFolders.create("engram-answer-");
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(all).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("ENGRAM_HOME", home.toString());
        try {
            int status = builder.start().waitFor();
            return new Answer(status, Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        } finally {
            TemporaryFolders.delete(folder);
        }
    }
}
