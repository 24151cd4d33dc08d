/** One class for each command below {@link io.engram.cli.command.EngramCommand}, and the options they share. */
package io.engram.cli.command;
