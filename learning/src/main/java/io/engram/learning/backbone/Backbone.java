package io.engram.learning.backbone;

import java.util.List;

/**
 * The network in front of the head: its text, and the parameters the text uses. Implementations are immutable.
 *
 * <p>Its text defines {@code def features(self, x: Tensor) -> Tensor}, from {@code [batch, channels, height, width]} float32
 * to {@code [batch, featureSize]} float32, and reaches its parameters as {@code self.parameters[0]} and so on, in the order of
 * {@link #parameters}.
 */
public interface Backbone {

    /** Tensor-program text of {@code features}. */
    String features();

    /** Its parameters, in order. */
    List<ParameterShape> parameters();

    /** Width of the features. */
    int featureSize();
}
