package io.engram.learning.run;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.engram.learning.artifact.NamedTensor;
import io.engram.learning.augmentation.Draws;
import io.engram.learning.backbone.Backbone;
import io.engram.learning.backbone.ParameterShape;
import io.engram.learning.checkpoint.StoredTensor;
import io.engram.learning.head.Classifier;
import io.engram.learning.head.Head;
import io.engram.learning.method.Method;
import io.engram.learning.method.MethodFunctions;
import io.engram.learning.method.Observation;
import io.engram.learning.method.Replay;
import io.engram.learning.method.Step;
import io.engram.learning.optimizer.Optimizer;
import io.engram.learning.scenario.Batch;
import io.engram.learning.scenario.Scenario;
import io.engram.learning.scenario.TaskSamples;
import io.engram.learning.tensor.TensorEngine;
import io.engram.learning.tensor.TensorProgram;
import io.engram.replay.SampleBatch;
import io.engram.replay.SplitMix64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The trained state of a run: network, optimiser and training data in native memory, and the program that does a step in
 * one native call. Backbone, head, method and optimiser each bring their text. Lives on the thread that made it.
 */
final class Learner implements Step, MethodFunctions, AutoCloseable {
    private static final List<String> LISTS =
            List.of("parameters", "statistics", "moments", "clock", "items", "data", "masks", "draws");

    private static final float[] NOTHING = {};

    private static final String BATCH = """
            def batch_of(self, rows: Tensor) -> List[Tensor]:
              return [self.inputs_of(rows), self.classes_of(rows), self.tasks_of(rows)]
            """;

    private static final String CONSTANTS = """
            def learning_rate(self) -> float:
              return %s
            def replay_batch_size(self) -> int:
              return %d
            def memory_capacity(self) -> int:
              return %d
            def remembered_of(self, items: Tensor, classes: Tensor, tasks: Tensor) -> List[Tensor]:
              return [self.scaled(self.on_device(items)), self.on_device(classes), self.on_device(tasks)]
            """;

    private final NDManager manager;
    private final Network network;
    private final TensorProgram program;
    private final StepBuffers buffers;
    private final SampleTensors data;
    private final Draws draws;
    private final Replay replay;
    private final List<String> ofMethod;
    private final List<String> trained;
    private final int sampleBytes;

    Learner(
            TensorEngine engine,
            Device device,
            Scenario scenario,
            Backbone backbone,
            Head head,
            Method method,
            Optimizer optimizer,
            int replayBatchSize,
            int memoryCapacity,
            Draws draws,
            SplitMix64 random) {
        this.draws = draws;
        replay = method.replay();
        ofMethod = method.state();
        trained = new ArrayList<>(List.of("parameters", "statistics", "moments", "clock"));
        trained.addAll(ofMethod);
        sampleBytes = scenario.dataset().description().itemBytes();
        manager = engine.newManager(device);
        try {
            network = new Network(backbone, head, optimizer.slots(), random, manager);
            data = new SampleTensors(scenario.dataset().description());
            program = new TensorProgram(
                    manager,
                    lists(method),
                    text(scenario, method, optimizer)
                            + CONSTANTS.formatted(optimizer.learningRate(), replayBatchSize, memoryCapacity),
                    network.module());
            program.set("masks", TaskIdentity.masks(scenario, manager));
            program.set("clock", new NDList(network.clock()));
            program.set("draws", draws.tensors());
            buffers = new StepBuffers(engine.newManager(Device.cpu()), itemShape(scenario, method));
        } catch (RuntimeException e) {
            // Native memory is freed only by closing.
            draws.close();
            manager.close();
            throw e;
        }
    }

    private static List<String> lists(Method method) {
        List<String> lists = new ArrayList<>(LISTS);
        lists.addAll(method.state());
        return lists;
    }

    private String text(Scenario scenario, Method method, Optimizer optimizer) {
        return network.text()
                + data.text()
                + TaskIdentity.of(scenario).text()
                + method.text()
                + optimizer.update()
                + new StepText(method, scenario.dataset().description().itemBytes(), draws.augmentation()).text()
                + BATCH;
    }

    /** Dimensions of a remembered sample: those of a sample, or flat with its logits or score behind it. */
    private static List<Integer> itemShape(Scenario scenario, Method method) {
        return method.replay().remembersOutcome()
                ? List.of(itemBytes(scenario, method))
                : scenario.dataset().description().sampleShape();
    }

    /** Bytes of a remembered sample: {@code uint8} values, then what is remembered with it, float32. */
    static int itemBytes(Scenario scenario, Method method) {
        return scenario.dataset().description().itemBytes() + Float.BYTES * numbersBehind(scenario, method);
    }

    /** Logits for all classes of the run, or a score. */
    private static int numbersBehind(Scenario scenario, Method method) {
        if (method.replay().withLogits()) {
            return scenario.classesUpTo(scenario.tasks().size() - 1);
        }
        return method.replay().withScores() ? 1 : 0;
    }

