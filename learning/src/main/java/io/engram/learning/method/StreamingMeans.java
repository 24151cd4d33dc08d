package io.engram.learning.method;

import java.util.List;

/**
 * Class means that move with every sample (Hayes and Kanan 2020, "Lifelong Machine Learning with Deep Streaming Linear
 * Discriminant Analysis", equation 2): {@code self.means[0]} {@code [classes, features]}, and {@code self.means[1]}
 * {@code [classes]}, how many samples each is of.
 */
final class StreamingMeans {
    static final List<String> STATE = List.of("means");

    static final String TEXT = """
            def grow_means(self) -> Tensor:
              rows, counts, = self.zeros_of_classes()
              if torch.eq(len(self.means), 0):
                self.means = [rows, counts]
              else:
                old = torch.size(self.means[1], 0)
                added = torch.sub(torch.size(counts, 0), old)
                self.means = [torch.cat([self.means[0], torch.narrow(rows, 0, old, added)]),
                              torch.cat([self.means[1], torch.narrow(counts, 0, old, added)])]
              return torch.zeros([0])
            def move_mean(self, z: Tensor, y: Tensor) -> Tensor:
              count = torch.index_select(self.means[1], 0, y)
              mean = torch.index_select(self.means[0], 0, y)
              moved = torch.div(torch.add(torch.mul(mean, torch.unsqueeze(count, 1)), z), torch.unsqueeze(torch.add(count, 1), 1))
              self.means[0].index_copy_(0, y, moved)
              self.means[1].index_copy_(0, y, torch.add(count, 1))
              return moved
            def of_seen(self, bias: Tensor) -> Tensor:
              return torch.masked_fill(bias, torch.eq(self.means[1], 0), float("-inf"))
            """;

    private StreamingMeans() {}

    /** Makes room for the classes of a task. */
    static void grow(TaskContext context) {
        context.functions().call("grow_means");
    }
}
