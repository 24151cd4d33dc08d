package io.engram.replay;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;

/** Reads what a snapshot holds behind its header. */
final class SlotsReader {
    private static final int SKIPPED_BYTES = 1 << 16;

    private final DataInputStream in;
    private final BufferSettings settings;

    SlotsReader(DataInputStream in, BufferSettings settings) {
        this.in = in;
        this.settings = settings;
    }

    Slots read(int size, long seen) throws IOException {
        int[] labels = {};
        int[] tasks = {};
        for (int slot = 0; slot < size; slot++) {
            if (slot == labels.length) {
                int length = Slots.grownLength(slot + 1, settings.capacity());
                labels = Arrays.copyOf(labels, length);
                tasks = Arrays.copyOf(tasks, length);
            }
            labels[slot] = notNegative("label", in.readInt());
            tasks[slot] = notNegative("task", in.readInt());
        }
        boolean byClass = PolicyCatalog.byClass(settings);
        Slots slots = new Slots(settings.capacity(), byClass, labels, tasks, size, seen);
        if (byClass) {
            readClasses(slots);
        }
        return slots;
    }

    private void readClasses(Slots slots) throws IOException {
        int limit = in.readInt();
        require(limit >= 0 && limit <= BufferSettings.MAX_CLASSES, limit + " labels");
        boolean[] listed = new boolean[slots.size()];
        int held = 0;
        for (int label = 0; label < limit; label++) {
            long seen = in.readLong();
            boolean wasLargest = in.readBoolean();
            int count = in.readInt();
            require(count >= 0 && count <= slots.size() - held, count + " samples of class " + label);
            held += count;
            slots.classes().restore(label, seen, wasLargest, members(slots, listed, label, count));
        }
        require(held == slots.size(), held + " samples in classes, of " + slots.size());
    }

    private int[] members(Slots slots, boolean[] listed, int label, int count) throws IOException {
        int[] members = new int[count];
        for (int rank = 0; rank < count; rank++) {
            int slot = in.readInt();
            boolean free = slot >= 0 && slot < slots.size() && !listed[slot] && slots.label(slot) == label;
            require(free, "slot " + slot + " in class " + label);
            listed[slot] = true;
            members[rank] = slot;
        }
        return members;
    }

    byte[][] samples(int size) throws IOException {
        byte[][] samples = {};
        for (int slot = 0; slot < size; slot++) {
            if (slot == samples.length) {
                samples = Arrays.copyOf(samples, Slots.grownLength(slot + 1, settings.capacity()));
            }
            samples[slot] = new byte[settings.itemBytes()];
            in.readFully(samples[slot]);
        }
        return samples;
    }

    byte[][] skipSamples(int size) throws IOException {
        byte[] skipped = new byte[SKIPPED_BYTES];
        for (long left = (long) size * settings.itemBytes(); left > 0; left -= skipped.length) {
            in.readFully(skipped, 0, (int) Math.min(left, skipped.length));
        }
        return new byte[0][];
    }

    private static int notNegative(String what, int value) throws CorruptSnapshotException {
        require(value >= 0, "a " + what + " of " + value);
        return value;
    }

    private static void require(boolean possible, String claim) throws CorruptSnapshotException {
        if (!possible) {
            throw new CorruptSnapshotException("the snapshot claims " + claim);
        }
    }
}
