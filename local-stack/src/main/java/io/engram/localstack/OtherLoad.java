package io.engram.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/** How busy the machine is with anything but this process, where the system tells (Linux, {@code proc(5)}). */
final class OtherLoad {
    private static final Path STAT = Path.of("/proc/stat");
    private static final double TICKS_PER_SECOND = 100;
    private static final List<Integer> IDLE_FIELDS = List.of(4, 5);
    private static final int LAST_TIME_FIELD = 8;

    private OtherLoad() {}

    /** Processors in use by others, on average over a while from now; empty where the system does not tell. */
    static OptionalDouble over(Duration time) {
        try {
            double before = busySeconds(Files.readString(STAT)) - own();
            long started = System.nanoTime();
            Thread.sleep(time.toMillis());
            double busy = busySeconds(Files.readString(STAT)) - own() - before;
            return OptionalDouble.of(Math.max(0, busy) / ((System.nanoTime() - started) / 1e9));
        } catch (IOException e) {
            return OptionalDouble.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalDouble.empty();
        }
    }

    /** Processor time since the start of the machine that was not idle. The first line is the sum over all processors. */
    static double busySeconds(String stat) {
        String[] fields = stat.lines().findFirst().orElse("").split("\\s+");
        double ticks = 0;
        for (int field = 1; field <= Math.min(LAST_TIME_FIELD, fields.length - 1); field++) {
            ticks += IDLE_FIELDS.contains(field) ? 0 : Long.parseLong(fields[field]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    private static double own() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos()
                / 1e9;
    }
}
