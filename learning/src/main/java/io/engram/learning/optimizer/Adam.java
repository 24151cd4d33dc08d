package io.engram.learning.optimizer;

import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Setting;
import java.util.List;

/**
 * Adam (Kingma and Ba 2015, "Adam: A Method for Stochastic Optimization", algorithm 1), operation for operation as
 * PyTorch's single-tensor form, so that results are bitwise the same. Weight decay is added to the gradient, as there.
 */
final class Adam implements Optimizer {
    static final CatalogEntry<Optimizer> ENTRY = new CatalogEntry<>(
            "adam",
            "Adaptive moment estimation",
            "Kingma and Ba 2015, Adam: A Method for Stochastic Optimization",
            List.of(
                    new Setting.Number("learning_rate", "Size of a step", 0.001, 0, true, 1000),
                    new Setting.Number("beta1", "Decay of the mean of gradients", 0.9, 0, false, 0.999999),
                    new Setting.Number("beta2", "Decay of the mean of squared gradients", 0.999, 0, false, 0.999999),
                    new Setting.Number("epsilon", "Keeps the division away from 0", 1e-8, 0, true, 1),
                    new Setting.Number("weight_decay", "Pull of the weights towards 0", 0.0, 0, false, 1000)),
            settings -> new Adam(
                    settings.number("learning_rate"),
                    settings.number("beta1"),
                    settings.number("beta2"),
                    settings.number("epsilon"),
                    settings.number("weight_decay")));

    private final double rate;
    private final double beta1;
    private final double beta2;
    private final double epsilon;
    private final double weightDecay;

    private Adam(double rate, double beta1, double beta2, double epsilon, double weightDecay) {
        this.rate = rate;
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
        this.weightDecay = weightDecay;
    }

    @Override
    public double learningRate() {
        return rate;
    }

    @Override
    public int slots() {
        return 2;
    }

    @Override
    public String update() {
        String decayed = weightDecay == 0 ? "g" : "torch.add(g, self.parameters[k], alpha=" + weightDecay + ")";
        return """
                def update(self, gradients: List[Optional[Tensor]]) -> int:
                  t = float(self.clock[0])
                  size = torch.div(%1$s, torch.sub(1., torch.pow(%2$s, t)))
                  correction = torch.pow(torch.sub(1., torch.pow(%3$s, t)), 0.5)
                  for k in range(len(self.parameters)):
                    g = gradients[k]
                    if g is not None:
                      d = %5$s
                      mean = self.moments[torch.mul(2, k)].lerp_(d, %6$s)
                      square = self.moments[torch.add(torch.mul(2, k), 1)].mul_(%3$s).addcmul_(d, d, value=%7$s)
                      root = torch.div(torch.sqrt(square), correction).add_(%4$s)
                      self.parameters[k].addcdiv_(mean, root, value=torch.neg(size))
                  return 0
                """.formatted(rate, beta1, beta2, epsilon, decayed, 1 - beta1, 1 - beta2);
    }
}
