/**
 * What a run is and what may become of it: {@link io.engram.trainer.domain.TrainingRun} and {@link
 * io.engram.trainer.domain.RunState} with its table {@link io.engram.trainer.domain.Transition}.
 */
package io.engram.trainer.domain;
