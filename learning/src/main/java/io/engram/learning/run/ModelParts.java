package io.engram.learning.run;

import io.engram.learning.artifact.CorruptArtifactException;
import io.engram.learning.artifact.ModelDescriptor;
import io.engram.learning.backbone.Backbone;
import io.engram.learning.backbone.BackboneFactory;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parts of a model that its descriptor names. Whatever of it is refused makes the model corrupt. */
final class ModelParts {

    private ModelParts() {}

    static Backbone backbone(ModelDescriptor descriptor, Dataset dataset) {
        List<Violation> violations = new ArrayList<>();
        Component component = descriptor.backbone();
        Optional<Settings> settings =
                Backbones.CATALOG.check("backbone", component.name(), component.settings(), violations);
        BackboneFactory factory = Backbones.CATALOG
                .find(component.name())
                .flatMap(entry -> settings.map(entry::create))
                .orElseThrow(() -> new CorruptArtifactException("the descriptor's network is refused: " + violations));
        try {
            return factory.forSamples(dataset.description().sampleShape());
        } catch (UnsuitableSamplesException e) {
            throw new CorruptArtifactException("the descriptor's network is refused: " + e.getMessage(), e);
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
        if (!descriptor.dataset().equals(dataset.name())
                || !descriptor.datasetFingerprint().equals(dataset.fingerprint())) {
            throw new CorruptArtifactException("the model was trained on " + descriptor.dataset() + " with fingerprint "
                    + descriptor.datasetFingerprint() + ", but the data here are " + dataset.name()
                    + " with fingerprint " + dataset.fingerprint());
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
