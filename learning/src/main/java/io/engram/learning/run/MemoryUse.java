package io.engram.learning.run;

/**
 * Bytes that a run holds after a task, on whatever device: what methods are compared by.
 *
 * @param network parameters and statistics of backbone and head
 * @param training state of the optimiser
 * @param method what the method keeps besides, such as importances or an older network
 * @param replay samples of a full replay memory, as the run bounds it
 */
public record MemoryUse(long network, long training, long method, long replay) {}