    /** Makes rows of batches mean rows of these samples. */
    void use(TaskSamples set) {
        data.use(set, program, manager);
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
        program.set("statistics", network.statistics());
        program.set("moments", network.moments());
    }

    @Override
    public Observation run(Batch batch) {
        draws.next(batch.size(), batch.replayed().size());
        try (NDList result = program.call("step", inputs(batch))) {
            return observation(batch, result.get(0).toFloatArray());
        }
    }

    private NDArray[] inputs(Batch batch) {
        List<NDArray> inputs = new ArrayList<>(List.of(buffers.rows(batch)));
        if (replay.usesMemory()) {
            inputs.add(buffers.replayedItems(batch));
            inputs.add(buffers.replayedClasses(batch));
            inputs.add(buffers.replayedTasks(batch));
        }
        if (replay.withLogits()) {
            inputs.add(buffers.replayedLogits(batch, sampleBytes));
        }
        return inputs.toArray(new NDArray[0]);
    }

    /** @param outcome the loss, the predictions of the new samples, and what is remembered with them */
    private static Observation observation(Batch batch, float[] outcome) {
        int[] predictions = new int[batch.size()];
        int correct = 0;
        for (int k = 0; k < predictions.length; k++) {
            predictions[k] = (int) outcome[k + 1];
            correct += predictions[k] == batch.classOf(k) ? 1 : 0;
        }
        int rest = 1 + predictions.length;
        return new Observation(
                predictions,
                correct,
                outcome[0],
                outcome.length == rest ? NOTHING : Arrays.copyOfRange(outcome, rest, outcome.length));
    }

    @Override
    public float[] call(String name) {
        try (NDList result = program.call(name)) {
            return result.get(0).toFloatArray();
        }
    }

    @Override
    public float[] call(String name, Batch batch) {
        try (NDList inputs = program.call("batch_of", buffers.rows(batch));
                NDList result = program.call(name, inputs.get(0), inputs.get(1), inputs.get(2))) {
            return result.get(0).toFloatArray();
        }
    }

    @Override
    public float[] call(String name, SampleBatch remembered) {
        Batch batch = new Batch(1);
        batch.replay(remembered);
        try (NDList inputs = program.call(
                        "remembered_of",
                        buffers.replayedItems(batch),
                        buffers.replayedClasses(batch),
                        buffers.replayedTasks(batch));
                NDList result = program.call(name, inputs.get(0), inputs.get(1), inputs.get(2))) {
            return result.get(0).toFloatArray();
        }
    }

    /** Everything in native memory that training changes, by list. */
    Map<String, List<StoredTensor>> stored() {
        Map<String, List<StoredTensor>> stored = new LinkedHashMap<>();
        for (String list : trained) {
            try (NDList tensors = program.get(list)) {
                stored.put(list, StoredTensors.of(tensors));
            }
        }
        return stored;
    }

    MemoryUse memoryUse(long replay) {
        return new MemoryUse(
                bytes(List.of("parameters", "statistics")),
                bytes(List.of("moments", "clock")),
                bytes(ofMethod),
                replay);
    }

    private long bytes(List<String> lists) {
        long bytes = 0;
        for (String list : lists) {
            try (NDList tensors = program.get(list)) {
                for (NDArray tensor : tensors) {
                    bytes += tensor.size() * tensor.getDataType().getNumOfBytes();
                }
            }
        }
        return bytes;
    }

    Map<String, Long> generators() {
        return Map.of("weights", network.randomState(), "augmentation", draws.randomState());
    }

    /** Takes up what {@link #stored} gave; the head has as many classes as then. */
    void resume(Map<String, List<StoredTensor>> stored, Map<String, Long> generators) {
        network.resume(stored, generators.get("weights"));
        draws.resume(generators.get("augmentation"));
        program.set("parameters", network.parameters());
        program.set("statistics", network.statistics());
        program.set("moments", network.moments());
        for (String list : ofMethod) {
            NDList tensors = new NDList();
            stored.get(list).forEach(tensor -> tensors.add(StoredTensors.loaded(tensor, manager)));
            program.set(list, tensors);
        }
    }

    List<NamedTensor> weights() {
        return network.weights();
    }

    /** What a frozen model holds: the weights, and the tensors of the classifier as the method's text gives them. */
    List<NamedTensor> frozen(Classifier classifier) {
        List<NamedTensor> tensors = new ArrayList<>(network.weights());
        List<ParameterShape> shapes = classifier.tensors(network.classes(), network.featureSize());
        if (!shapes.isEmpty()) {
            try (NDList values = program.infer("classifier_tensors")) {
                for (int k = 0; k < shapes.size(); k++) {
                    tensors.add(Network.copy(shapes.get(k), values.get(k)));
                }
            }
        }
        return tensors;
    }

    @Override
    public void close() {
        buffers.close();
        draws.close();
        manager.close();
    }
}
