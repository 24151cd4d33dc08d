package io.engram.trainer.spec;

import io.engram.learning.run.BackboneSpec;
import io.engram.learning.run.MemorySpec;
import io.engram.learning.run.RunSpec;
import io.engram.learning.run.TrainingSpec;
import io.engram.learning.setting.Component;
import io.engram.proto.error.FieldViolation;
import io.engram.proto.type.v1.Memory;
import io.engram.proto.type.v1.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Reads the RunSpec of the contract. What only the message can get wrong is collected here; what {@code learning} checks
 * anyway (names, bounds, what is required) is passed on as it came.
 */
public final class RunSpecReader {
    private final List<FieldViolation> violations = new ArrayList<>();
    private final RunSpec spec;

    private RunSpecReader(io.engram.proto.type.v1.RunSpec message) {
        spec = new RunSpec(
                ScenarioMessages.read(message.getScenario(), violations),
                method(message.getMethod()),
                backbone(message.getBackbone()),
                optional("optimizer", message.getOptimizer()),
                training(message.getTraining()),
                memory(message.getMemory()),
                message.getDevice(),
                message.hasSeed() ? OptionalLong.of(message.getSeed()) : OptionalLong.empty(),
                message.getMethod().getPreset());
    }

    /** Reads a message; whether it is accepted is seen by {@link #violations}. */
    public static RunSpecReader read(io.engram.proto.type.v1.RunSpec message) {
        return new RunSpecReader(message);
    }

    /** The spec, without what was refused. */
    public RunSpec spec() {
        return spec;
    }

    public List<FieldViolation> violations() {
        return List.copyOf(violations);
    }

    private Component method(io.engram.proto.type.v1.Component message) {
        refuseOfBackbone("method", message);
        return component("method", message);
    }

    private Optional<BackboneSpec> backbone(io.engram.proto.type.v1.Component message) {
        refusePreset("backbone", message);
        if (isLeftOut(message)) {
            return Optional.empty();
        }
        Optional<Component> head = message.hasHead() ? optional("backbone.head", message.getHead()) : Optional.empty();
        return Optional.of(new BackboneSpec(component("backbone", message), message.getWeights(), head));
    }

    private Optional<Component> optional(String path, io.engram.proto.type.v1.Component message) {
        refuseOfBackbone(path, message);
        refusePreset(path, message);
        return isLeftOut(message) ? Optional.empty() : Optional.of(component(path, message));
    }

    private static boolean isLeftOut(io.engram.proto.type.v1.Component message) {
        return message.getName().isEmpty()
                && message.getSettings().getFieldsCount() == 0
                && message.getWeights().isEmpty()
                && !message.hasHead();
    }

    private void refuseOfBackbone(String path, io.engram.proto.type.v1.Component message) {
        if (!message.getWeights().isEmpty()) {
            violations.add(new FieldViolation(
                    path + ".weights", message.getWeights(), "nothing; only a backbone starts from weights"));
        }
        if (message.hasHead()) {
            violations.add(new FieldViolation(
                    path + ".head", message.getHead().getName(), "nothing; only a backbone has a head"));
        }
    }

    private void refusePreset(String path, io.engram.proto.type.v1.Component message) {
        if (!message.getPreset().isEmpty()) {
            violations.add(
                    new FieldViolation(path + ".preset", message.getPreset(), "nothing; only a method has presets"));
        }
    }

    private Component component(String path, io.engram.proto.type.v1.Component message) {
        return new Component(
                message.getName(), SettingValues.read(path + ".settings", message.getSettings(), violations));
    }

    private static TrainingSpec training(Training message) {
        return new TrainingSpec(
                message.hasEpochs() ? OptionalInt.of(message.getEpochs()) : OptionalInt.empty(),
                message.hasFirstTaskEpochs() ? OptionalInt.of(message.getFirstTaskEpochs()) : OptionalInt.empty(),
                message.hasStepsPerTask() ? OptionalInt.of(message.getStepsPerTask()) : OptionalInt.empty(),
                message.hasBatchSize() ? OptionalInt.of(message.getBatchSize()) : OptionalInt.empty(),
                message.hasResetOptimizer() ? Optional.of(message.getResetOptimizer()) : Optional.empty(),
                message.hasCheckpointSteps() ? OptionalInt.of(message.getCheckpointSteps()) : OptionalInt.empty(),
                message.hasCheckpointEpochs() ? OptionalInt.of(message.getCheckpointEpochs()) : OptionalInt.empty());
    }

    private static MemorySpec memory(Memory message) {
        return new MemorySpec(
                message.hasCapacity() ? OptionalInt.of(message.getCapacity()) : OptionalInt.empty(),
                message.hasBatchSize() ? OptionalInt.of(message.getBatchSize()) : OptionalInt.empty(),
                message.getInsertionPolicy(),
                message.getSamplingPolicy());
    }
}
