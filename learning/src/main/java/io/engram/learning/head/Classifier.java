package io.engram.learning.head;

import io.engram.learning.backbone.ParameterShape;
import java.util.List;

/**
 * How a frozen model chooses a class: its text, and the tensors of its own that travel with the weights. A model of which
 * some class was never seen must not choose it. Implementations are immutable.
 *
 * <p>Its text defines {@code def scores_of(self, p: List[Tensor], s: List[Tensor], c: List[Tensor], x: Tensor) -> Tensor}, from
 * {@code x} as {@code [batch, channels, height, width]} float32 to {@code [batch, classes]} float32: the class of the largest
 * score is chosen, the first where there are several; minus infinity is never chosen where another class has more. {@code p}
 * and {@code s} are the network's parameters and statistics, {@code c} the tensors of {@link #tensors} in order. It may call
 * {@code features_of}, {@code classified}, {@code logits_of} and {@code normalised}, as a
 * {@link io.engram.learning.backbone.Backbone} and a head bring them.
 */
public interface Classifier {

    /** Tensor-program text of {@code scores_of}. */
    String text();

    /**
     * Its own tensors, in order.
     *
     * @param classes classes the model knows
     * @param featureSize width of the features
     */
    default List<ParameterShape> tensors(int classes, int featureSize) {
        return List.of();
    }
}
