package io.engram.learning.scenario;

import java.util.List;

/** The order in which the classes of a data set arrive. */
public sealed interface ClassOrder {

    /** Original labels, smallest first. */
    record Ascending() implements ClassOrder {}

    /**
     * These original labels in this order; classes left out take no part in the run.
     *
     * @param labels distinct labels of the data set
     */
    record Listed(List<Integer> labels) implements ClassOrder {
        public Listed {
            labels = List.copyOf(labels);
        }
    }

    /**
     * Shuffled by a seed of its own.
     *
     * @param seed the seed of the shuffle
     */
    record Shuffled(long seed) implements ClassOrder {}
}
