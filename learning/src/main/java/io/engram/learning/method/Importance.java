package io.engram.learning.method;

import io.engram.learning.setting.Setting;
import io.engram.learning.setting.Settings;

/**
 * How much each parameter mattered to a task, found sample by sample, in evaluation mode, after the task was learned. What
 * methods that pull parameters back to old values have in common.
 */
final class Importance {
    static final Setting SAMPLES = new Setting.Whole(
            "importance_samples",
            "Training samples of a task from which importances are estimated; 0 for all of them",
            1000,
            0,
            1_000_000_000);

    /**
     * Text of {@code fisher_of(x, t, sums)}: adds to {@code sums} each sample's diagonal of the Fisher information, the
     * squared gradient of the log-likelihood of each class, weighted by the probability that the model gives the class
     * (not of the given label alone, which would be the "empirical" Fisher; see Martens 2020, "New Insights and Perspectives
     * on the Natural Gradient Method", section 5).
     */
    static final String FISHER = """
            def fisher_of(self, x: Tensor, t: Tensor, sums: List[Tensor]) -> int:
              for i in range(torch.size(x, 0)):
                one = self.logits_of(self.parameters, self.statistics, torch.narrow(x, 0, i, 1))
                likelihoods = torch.select(torch.log_softmax(self.among(one, torch.narrow(t, 0, i, 1)), 1), 0, 0)
                probabilities = torch.exp(torch.detach(likelihoods))
                for c in range(torch.size(likelihoods, 0)):
                  probability = float(torch.select(probabilities, 0, c))
                  if torch.gt(probability, 0.):
                    gradients = torch.autograd.grad([torch.select(likelihoods, 0, c)], self.parameters, None, True)
                    for k in range(len(sums)):
                      g = gradients[k]
                      if g is not None:
                        added = torch.add_(sums[k], torch.square(g), alpha=probability)
              return 0
            """;

    /** Text of {@code old_rows(p, like)}: a parameter without the rows that were added since {@code like} was taken. */
    static final String OLD_ROWS = """
            def old_rows(self, p: Tensor, like: Tensor) -> Tensor:
              return torch.narrow(p, 0, 0, torch.size(like, 0))
            """;

    private Importance() {}

    /** Shows the function {@code name} as many samples of the task as the setting says. */
    static void look(Settings settings, TaskContext context, String name) {
        int asked = settings.integer(SAMPLES.name());
        int most = asked == 0 ? context.trainLoader().samples() : asked;
        context.trainLoader().again(most, batch -> context.functions().call(name, batch));
    }
}
