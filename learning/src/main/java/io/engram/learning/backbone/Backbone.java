package io.engram.learning.backbone;

import io.engram.learning.tensor.ScriptModule;
import java.util.List;
import java.util.Optional;

/**
 * The network in front of the head: its text, and the parameters the text uses. Implementations are immutable.
 *
 * <p>Its text defines {@code def features_of(self, p: List[Tensor], s: List[Tensor], training: bool, x: Tensor) -> Tensor}, from
 * {@code x} as {@code [batch, channels, height, width]} float32 to {@code [batch, featureSize]} float32. Parameters are
 * {@code p[0]} and so on, in the order of {@link #parameters}, statistics {@code s[0]} and so on in the order of
 * {@link #statistics}. What differs in training (batch normalisation) follows {@code training}.
 */
public interface Backbone {

    /** Tensor-program text of {@code features_of}. */
    String features();

    /**
     * Tensor-program text of {@code def layer_inputs_of(self, p: List[Tensor], s: List[Tensor], x: Tensor) -> List[Tensor]}: for
     * each parameter of two dimensions or more, in their order, the vectors that a unit's row is multiplied with, {@code
     * [vectors, values in a row]}, in evaluation mode. Each sample gives one vector, or one for each position of a convolution. Empty
     * where the backbone does not know them.
     */
    String layerInputs();

    /**
     * Tensor-program text of {@code def stages_of(self, p: List[Tensor], s: List[Tensor], training: bool, x: Tensor) ->
     * List[Tensor]}: what each of its stages gives, {@code [batch, channels, height, width]} or {@code [batch, units]}, and last the
     * features, as {@code features_of} does it. Empty where the backbone does not know them.
     */
    String stages();

    /** What is trained, in order. */
    List<ParameterShape> parameters();

    /** What is not trained but belongs to the network, such as the running means of batch normalisation, in order. */
    default List<ParameterShape> statistics() {
        return List.of();
    }

    /** Width of the features. */
    int featureSize();

    /** A module that its text reaches as {@code self.extractor}. */
    default Optional<ScriptModule> module() {
        return Optional.empty();
    }
}
