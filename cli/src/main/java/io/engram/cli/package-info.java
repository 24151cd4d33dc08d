/**
 * The {@code engram} command. Entry type: {@link io.engram.cli.EngramApplication}; the commands are in {@code command}.
 */
package io.engram.cli;
