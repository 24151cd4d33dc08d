/** How a run sees its replay memory, in process or remote. Start at {@link io.engram.learning.memory.ReplayMemory}. */
package io.engram.learning.memory;
