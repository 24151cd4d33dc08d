package io.engram.learning.head;

import io.engram.learning.backbone.ParameterShape;
import java.util.List;

/**
 * What is trained on top of a backbone's features: its text, and the parameters the text uses. It grows by rows, one for each new
 * class; rows of old classes keep their values bit for bit. Implementations are immutable.
 *
 * <p>Its text defines {@code def classified(self, p: List[Tensor], features: Tensor) -> Tensor}, to logits {@code [batch, classes]},
 * with {@code p} the parameters of the backbone and behind them its own.
 */
public interface Head {

    /** Tensor-program text of {@code classified}. */
    String text();

    /** Its parameters for some number of classes; the last has a row for each class. */
    List<ParameterShape> parameters(int classes);
}
