/** Stacks that commands start for themselves: {@link io.engram.cli.stack.PrivateStack}. */
package io.engram.cli.stack;
