package io.engram.learning.method;

import io.engram.learning.scenario.Batch;
import io.engram.replay.SampleBatch;

/**
 * The functions of a method's text, to be called around a task; within a step the loop calls them. Each returns a tensor,
 * which comes back flat; return {@code torch.zeros([0])} where there is nothing to say. Gradients are on, the network is as
 * trained.
 */
public interface MethodFunctions {

    /** Calls {@code def name(self) -> Tensor}. */
    float[] call(String name);

    /** Calls {@code def name(self, x: Tensor, y: Tensor, t: Tensor) -> Tensor} with the new samples of a batch. */
    float[] call(String name, Batch batch);

    /** The same with remembered samples, of a method that remembers no logits. */
    float[] call(String name, SampleBatch remembered);
}
