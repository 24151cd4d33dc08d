package io.engram.learning.optimizer;

import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Setting;
import java.util.List;

/**
 * Stochastic gradient descent with momentum and weight decay in the form of Sutskever et al. 2013 as PyTorch has it:
 * {@code g = g + decay * p; m = momentum * m + g; p = p - rate * m}. Without momentum there is no state.
 */
final class Sgd implements Optimizer {
    static final CatalogEntry<Optimizer> ENTRY = new CatalogEntry<>(
            "sgd",
            "Stochastic gradient descent with momentum and weight decay",
            "Sutskever, Martens, Dahl and Hinton 2013, On the Importance of Initialization and Momentum in Deep Learning",
            List.of(
                    new Setting.Number("learning_rate", "Size of a step", 0.1, 0, true, 1000),
                    new Setting.Number("momentum", "Share of the last step that goes on", 0.0, 0, false, 1),
                    new Setting.Number("weight_decay", "Pull of the weights towards 0", 0.0, 0, false, 1000)),
            settings -> new Sgd(
                    settings.number("learning_rate"), settings.number("momentum"), settings.number("weight_decay")));

    private final double rate;
    private final double momentum;
    private final double weightDecay;

    private Sgd(double rate, double momentum, double weightDecay) {
        this.rate = rate;
        this.momentum = momentum;
        this.weightDecay = weightDecay;
    }

    @Override
    public double learningRate() {
        return rate;
    }

    @Override
    public int slots() {
        return momentum == 0 ? 0 : 1;
    }

    @Override
    public String update() {
        String decayed = weightDecay == 0 ? "g" : "torch.add(g, self.parameters[k], alpha=" + weightDecay + ")";
        String step = momentum == 0
                ? "self.parameters[k].add_(%s, alpha=-%s)".formatted(decayed, rate)
                : "self.parameters[k].add_(self.moments[k].mul_(%s).add_(%s), alpha=-%s)"
                        .formatted(momentum, decayed, rate);
        return """
                def update(self, gradients: List[Optional[Tensor]]) -> int:
                  for k in range(len(self.parameters)):
                    g = gradients[k]
                    if g is not None:
                      %s
                  return 0
                """.formatted(step);
    }
}
