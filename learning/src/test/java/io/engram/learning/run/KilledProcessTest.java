package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.learning.method.Methods;
import io.engram.replay.SplitMix64;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that are killed (SIGKILL), each in the midst of another method at a step that chance gives, and followed by another in the same
 * folder: every method leaves the weights and scores of an undisturbed run, bit for bit.
 */
class KilledProcessTest {
    @TempDir
    private Path folder;

    @Test
    void everyMethodLeavesWhatAnUndisturbedRunLeaves() throws IOException, InterruptedException {
        List<Undisturbed> runs = Methods.CATALOG.entries().stream()
                .map(entry -> Undisturbed.of(entry.name()))
                .toList();
        List<String> methods = runs.stream().map(Undisturbed::method).toList();
        long seed = System.nanoTime();
        SplitMix64 random = new SplitMix64(seed);

        for (Undisturbed run : runs) {
            killAt(run.method(), 1 + random.nextInt(run.steps()), start(methods));
        }
        Process last = start(methods);
        last.getInputStream().readAllBytes();
        assertThat(last.waitFor()).isZero();

        for (Undisturbed run : runs) {
            for (int task = 0; task < run.results().size(); task++) {
                assertThat(Files.readAllBytes(ResumedRuns.resultFile(folder.resolve(run.method()), task)))
                        .as("%s after task %d, killed at steps from seed %d", run.method(), task, seed)
                        .isEqualTo(run.results().get(task));
            }
        }
    }

    /** What a method leaves after each task, and how many steps it takes. */
    private record Undisturbed(String method, List<byte[]> results, int steps) {
        static Undisturbed of(String method) {
            AtomicInteger steps = new AtomicInteger();
            RecordingListener listener = new RecordingListener(() -> steps.incrementAndGet() < 0, () -> {});
            List<CompletedTask> tasks =
                    Runs.learn(ResumedRuns.spec(method), Runs.method(method), listener, System::nanoTime);
            return new Undisturbed(
                    method, tasks.stream().map(ResumedRuns::result).toList(), steps.get());
        }
    }

    private Process start(List<String> methods) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-Dengram.home=" + System.getProperty("engram.home"),
                "-cp",
                System.getProperty("java.class.path"),
                ResumedRuns.class.getName(),
                folder.toString()));
        command.addAll(methods);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void killAt(String method, int step, Process process) throws IOException, InterruptedException {
        try (BufferedReader lines = process.inputReader()) {
            int seen = 0;
            while (seen < step) {
                String line = lines.readLine();
                assertThat(line)
                        .as("the process ended before step %d of %s", step, method)
                        .isNotNull();
                seen += line.equals(method) ? 1 : 0;
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
}
