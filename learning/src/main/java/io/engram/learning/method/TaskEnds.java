package io.engram.learning.method;

import java.util.List;

/** Where the classes of each task end, for methods that distil task by task. */
final class TaskEnds {
    static final List<String> STATE = List.of("ends");

    /**
     * Text of {@code end_task}, and of {@code by_task(logits, targets)} {@code [batch, classes]} each: over the tasks that ended, the
     * sum of what {@code with_task(total, logits, targets, start, end)} adds for classes {@code start} to {@code end}, which the method brings.
     */
    static final String TEXT = """
            def by_task(self, logits: Tensor, targets: Tensor) -> Tensor:
              total = torch.zeros_like(torch.sum(targets))
              start = 0
              for k in range(len(self.ends)):
                end = int(self.ends[k])
                total = self.with_task(total, logits, targets, start, end)
                start = end
              return total
            def end_task(self) -> Tensor:
              torch.append(self.ends, torch.tensor(self.class_count(self.parameters)))
              return torch.zeros([0])
            """;

    private TaskEnds() {}

    /** Called after a task. */
    static void note(TaskContext context) {
        context.functions().call("end_task");
    }
}
