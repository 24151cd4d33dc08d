/**
 * The replay memory as a deterministic state machine: the same seed and the same commands give the same samples, bit for
 * bit. No dependency, no I/O but to streams it is given, no clock, and no randomness that is not seeded.
 *
 * <p>Start at {@link io.engram.replay.ReplayBuffer}, made from {@link io.engram.replay.BufferSettings} and filled and drawn
 * from in {@link io.engram.replay.SampleBatch}es. {@link io.engram.replay.ReplaySnapshot} stores one and takes it up again. A new policy is one class that implements
 * {@link io.engram.replay.InsertionPolicy} or {@link io.engram.replay.SamplingPolicy} and one line in
 * {@link io.engram.replay.PolicyCatalog}.
 */
package io.engram.replay;
