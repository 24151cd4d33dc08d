/**
 * What goes into the folder of models: {@link io.engram.trainer.artifact.FrozenModels} and, beside them, {@link
 * io.engram.trainer.artifact.CheckpointFolders}.
 */
package io.engram.trainer.artifact;
