/** How a data set becomes a sequence of tasks. Start at {@link io.engram.learning.scenario.Scenario} and {@link io.engram.learning.scenario.Task}. */
package io.engram.learning.scenario;
