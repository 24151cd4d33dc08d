package io.engram.learning.run;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.engram.learning.scenario.Scenario;
import io.engram.learning.scenario.ScenarioKind;
import io.engram.learning.scenario.Task;
import java.util.Arrays;

/**
 * What the scenario tells the model of the task a sample comes from (van de Ven, Tuytelaars and Tolias 2022, "Three Types of
 * Incremental Learning"): where the task is given, the model chooses among the classes of that task alone.
 *
 * @param given whether samples come with their task at test time
 */
record TaskIdentity(boolean given) {

    static TaskIdentity of(Scenario scenario) {
        return new TaskIdentity(scenario.form().kind() == ScenarioKind.TASK_INCREMENTAL);
    }

    /** Text of {@code task_given()}, {@code among(logits, t)} and {@code cross_entropy(logits, y, t)}. */
    String text() {
        return AMONG.formatted(
                given ? "True" : "False",
                given ? "torch.add(logits, self.among_rows(self.masks[0], logits, t))" : "logits");
    }

    private static final String AMONG = """
            def task_given(self) -> bool:
              return %s
            def among_rows(self, mask: Tensor, logits: Tensor, t: Tensor) -> Tensor:
              return torch.index_select(torch.narrow(mask, 1, 0, torch.size(logits, 1)), 0, t)
            def among(self, logits: Tensor, t: Tensor) -> Tensor:
              return %s
            def cross_entropy(self, logits: Tensor, y: Tensor, t: Tensor) -> Tensor:
              return torch.cross_entropy_loss(self.among(logits, t), y)
            """;

    /** One tensor {@code [tasks, classes]}: 0 at the classes of a task and minus infinity at others, to add to logits. */
    static NDList masks(Scenario scenario, NDManager manager) {
        int tasks = scenario.tasks().size();
        int classes = scenario.classesUpTo(tasks - 1);
        float[] own = new float[tasks * classes];
        for (Task task : scenario.tasks()) {
            int row = task.index() * classes;
            Arrays.fill(own, row, row + classes, Float.NEGATIVE_INFINITY);
            task.labels().forEach(label -> own[row + scenario.denseId(label)] = 0);
        }
        return new NDList(manager.create(own, new Shape(tasks, classes)));
    }
}
