package io.engram.learning.run;

import io.engram.learning.artifact.ArtifactNotFoundException;
import io.engram.learning.artifact.CorruptArtifactException;
import io.engram.learning.artifact.ModelDescriptor;
import io.engram.learning.artifact.ModuleFile;
import io.engram.learning.backbone.Backbone;
import io.engram.learning.backbone.Backbones;
import io.engram.learning.backbone.UnsuitableSamplesException;
import io.engram.learning.dataset.Dataset;
import io.engram.learning.head.Classifier;
import io.engram.learning.head.Classifiers;
import io.engram.learning.head.Head;
import io.engram.learning.head.Heads;
import io.engram.learning.setting.Component;
import io.engram.learning.setting.Settings;
import io.engram.learning.setting.Violation;
import io.engram.learning.tensor.TensorEngine;
import io.engram.learning.tensor.UnusableModuleException;
import io.engram.learning.weight.DataFile;
import io.engram.learning.weight.UnusableWeightsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parts of a model that its descriptor names. Whatever of it is refused makes the model corrupt. */
final class ModelParts {

    private ModelParts() {}

    /**
     * The network, with initial values or those of the file that it is.
     *
     * @param dataDir where that file is
     * @throws ArtifactNotFoundException where there is no such file
     */
    static Backbone backbone(ModelDescriptor descriptor, Dataset dataset, Optional<Path> dataDir, TensorEngine engine) {
        List<Violation> violations = new ArrayList<>();
        Component component = descriptor.backbone();
        Settings settings = Backbones.CATALOG
                .check("backbone", component.name(), component.settings(), violations)
                .orElseThrow(() -> new CorruptArtifactException("the descriptor's network is refused: " + violations));
        descriptor.module().ifPresent(module -> requireSameFile(module, dataDir));
        String file = descriptor.module().map(ModuleFile::path).orElse("");
        try {
            return new BackboneSpec(new Component(component.name(), settings.values()), file)
                    .load(dataset.description().sampleShape(), dataDir, engine)
                    .backbone();
        } catch (UnsuitableSamplesException | UnusableModuleException e) {
            throw new CorruptArtifactException("the descriptor's network is refused: " + e.getMessage(), e);
        }
    }

    private static void requireSameFile(ModuleFile module, Optional<Path> dataDir) {
        try {
            String found = DataFile.find(dataDir, module.path()).sha256();
            if (!found.equals(module.sha256())) {
                throw new CorruptArtifactException("the model's network is the file " + module
                        + ", of the data folder; the file of that name here has SHA-256 " + found);
            }
        } catch (UnusableWeightsException e) {
            throw new ArtifactNotFoundException("the model's network is " + module + "; allowed: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("the model's network " + module.path() + " cannot be read: " + e, e);
        }
    }

    static Head head(ModelDescriptor descriptor, Backbone backbone) {
        List<Violation> violations = new ArrayList<>();
        Component component = descriptor.head();
        return Heads.CATALOG
                .check("head", component.name(), component.settings(), violations)
                .map(settings ->
                        Heads.CATALOG.get(component.name()).create(settings).on(backbone))
                .orElseThrow(() -> new CorruptArtifactException("the descriptor's head is refused: " + violations));
    }

    static Classifier classifier(ModelDescriptor descriptor) {
        List<Violation> violations = new ArrayList<>();
        return Classifiers.CATALOG
                .check("inference", descriptor.classifier(), Map.of(), violations)
                .map(settings ->
                        Classifiers.CATALOG.get(descriptor.classifier()).create(settings))
                .orElseThrow(
                        () -> new CorruptArtifactException("the descriptor's classifier is refused: " + violations));
    }

    /** @throws CorruptArtifactException where the tasks are none of the data set's, or it is of other data */
    static void requireSameData(ModelDescriptor descriptor, Dataset dataset) {
        Optional<String> ofTests = descriptor.testFingerprint();
        String expected = ofTests.orElse(descriptor.datasetFingerprint());
        String found = ofTests.isPresent() ? dataset.testFingerprint() : dataset.fingerprint();
        if (!descriptor.dataset().equals(dataset.name()) || !expected.equals(found)) {
            String which = ofTests.isPresent() ? " with test samples of fingerprint " : " with fingerprint ";
            throw new CorruptArtifactException("the model was trained on " + descriptor.dataset() + which + expected
                    + ", but the data here are " + dataset.name() + which + found);
        }
        int classes = dataset.description().classes().size();
        List<List<Integer>> tasks = labelsToScore(descriptor);
        List<Integer> labels = tasks.stream().flatMap(List::stream).toList();
        boolean known = labels.stream().allMatch(label -> label >= 0 && label < classes);
        boolean listedOnce = labels.stream().distinct().count() == labels.size()
                || descriptor.form().shift().isPresent();
        if (!known
                || !listedOnce
                || labels.isEmpty()
                || descriptor.labelsByTask().isEmpty()
                || descriptor.taskIndex() != descriptor.labelsByTask().size() - 1
                || !nextTaskFits(descriptor)) {
            throw new CorruptArtifactException("the descriptor's tasks are inconsistent: "
                    + Arrays.toString(tasks.toArray()) + " after task " + descriptor.taskIndex());
        }
    }

    /** Those of the tasks that the model has learned, and of the next where it can be scored. */
    static List<List<Integer>> labelsToScore(ModelDescriptor descriptor) {
        List<List<Integer>> labels = new ArrayList<>(descriptor.labelsByTask());
        descriptor.nextTask().ifPresent(next -> labels.add(next.labels()));
        return labels;
    }

    /** Whether the first network had a column for each class already. */
    private static boolean nextTaskFits(ModelDescriptor descriptor) {
        return descriptor.nextTask().isEmpty()
                || !descriptor.form().kind().bringsClasses()
                        && descriptor.nextTask().get().labels().size()
                                <= descriptor.labelsByTask().get(0).size();
    }
}
