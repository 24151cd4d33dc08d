/** Everything a run needs to go on bit for bit. Start at {@link io.engram.learning.checkpoint.Checkpoint} and {@link io.engram.learning.checkpoint.CheckpointStore}. */
package io.engram.learning.checkpoint;
