package io.engram.cli;

import io.engram.localstack.ChildProcesses;
import io.engram.localstack.EngramHome;
import io.engram.localstack.LocalStack;
import io.engram.localstack.Service;
import io.engram.localstack.ServiceCommands;
import io.engram.localstack.StackOptions;
import io.engram.localstack.StackPorts;
import io.engram.localstack.TemporaryFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A whole stack for the tests of this JVM, started at the first call and gone with it. Its data folder has an {@code mnist}
 * whose first file is cut off, and no {@code fashion-mnist}.
 */
final class SharedStack {
    private static SharedStack started;

    private final Path folder = TemporaryFolders.create("engram-test-");
    private final LocalStack stack;

    private SharedStack() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::tidyUp, "tidy-up-shared-stack"));
        Path datasets = folder.resolve("datasets");
        writeTruncatedMnist(datasets.resolve("mnist"));
        stack = LocalStack.start(
                new ChildProcesses(),
                EngramHome.find(),
                ServiceCommands.underTest(EngramHome.find()),
                new StackOptions(
                        folder.resolve("stack"),
                        StackOptions.LOOPBACK,
                        StackPorts.free(),
                        Optional.of(datasets),
                        true));
    }

    static synchronized SharedStack get() {
        if (started == null) {
            started = new SharedStack();
        }
        return started;
    }

    LocalStack stack() {
        return stack;
    }

    Path artifacts() {
        return folder.resolve("stack/artifacts");
    }

    /** Runs a command against this stack. */
    Answer engram(String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--trainer", stack.grpcAddress(Service.TRAINER)));
        all.addAll(List.of("--evaluator", stack.grpcAddress(Service.EVALUATOR)));
        return Answer.to(all.toArray(String[]::new));
    }

    /** The published header, and a hundred of 60000 images. */
    private static void writeTruncatedMnist(Path mnist) {
        ByteBuffer images = ByteBuffer.allocate(16 + 100 * 28 * 28);
        images.putInt(0x00000803).putInt(60000).putInt(28).putInt(28);
        try {
            Files.createDirectories(mnist);
            Files.write(mnist.resolve("train-images-idx3-ubyte"), images.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tidyUp() {
        if (stack != null) {
            stack.close();
        }
        TemporaryFolders.delete(folder);
    }
}
