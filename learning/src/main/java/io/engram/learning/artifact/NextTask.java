package io.engram.learning.artifact;

import java.util.List;
import java.util.OptionalLong;

/**
 * What it takes to score a model on the task that comes next, before it is learned: forward transfer needs that score, and
 * the same of the untrained network. Only a domain-incremental scenario has such a task, since elsewhere the classes of the next
 * task are not in the head yet.
 *
 * @param labels original labels of the task, in the order of the head's columns
 * @param weightsSeed seed of the generator that gave the network its values before the first task; absent where they came from a
 *     file, which the model does not hold
 */
public record NextTask(List<Integer> labels, OptionalLong weightsSeed) {

    public NextTask {
        labels = List.copyOf(labels);
    }
}
