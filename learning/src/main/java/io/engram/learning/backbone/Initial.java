package io.engram.learning.backbone;

/** Where the first values of a parameter come from. */
public sealed interface Initial {

    /**
     * PyTorch's default for weights and biases of linear and convolution layers: uniform in {@code ±1/sqrt(fanIn)}, which is
     * {@code kaiming_uniform_(a=sqrt(5))} for weights (He et al. 2015, "Delving Deep into Rectifiers").
     *
     * @param fanIn inputs of one unit
     */
    static Initial ofLayer(int fanIn) {
        return new Uniform((float) (1 / Math.sqrt(fanIn)));
    }

    /**
     * Normal with mean 0 and standard deviation {@code sqrt(2 / fan)}: PyTorch's {@code kaiming_normal_} for rectified linear
     * units (He et al. 2015, "Delving Deep into Rectifiers").
     *
     * @param fan inputs of one unit (fan-in), or outputs that an input goes to (fan-out): filters times positions of a kernel
     */
    static Initial kaimingNormal(int fan) {
        return new Normal(Math.sqrt(2.0 / fan));
    }

    /** Uniform in {@code [-bound, bound)}. */
    record Uniform(float bound) implements Initial {}

    /** Normal with mean 0. */
    record Normal(double deviation) implements Initial {}

    /**
     * Values that are known already; draws nothing.
     *
     * @param values as many as the parameter has, in row-major order
     */
    record Given(float[] values) implements Initial {}

    /** The same value everywhere; draws nothing. */
    record Constant(float value) implements Initial {}
}
