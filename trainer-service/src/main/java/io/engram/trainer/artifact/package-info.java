/** Where frozen models go: {@link io.engram.trainer.artifact.FrozenModels}. */
package io.engram.trainer.artifact;
