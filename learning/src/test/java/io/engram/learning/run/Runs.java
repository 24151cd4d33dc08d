package io.engram.learning.run;

import ai.djl.Device;
import io.engram.learning.artifact.FrozenModel;
import io.engram.learning.artifact.NamedTensor;
import io.engram.learning.dataset.Dataset;
import io.engram.learning.dataset.Datasets;
import io.engram.learning.memory.InProcessReplayMemory;
import io.engram.learning.memory.ReplayMemoryFactory;
import io.engram.learning.method.Method;
import io.engram.learning.method.Methods;
import io.engram.learning.metric.TaskScore;
import io.engram.learning.setting.Component;
import io.engram.learning.tensor.TensorEngine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Runs on the digits, on one thread. The data folder holds modules of TorchScript. */
final class Runs {
    static final TensorEngine ENGINE = TensorEngine.start(1);
    static final Datasets DATASETS = new Datasets(TorchScriptFiles.FOLDER);
    static final RunFactory FACTORY = new RunFactory(DATASETS, ENGINE);
    static final ReplayMemoryFactory IN_PROCESS = InProcessReplayMemory::new;

    private Runs() {}

    /** The frozen models after each task. */
    static List<CompletedTask> learn(RunSpec spec) {
        return learn(spec, IN_PROCESS);
    }

    static List<CompletedTask> learn(RunSpec spec, ReplayMemoryFactory memories) {
        try (Run run = FACTORY.create(spec, memories)) {
            return learn(run, new RecordingListener(), System::nanoTime);
        }
    }

    /** Learns with a method in place of the one that the spec names. */
    static List<CompletedTask> learn(RunSpec spec, Method method, RecordingListener listener, LongSupplier nanoTime) {
        return learn(spec, method, IN_PROCESS, listener, nanoTime);
    }

    static List<CompletedTask> learn(
            RunSpec spec,
            Method method,
            ReplayMemoryFactory memories,
            RecordingListener listener,
            LongSupplier nanoTime) {
        try (Run run = new Run(FACTORY.complete(spec), method, DATASETS, ENGINE, memories)) {
            return learn(run, listener, nanoTime);
        }
    }

    private static List<CompletedTask> learn(Run run, RecordingListener listener, LongSupplier nanoTime) {
        new TaskLoop(run, listener, nanoTime).run();
        return listener.completed();
    }

    static Method method(String name) {
        return method(Component.named(name));
    }

    /** With defaults filled in. */
    static Method method(Component method) {
        return Methods.CATALOG
                .check("method", method.name(), method.settings(), new ArrayList<>())
                .map(settings -> Methods.CATALOG.get(method.name()).create(settings))
                .orElseThrow();
    }

    static List<TaskScore> scores(FrozenModel model) {
        Dataset dataset = DATASETS.load(model.descriptor().dataset());
        try (Validation validation = new Validation(model, dataset, DATASETS.folder(), ENGINE, Device.cpu())) {
            return validation.scores();
        }
    }

    /** Every bit of every weight. */
    static ByteBuffer bits(FrozenModel model) {
        int count = model.weights().stream()
                .mapToInt(tensor -> tensor.values().length)
                .sum();
        ByteBuffer bits = ByteBuffer.allocate(Float.BYTES * count);
        for (NamedTensor tensor : model.weights()) {
            for (float value : tensor.values()) {
                bits.putInt(Float.floatToRawIntBits(value));
            }
        }
        return bits.flip();
    }
}
