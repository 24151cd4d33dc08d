package io.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.localstack.EngramHome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The launcher in a folder where nothing was built, with a program in place of Maven. Runs on the JVM alone: an executable
 * needs no build by the launcher.
 */
class LauncherTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path home;

    @BeforeEach
    void copyLauncher() throws IOException {
        Files.copy(EngramHome.find().root().resolve("engram"), home.resolve("engram"));
        Files.createDirectories(home.resolve("cli/target"));
        Files.createDirectory(home.resolve("tmp"));
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
    void an_interrupted_build_leaves_nothing_behind(String signal, int status) throws Exception {
        // Given
        Path pid = home.resolve("pid");
        maven("echo $$ > " + pid + ".new && mv " + pid + ".new " + pid + " && exec sleep 600");
        Process launcher = launch();
        Awaitility.await().atMost(LIMIT).until(() -> Files.exists(pid));

        // When the launcher alone gets the signal
        new ProcessBuilder("sh", "-c", "kill -" + signal + " " + launcher.pid())
                .start()
                .waitFor();

        // Then
        assertThat(launcher.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(launcher.exitValue()).isEqualTo(status);
        assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())))
                .isEmpty();
        assertThat(home.resolve("tmp")).isEmptyDirectory();
        assertThat(home.resolve("cli/target")).isEmptyDirectory();
    }

    @Test
    void a_build_that_fails_is_said_and_tried_again_next_time() throws Exception {
        // Given
        maven("echo it does not compile; exit 1");

        // When
        Process launcher = launch();

        // Then
        assertThat(launcher.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(launcher.exitValue()).isEqualTo(1);
        assertThat(home.resolve("err")).content().contains("it does not compile", "engram: the build failed");
        assertThat(home.resolve("tmp")).isEmptyDirectory();
        assertThat(home.resolve("cli/target")).isEmptyDirectory();
    }

    private void maven(String script) throws IOException {
        Path program = Files.createDirectory(home.resolve("bin")).resolve("mvn");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Process launch() throws IOException {
        // Whoever runs this test in the background ignores the signal of Ctrl-C, and so would the launcher.
        ProcessBuilder builder = new ProcessBuilder(
                        "env",
                        "--default-signal=INT,HUP",
                        home.resolve("engram").toString(),
                        "runs")
                .redirectOutput(file("out"))
                .redirectError(file("err"));
        builder.environment().remove("ENGRAM_SKIP_BUILD");
        builder.environment()
                .merge("PATH", home.resolve("bin").toString(), (path, first) -> first + File.pathSeparator + path);
        builder.environment().put("TMPDIR", home.resolve("tmp").toString());
        return builder.start();
    }

    private File file(String name) {
        return home.resolve(name).toFile();
    }
}
