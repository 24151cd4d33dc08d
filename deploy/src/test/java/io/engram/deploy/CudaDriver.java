package io.engram.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * Stands in for the driver's library, which the container toolkit brings into a container: it says of everything that there is no
 * device. Made of what {@code libcaffe2_nvrtc.so} asks of it, by the machine's C compiler.
 */
final class CudaDriver {
    /** CUDA_ERROR_NO_DEVICE of CUDA's {@code cuda.h}. */
    private static final int NO_DEVICE = 100;

    private CudaDriver() {}

    /** Puts it where the loader of an image looks for it. */
    static void bringInto(Path root) throws IOException, InterruptedException {
        Path asking = root.resolve("opt/torch/torch/lib/libcaffe2_nvrtc.so");
        String code = Command.output("nm", "-D", "--undefined-only", asking.toString())
                .lines()
                .map(line -> line.strip().replaceAll("^U |@.*", ""))
                .filter(symbol -> symbol.matches("cu[A-Z].*"))
                .map(symbol -> "int %s(void) { return %d; }".formatted(symbol, NO_DEVICE))
                .collect(Collectors.joining("\n", "", "\n"));
        Path source = Files.writeString(Files.createTempFile("cuda", ".c"), code);
        Command.output(
                "gcc",
                "-shared",
                "-fPIC",
                "-Wl,-soname,libcuda.so.1",
                "-o",
                root.resolve("usr/lib/libcuda.so.1").toString(),
                source.toString());
        Files.delete(source);
    }
}
