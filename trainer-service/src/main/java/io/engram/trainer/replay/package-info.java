/**
 * Replay memories of runs: {@link io.engram.trainer.replay.BufferServiceMemories} in the buffer service, {@link
 * io.engram.trainer.replay.InProcessMemories} on the heap.
 */
package io.engram.trainer.replay;
