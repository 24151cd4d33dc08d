/**
 * Follows a run until it has ended and all of it is evaluated: {@link io.engram.cli.watch.RunWatcher} listens, a {@link
 * io.engram.cli.watch.ProgressView} shows.
 */
package io.engram.cli.watch;
