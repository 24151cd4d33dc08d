package io.engram.learning.optimizer;

/**
 * An update rule: its text, and how much state it keeps. Implementations are immutable; the settings of a run are
 * constants in the text.
 *
 * <p>Its text defines {@code def update(self, gradients: List[Optional[Tensor]]) -> int}, which changes
 * {@code self.parameters} in place and returns 0. Parameter {@code k} has its state tensors, of the parameter's shape and
 * zero at first, at {@code self.moments[slots * k]} and the following. {@code self.clock[0]} is a float64 scalar that
 * counts the steps, this one included.
 */
public interface Optimizer {

    /** Tensor-program text of {@code update}. */
    String update();

    /** Size of a step, which a method may call as {@code self.learning_rate()}. */
    double learningRate();

    /** State tensors for each parameter. */
    int slots();
}
