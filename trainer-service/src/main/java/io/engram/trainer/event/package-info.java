/** What the trainer tells the world: {@link io.engram.trainer.event.RunEvents}. */
package io.engram.trainer.event;
