package io.engram.replay;

/** The slots of one class by rank: a queue in an array that goes round. */
final class ClassSlots {
    private static final int FIRST_LENGTH = 4;
    /** One of so many entries is used at least, but for short arrays. */
    private static final int MOST_EMPTY = 4;

    private int[] slots = new int[FIRST_LENGTH];
    private int first;
    private int count;

    int count() {
        return count;
    }

    int at(int rank) {
        return slots[place(rank)];
    }

    /** Puts a slot where another one of the same sample was. */
    void set(int place, int slot) {
        slots[place] = slot;
    }

    void swap(int rank, int other, int[] places) {
        int slot = at(rank);
        put(place(rank), at(other), places);
        put(place(other), slot, places);
    }

    /** Adds a slot with the highest rank. */
    void add(int slot, int[] places) {
        if (count == slots.length) {
            resize(count + (count >> 1), places);
        }
        put(place(count), slot, places);
        count++;
    }

    /** Gives the slot at a place the highest rank; those behind it move up where it was the first. */
    void renew(int place, int[] places) {
        int slot = slots[place];
        remove(place, places);
        add(slot, places);
    }

    /** Removes the slot at a place: the others keep their order where it was the first or the last. */
    void remove(int place, int[] places) {
        if (place == first) {
            first = place(1);
        } else if (place != place(count - 1)) {
            put(place, at(count - 1), places);
        }
        count--;
        if (slots.length > MOST_EMPTY * FIRST_LENGTH && count < slots.length / MOST_EMPTY) {
            resize(2 * count, places);
        }
    }

    private int place(int rank) {
        // Not rank % length: first + rank is below twice the length.
        int place = first + rank;
        return place < slots.length ? place : place - slots.length;
    }

    private void put(int place, int slot, int[] places) {
        slots[place] = slot;
        places[slot] = place;
    }

    private void resize(int length, int[] places) {
        int[] resized = new int[length];
        for (int rank = 0; rank < count; rank++) {
            resized[rank] = at(rank);
            places[resized[rank]] = rank;
        }
        slots = resized;
        first = 0;
    }
}
