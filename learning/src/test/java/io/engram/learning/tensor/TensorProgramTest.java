package io.engram.learning.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TensorProgramTest {

    /** A product, and one step of gradient descent on the sum of {@code w w x}, whose gradient is {@code 2 w x}. */
    private static final String TEXT = """
            def weighted(self, x: Tensor) -> Tensor:
              return torch.mul(self.parameters[0], x)
            def keeps_gradients(self, x: Tensor) -> Tensor:
              if ops.prim.requires_grad(self.weighted(x)):
                yes = 1.
              else:
                yes = 0.
              return torch.mul(x, yes)
            def step(self, x: Tensor) -> Tensor:
              loss = torch.sum(torch.mul(torch.mul(self.parameters[0], self.parameters[0]), x))
              gradients = torch.autograd.grad([loss], self.parameters)
              torch.set_grad_enabled(False)
              for k in range(len(self.parameters)):
                g = gradients[k]
                if g is not None:
                  self.parameters[k].add_(g, alpha=-0.25)
              torch.set_grad_enabled(True)
              return torch.detach(loss)
            """;

    private final TensorEngine engine = TensorEngine.start(1);
    private final NDManager manager = engine.newManager(Device.cpu());

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void aStepUsesTheResidentTensorsAndChangesThemInPlace() {
        NDArray w = parameter(manager, 1, 2);
        TensorProgram program = program(manager, w);

        try (NDList loss = program.call("step", manager.create(new float[] {1, 1}))) {
            // loss 1 + 4 = 5; gradient 2 w = (2, 4); w - 0.25 (2, 4) = (0.5, 1)
            assertThat(loss.get(0).toFloatArray()).containsExactly(5);
        }
        assertThat(w.toFloatArray()).containsExactly(0.5f, 1);
    }

    @Test
    void tensorsAreReplacedBySettingAgain() {
        TensorProgram program = program(manager, parameter(manager, 1, 2));

        program.set("parameters", new NDList(parameter(manager, 3, 4)));

        assertThat(values(program.call("weighted", manager.create(new float[] {1, 10}))))
                .containsExactly(3, 40);
    }

    @Test
    void anEmptyListEmptiesTheResidentList() {
        TensorProgram program = program(manager, parameter(manager, 1, 2));

        program.set("parameters", new NDList());

        assertThatThrownBy(() -> program.call("weighted", manager.create(1f))).isInstanceOf(EngineException.class);
    }

    @Test
    void anErrorInTheTextIsReportedWithItsLineWhenTheProgramIsMade() {
        String text = """
                def fine(self) -> Tensor:
                  return self.parameters[0]
                def broken(self) -> Tensor:
                  return torch.no_such_operator(self.parameters[0])
                """;

        assertThatThrownBy(() -> new TensorProgram(manager, List.of("parameters"), text))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("no_such_operator")
                .hasMessageMatching("(?s).*line \\d+.*");
    }

    @Test
    void afterACallThatFailsTheNextOneWorksWithGradientsOn() {
        NDArray w = parameter(manager, 1, 2);
        TensorProgram program = program(manager, w);

        assertThatThrownBy(() -> program.call("step", manager.create(new Shape(3))))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("must match the size of tensor");

        program.call("step", manager.create(new float[] {1, 1})).close();
        assertThat(w.toFloatArray()).containsExactly(0.5f, 1);
    }

    @Test
    void afterAnInferenceThatFailsTheNextCallHasGradients() {
        NDArray w = parameter(manager, 1, 2);
        TensorProgram program = program(manager, w);

        assertThatThrownBy(() -> program.infer("weighted", manager.create(new Shape(3))))
                .isInstanceOf(EngineException.class);

        program.call("step", manager.create(new float[] {1, 1})).close();
        assertThat(w.toFloatArray()).containsExactly(0.5f, 1);
    }

    @Test
    void inferenceKeepsNoGradientsAndACallDoes() {
        TensorProgram program = program(manager, parameter(manager, 1, 2));
        NDArray one = manager.create(new float[] {1, 1});

        assertThat(values(program.infer("keeps_gradients", one))).containsOnly(0);
        assertThat(values(program.call("keeps_gradients", one))).containsOnly(1);
        assertThat(values(program.infer("keeps_gradients", one))).containsOnly(0);
    }

    @Test
    void twoProgramsOnTwoThreadsGiveTheSerialResult() throws Exception {
        List<float[]> serial = List.of(trained(1), trained(2));

        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<float[]>> parallel = IntStream.of(1, 2)
                    .mapToObj(seed -> threads.submit(() -> trained(seed)))
                    .toList();
            assertThat(parallel.get(0).get()).isEqualTo(serial.get(0));
            assertThat(parallel.get(1).get()).isEqualTo(serial.get(1));
        } finally {
            threads.shutdownNow();
        }
    }

    /** Parameters after 300 steps on inputs that follow from a seed. */
    private float[] trained(int seed) {
        try (NDManager own = engine.newManager(Device.cpu())) {
            NDArray w = parameter(own, 1, -2);
            TensorProgram program = program(own, w);
            for (int step = 0; step < 300; step++) {
                float x = (seed * 7919 + step * 104729) % 1000 / 10_000f;
                try (NDArray input = own.create(new float[] {x, 0.1f - x})) {
                    program.call("step", input).close();
                }
            }
            return w.toFloatArray();
        }
    }

    private static TensorProgram program(NDManager manager, NDArray parameter) {
        TensorProgram program = new TensorProgram(manager, List.of("parameters"), TEXT);
        program.set("parameters", new NDList(parameter));
        return program;
    }

    private static NDArray parameter(NDManager manager, float... values) {
        NDArray parameter = manager.create(values);
        parameter.setRequiresGradient(true);
        return parameter;
    }

    private static float[] values(NDList result) {
        try (result) {
            return result.get(0).toFloatArray();
        }
    }
}
