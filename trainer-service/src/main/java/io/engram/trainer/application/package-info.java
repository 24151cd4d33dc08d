/**
 * What the service does: {@link io.engram.trainer.application.RunSubmission} accepts runs, {@link
 * io.engram.trainer.application.Runs} and {@link io.engram.trainer.application.RunWatchers} show them, {@link
 * io.engram.trainer.application.Worker} trains them. What it needs of the outside are the interfaces here: {@link
 * io.engram.trainer.application.RunStore}, {@link io.engram.trainer.application.RunQueue}, {@link
 * io.engram.trainer.application.ReplayMemories}, {@link io.engram.trainer.application.Models} and {@link
 * io.engram.trainer.application.Checkpoints}.
 */
package io.engram.trainer.application;
