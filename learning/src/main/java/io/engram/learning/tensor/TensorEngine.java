package io.engram.learning.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.util.Platform;
import java.util.regex.Pattern;

/**
 * The tensor engine of this process: libtorch through DJL. Started once; the number of compute threads is fixed then, and
 * is part of a run's provenance, because it changes sums in their last bits.
 */
public final class TensorEngine {
    /** What a run spec may name. */
    public static final Pattern DEVICES = Pattern.compile("auto|cpu|cuda:\\d{1,3}");

    private final Engine engine;
    private final int threads;

    private TensorEngine(Engine engine, int threads) {
        this.engine = engine;
        this.threads = threads;
    }

    /**
     * Loads libtorch. A later call in the same process gives the same engine with the threads it was first started with.
     *
     * @param threads compute threads, at least 1; best not above the number of processors
     * @throws IllegalArgumentException where {@code threads} is below 1
     */
    public static TensorEngine start(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads was " + threads + "; allowed: 1 or more");
        }
        // Read by DJL when it loads: no downloads, no telemetry, and threads that are known.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        if (System.getProperty("ai.djl.pytorch.num_threads") == null) {
            System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
            System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        }
        return new TensorEngine(Engine.getEngine("PyTorch"), Integer.getInteger("ai.djl.pytorch.num_threads"));
    }

    public int threads() {
        return threads;
    }

    /** For example {@code libtorch 2.7.1, cpu, 2 threads}. */
    public String description() {
        return "libtorch " + engine.getVersion() + ", "
                + Platform.detectPlatform("pytorch").getFlavor() + ", " + threads
                + (threads == 1 ? " thread" : " threads");
    }

    /**
     * The device of a name.
     *
     * @param name {@code auto} (a GPU where there is one), {@code cpu} or {@code cuda:N}
     * @throws DeviceUnavailableException where there is no such device
     */
    public Device device(String name) {
        int gpus = engine.getGpuCount();
        if (name.equals("cpu") || name.equals("auto") && gpus == 0) {
            return Device.cpu();
        }
        int index = name.equals("auto") ? 0 : Integer.parseInt(name.substring("cuda:".length()));
        if (index >= gpus) {
            throw new DeviceUnavailableException(
                    gpus == 0
                            ? "there is no GPU here (" + description() + "); use \"auto\" or \"cpu\""
                            : "there are only the devices cpu and cuda:0 to cuda:" + (gpus - 1));
        }
        return Device.gpu(index);
    }

    /** A manager for native memory on a device; closing it frees all of it. */
    public NDManager newManager(Device device) {
        return engine.newBaseManager(device);
    }
}
