/**
 * How a run sees its replay memory, in process or remote. Start at {@link io.engram.learning.memory.ReplayMemory}; {@link
 * io.engram.learning.memory.InProcessReplayMemory} keeps its versions on the heap or in a folder.
 */
package io.engram.learning.memory;
