package io.engram.learning.method;

import io.engram.learning.setting.Setting;
import java.util.List;

/** The network as it was after the task before, for methods that distil from it. Until the first task is over there is none. */
final class OldNetwork {
    static final List<String> STATE = List.of("old_parameters", "old_statistics");

    /** What most papers that distil take it for; of {@code distillation}. */
    static final Setting TEMPERATURE =
            new Setting.Number("temperature", "Softens what is distilled", 2.0, 0, true, 1000);

    /**
     * Text of {@code keep_network}, {@code old_classes()}, 0 before there is one, and {@code old_logits(x)}
     * {@code [batch, old classes]}, in evaluation mode and without gradients; and {@code distillation(logits, targets,
     * temperature)}: the cross-entropy of softened logits with softened targets (Hinton, Vinyals and Dean 2015, "Distilling the
     * Knowledge in a Neural Network", section 2), its mean over the batch.
     */
    static final String TEXT = """
            def keep_network(self) -> Tensor:
              parameters = annotate(List[Tensor], [])
              for k in range(len(self.parameters)):
                torch.append(parameters, torch.clone(torch.detach(self.parameters[k])))
              statistics = annotate(List[Tensor], [])
              for k in range(len(self.statistics)):
                torch.append(statistics, torch.clone(self.statistics[k]))
              self.old_parameters = parameters
              self.old_statistics = statistics
              return torch.zeros([0])
            def old_classes(self) -> int:
              known = 0
              if torch.gt(len(self.old_parameters), 0):
                known = self.class_count(self.old_parameters)
              return known
            def old_logits(self, x: Tensor) -> Tensor:
              return torch.detach(self.logits_of(self.old_parameters, self.old_statistics, x))
            def distillation(self, logits: Tensor, targets: Tensor, temperature: float) -> Tensor:
              likelihoods = torch.log_softmax(torch.div(logits, temperature), 1)
              each = torch.sum(torch.mul(torch.softmax(torch.div(targets, temperature), 1), likelihoods), [1])
              return torch.neg(torch.mean(each))
            """;

    private OldNetwork() {}

    /** Called after a task, when the network is as it is to be remembered. */
    static void keep(TaskContext context) {
        context.functions().call("keep_network");
    }
}
