package io.engram.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessesTest {
    @TempDir
    private Path folder;

    @Test
    void a_child_that_ignores_the_signal_is_killed() {
        // Given a child that ignores the signal to stop
        try (ChildProcesses children = new ChildProcesses()) {
            Path ready = folder.resolve("ready");
            ChildProcess child = children.start(shell("trap '' TERM; touch " + ready + "; while :; do sleep 0.1; done")
                    .stoppedBy(StopSignal.TERM, Duration.ofMillis(200)));
            child.awaitReady(() -> Files.exists(ready), Duration.ofSeconds(10));

            // When
            child.stop();

            // Then
            assertThat(child.isAlive()).isFalse();
        }
    }

    @Test
    void what_a_child_started_is_stopped_with_it() {
        // Given a child with a child of its own
        try (ChildProcesses children = new ChildProcesses()) {
            Path ready = folder.resolve("ready");
            ChildProcess child =
                    children.start(shell("sh -c 'touch " + ready + "; sleep 600; echo " + folder + "'; echo end"));
            child.awaitReady(() -> Files.exists(ready), Duration.ofSeconds(10));

            // When
            child.stop();

            // Then
            Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> Processes.mentioning(folder)
                    .isEmpty());
        }
    }

    @Test
    void the_error_about_a_child_that_died_quotes_its_log() {
        // Given a child that fails
        try (ChildProcesses children = new ChildProcesses()) {
            ChildProcess child = children.start(shell("echo the reason; exit 3"));

            // When, Then
            assertThatThrownBy(() -> child.awaitReady(() -> false, Duration.ofSeconds(10)))
                    .isInstanceOf(LocalStackException.class)
                    .hasMessageContaining("test child ended with status 3")
                    .hasMessageContaining("the reason");
        }
    }

    @Test
    void who_needs_the_others_is_stopped_first() throws IOException {
        // Given children of each stage; the higher the stage, the longer one takes to stop
        Path ends = folder.resolve("ends");
        ChildProcesses children = new ChildProcesses();
        startOfStage(children, ChildCommand.SERVICE, "sleep 0.4; echo service >> " + ends);
        startOfStage(children, ChildCommand.BACKEND, "echo backend >> " + ends);
        startOfStage(children, ChildCommand.BUFFER, "sleep 0.2; echo buffer >> " + ends);

        // When
        children.close();

        // Then
        assertThat(Files.readAllLines(ends)).containsExactly("service", "buffer", "backend");
    }

    private void startOfStage(ChildProcesses children, int stage, String atEnd) {
        Path ready = folder.resolve("ready-" + stage);
        String script = "trap '" + atEnd + "; exit' TERM; touch " + ready + "; while :; do sleep 0.02; done";
        children.start(shell(script).withStage(stage)).awaitReady(() -> Files.exists(ready), Duration.ofSeconds(10));
    }

    @Test
    void nothing_can_be_started_after_closing() {
        // Given
        ChildProcesses children = new ChildProcesses();
        children.close();

        // When, Then
        assertThatThrownBy(() -> children.start(shell("sleep 600"))).isInstanceOf(LocalStackException.class);
    }

    @Test
    void children_end_when_their_parent_is_killed() throws IOException, InterruptedException {
        // Given a parent with a child
        Path ready = folder.resolve("ready");
        Process parent = parent(ready);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(ready));
        assertThat(Processes.mentioning(folder)).isNotEmpty();

        // When the parent is killed
        parent.destroyForcibly().waitFor();

        // Then the child ends too
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> Processes.mentioning(folder)
                .isEmpty());
    }

    @Test
    void children_end_when_their_parent_is_told_to_end() throws IOException, InterruptedException {
        // Given a parent with a child
        Path ready = folder.resolve("ready");
        Process parent = parent(ready);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(ready));

        // When the parent gets the signal to end
        parent.destroy();
        parent.waitFor();

        // Then nothing is left at once
        assertThat(Processes.mentioning(folder)).isEmpty();
    }

    private static Process parent(Path ready) throws IOException {
        return new ProcessBuilder(
                        JavaCommand.find(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Parent.class.getName(),
                        ready.toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(ready + ".parent.log"))
                .start();
    }

    private ChildCommand shell(String script) {
        return ChildCommand.of("test child", List.of("sh", "-c", script), folder.resolve("child.log"));
    }

    /** A program with a child. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] arguments) throws InterruptedException {
            Path ready = Path.of(arguments[0]);
            String script = "touch " + ready + "; sleep 600; echo end";
            ChildCommand command =
                    ChildCommand.of("test child", List.of("sh", "-c", script), Path.of(ready + ".child.log"));
            new ChildProcesses().start(command).onExit().join();
        }
    }
}
