package io.engram.trainer.spec;

import io.engram.learning.run.BackboneSpec;
import io.engram.learning.run.MemorySpec;
import io.engram.learning.run.RunSpec;
import io.engram.learning.run.TrainingSpec;
import io.engram.proto.type.v1.Component;
import io.engram.proto.type.v1.Memory;
import io.engram.proto.type.v1.Training;

/** Writes the RunSpec of the contract. */
public final class RunSpecWriter {
    private RunSpecWriter() {}

    public static io.engram.proto.type.v1.RunSpec write(String displayName, RunSpec spec) {
        var message = io.engram.proto.type.v1.RunSpec.newBuilder()
                .setDisplayName(displayName)
                .setScenario(ScenarioMessages.write(spec.scenario()))
                .setMethod(component(spec.method()).toBuilder().setPreset(spec.preset()))
                .setTraining(training(spec.training()))
                .setMemory(memory(spec.memory()))
                .setDevice(spec.device());
        spec.backbone().ifPresent(backbone -> message.setBackbone(backbone(backbone)));
        spec.optimizer().ifPresent(optimizer -> message.setOptimizer(component(optimizer)));
        spec.seed().ifPresent(message::setSeed);
        return message.build();
    }

    private static Component backbone(BackboneSpec spec) {
        Component.Builder message = component(spec.network()).toBuilder().setWeights(spec.weights());
        spec.head().ifPresent(head -> message.setHead(component(head)));
        return message.build();
    }

    private static Component component(io.engram.learning.setting.Component component) {
        return Component.newBuilder()
                .setName(component.name())
                .setSettings(SettingValues.write(component.settings()))
                .build();
    }

    private static Training training(TrainingSpec spec) {
        Training.Builder message = Training.newBuilder();
        spec.epochs().ifPresent(message::setEpochs);
        spec.firstTaskEpochs().ifPresent(message::setFirstTaskEpochs);
        spec.stepsPerTask().ifPresent(message::setStepsPerTask);
        spec.batchSize().ifPresent(message::setBatchSize);
        spec.resetOptimizer().ifPresent(message::setResetOptimizer);
        spec.checkpointSteps().ifPresent(message::setCheckpointSteps);
        spec.checkpointEpochs().ifPresent(message::setCheckpointEpochs);
        return message.build();
    }

    private static Memory memory(MemorySpec spec) {
        Memory.Builder message =
                Memory.newBuilder().setInsertionPolicy(spec.insertionPolicy()).setSamplingPolicy(spec.samplingPolicy());
        spec.capacity().ifPresent(message::setCapacity);
        spec.batchSize().ifPresent(message::setBatchSize);
        return message.build();
    }
}
