package io.engram.cli.view;

import io.engram.proto.trainer.v1.MemoryUse;
import java.util.Locale;

/** Amounts of memory for people. */
public final class MemoryText {
    private static final double STEP = 1000;

    private MemoryText() {}

    /** All that a run holds after a task. */
    public static String total(MemoryUse memory) {
        return bytes(memory.getNetworkBytes()
                + memory.getTrainingBytes()
                + memory.getMethodBytes()
                + memory.getReplayBytes());
    }

    /** In kB, MB or GB, each a thousand of the one before. */
    static String bytes(long bytes) {
        String[] units = {"B", "kB", "MB", "GB"};
        double amount = bytes;
        int unit = 0;
        while (amount >= STEP && unit < units.length - 1) {
            amount /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", amount, units[unit]);
    }
}
