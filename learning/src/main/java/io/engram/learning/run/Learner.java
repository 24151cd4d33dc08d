package io.engram.learning.run;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.engram.learning.artifact.NamedTensor;
import io.engram.learning.backbone.Backbone;
import io.engram.learning.method.Method;
import io.engram.learning.method.Observation;
import io.engram.learning.method.Step;
import io.engram.learning.optimizer.Optimizer;
import io.engram.learning.scenario.Batch;
import io.engram.learning.scenario.Scenario;
import io.engram.learning.tensor.TensorEngine;
import io.engram.learning.tensor.TensorProgram;
import io.engram.replay.SplitMix64;
import java.util.List;

/**
 * The trained state of a run: network, optimiser and training data in native memory, and the program that does a step in
 * one native call. Backbone, head, method and optimiser each bring their text. Lives on the thread that made it.
 */
final class Learner implements Step, AutoCloseable {
    private static final List<String> LISTS = List.of("parameters", "moments", "clock", "data");

    /** Forward, loss, gradient, update. Returns the loss, then the predictions of the new batch. */
    private static final String STEP = """
            def learn(self, outcome: List[Tensor], y: Tensor) -> Tensor:
              gradients = torch.autograd.grad([outcome[0]], self.parameters)
              torch.set_grad_enabled(False)
              torch.add_(self.clock[0], 1)
              self.update(gradients)
              torch.set_grad_enabled(True)
              new_logits = torch.narrow(torch.detach(outcome[1]), 0, 0, torch.size(y, 0))
              predictions = torch.to(torch.argmax(new_logits, 1), 6)
              return torch.cat([torch.reshape(torch.detach(outcome[0]), [1]), predictions])
            """;

    private static final String WITHOUT_REPLAY = """
            def step(self, rows: Tensor) -> Tensor:
              y = self.classes_of(rows)
              return self.learn(self.loss(self.inputs_of(rows), y), y)
            """;
    private static final String WITH_REPLAY = """
            def step(self, rows: Tensor, replayed_items: Tensor, replayed_classes: Tensor) -> Tensor:
              y = self.classes_of(rows)
              replayed_x = self.scaled(self.on_device(replayed_items))
              outcome = self.loss(self.inputs_of(rows), y, replayed_x, self.on_device(replayed_classes))
              return self.learn(outcome, y)
            """;

    private final NDManager manager;
    private final Network network;
    private final TensorProgram program;
    private final StepBuffers buffers;
    private final boolean replays;

    Learner(
            TensorEngine engine,
            Device device,
            Scenario scenario,
            Backbone backbone,
            Method method,
            Optimizer optimizer,
            SplitMix64 random) {
        replays = method.replays();
        manager = engine.newManager(device);
        try {
            network = new Network(backbone, optimizer.slots(), random, manager);
            ResidentData data = new ResidentData(scenario, scenario.dataset().train());
            program = new TensorProgram(manager, LISTS, text(data, method, optimizer));
            program.set("data", data.tensors(manager));
            program.set("clock", new NDList(network.clock()));
            buffers = new StepBuffers(
                    engine.newManager(Device.cpu()),
                    scenario.dataset().description().sampleShape());
        } catch (RuntimeException e) {
            // Native memory is freed only by closing.
            manager.close();
            throw e;
        }
    }

    private String text(ResidentData data, Method method, Optimizer optimizer) {
        return network.text()
                + data.text()
                + method.loss()
                + optimizer.update()
                + STEP
                + (replays ? WITH_REPLAY : WITHOUT_REPLAY);
    }

    /** Gets ready for a task. */
    void begin(int classes, boolean startOver, boolean resetOptimizer) {
        if (startOver) {
            network.startOver();
        }
        network.grow(classes);
        if (resetOptimizer) {
            network.resetMoments();
        }
        program.set("parameters", network.parameters());
        program.set("moments", network.moments());
    }

    @Override
    public Observation run(Batch batch) {
        NDArray rows = buffers.rows(batch);
        try (NDList result = replays
                ? program.call("step", rows, buffers.replayedItems(batch), buffers.replayedClasses(batch))
                : program.call("step", rows)) {
            return observation(batch, result.get(0).toFloatArray());
        }
    }

    private static Observation observation(Batch batch, float[] lossAndPredictions) {
        int[] predictions = new int[batch.size()];
        int correct = 0;
        for (int k = 0; k < predictions.length; k++) {
            predictions[k] = (int) lossAndPredictions[k + 1];
            correct += predictions[k] == batch.classOf(k) ? 1 : 0;
        }
        return new Observation(predictions, correct, lossAndPredictions[0]);
    }

    List<NamedTensor> weights() {
        return network.weights();
    }

    /** Takes weights from outside in place of the initial ones; {@link #begin} was called before. */
    void load(List<NamedTensor> weights) {
        network.load(weights);
        program.set("parameters", network.parameters());
    }

    @Override
    public void close() {
        buffers.close();
        manager.close();
    }
}
