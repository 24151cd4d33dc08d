/** A run: its spec, its assembly and its loop, and the validation of what it made. Start at {@link io.engram.learning.run.RunFactory}, {@link io.engram.learning.run.TaskLoop} and {@link io.engram.learning.run.Validation}. */
package io.engram.learning.run;
