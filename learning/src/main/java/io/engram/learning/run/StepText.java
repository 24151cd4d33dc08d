package io.engram.learning.run;

import io.engram.learning.augmentation.Augmentation;
import io.engram.learning.method.Method;

/**
 * The text of a step for a method: which inputs its loss is given, and which of its own functions run around the update.
 *
 * @param itemBytes bytes of a remembered sample without its logits
 * @param augmentation what samples are changed by before they become inputs of a step
 */
record StepText(Method method, int itemBytes, Augmentation augmentation) {

    /** Text of {@code step}, which returns the loss, the predictions of the new batch and, where remembered, its logits or scores. */
    String text() {
        return inputs() + (defines("streamed") ? STREAMED : trained());
    }

    private String inputs() {
        return augmentation.isEmpty() ? AS_THEY_ARE : augmentation.text() + AUGMENTED;
    }

    private String trained() {
        return LEARN.formatted(
                        defines("adjusted") ? "  gradients = self.adjusted(gradients, outcome)\n" : "",
                        defines("after_step") ? "  done = self.after_step(gradients, outcome)\n" : "",
                        remembered())
                + step();
    }

    private String step() {
        if (!method.replay().usesMemory()) {
            return WITHOUT_REPLAY;
        }
        if (method.replay().withLogits()) {
            return WITH_LOGITS.formatted(itemBytes);
        }
        return WITH_REPLAY.formatted(
                method.replay().withScores()
                        ? "self.shaped(torch.narrow(self.on_device(items), 1, 0, %d))".formatted(itemBytes)
                        : "self.on_device(items)");
    }

    /** What a step returns to be remembered with its samples. */
    private String remembered() {
        if (method.replay().withLogits()) {
            return ", torch.flatten(new_logits)";
        }
        return method.replay().withScores() ? ", torch.detach(outcome[2])" : "";
    }

    private boolean defines(String function) {
        return method.text().contains("def " + function + "(");
    }

    private static final String AS_THEY_ARE = """
            def new_inputs(self, rows: Tensor) -> Tensor:
              return self.inputs_of(rows)
            def replayed_inputs(self, items: Tensor) -> Tensor:
              return self.scaled(items)
            """;

    private static final String AUGMENTED = """
            def new_inputs(self, rows: Tensor) -> Tensor:
              return self.scaled(self.augmented(self.items_of(rows), self.draws[0]))
            def replayed_inputs(self, items: Tensor) -> Tensor:
              return self.scaled(self.augmented(items, self.draws[1]))
            """;

    private static final String STREAMED = """
            def step(self, rows: Tensor) -> Tensor:
              t = self.tasks_of(rows)
              torch.set_grad_enabled(False)
              outcome = self.streamed(self.new_inputs(rows), self.classes_of(rows), t)
              torch.set_grad_enabled(True)
              predictions = torch.to(torch.argmax(self.among(outcome[1], t), 1), 6)
              return torch.cat([torch.reshape(outcome[0], [1]), predictions])
            """;

    private static final String LEARN = """
            def learn(self, outcome: List[Tensor], y: Tensor, t: Tensor) -> Tensor:
              gradients = torch.autograd.grad([outcome[0]], self.parameters)
              torch.set_grad_enabled(False)
            %s  torch.add_(self.clock[0], 1)
              updated = self.update(gradients)
            %s  torch.set_grad_enabled(True)
              new_logits = torch.narrow(torch.detach(outcome[1]), 0, 0, torch.size(y, 0))
              predictions = torch.to(torch.argmax(self.among(new_logits, t), 1), 6)
              return torch.cat([torch.reshape(torch.detach(outcome[0]), [1]), predictions%s])
            """;

    private static final String WITHOUT_REPLAY = """
            def step(self, rows: Tensor) -> Tensor:
              y = self.classes_of(rows)
              t = self.tasks_of(rows)
              return self.learn(self.loss(self.new_inputs(rows), y, t), y, t)
            """;

    private static final String WITH_REPLAY = """
            def step(self, rows: Tensor, items: Tensor, classes: Tensor, tasks: Tensor) -> Tensor:
              y = self.classes_of(rows)
              t = self.tasks_of(rows)
              replayed_x = self.replayed_inputs(%s)
              outcome = self.loss(self.new_inputs(rows), y, t, replayed_x, self.on_device(classes), self.on_device(tasks))
              return self.learn(outcome, y, t)
            """;

    private static final String WITH_LOGITS = """
            def step(self, rows: Tensor, items: Tensor, classes: Tensor, tasks: Tensor, remembered: Tensor) -> Tensor:
              y = self.classes_of(rows)
              t = self.tasks_of(rows)
              replayed_x = self.replayed_inputs(self.shaped(torch.narrow(self.on_device(items), 1, 0, %d)))
              known = self.class_count(self.parameters)
              logits = torch.narrow(self.on_device(remembered), 1, 0, known)
              outcome = self.loss(self.new_inputs(rows), y, t,
                                  replayed_x, self.on_device(classes), self.on_device(tasks), logits)
              return self.learn(outcome, y, t)
            """;
}
