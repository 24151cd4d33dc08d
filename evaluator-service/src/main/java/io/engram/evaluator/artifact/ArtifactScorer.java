package io.engram.evaluator.artifact;

import ai.djl.Device;
import io.engram.evaluator.application.ModelScorer;
import io.engram.evaluator.config.EvaluatorConfig;
import io.engram.evaluator.domain.ClassConfusion;
import io.engram.evaluator.domain.ClassLabel;
import io.engram.evaluator.domain.ScoredModel;
import io.engram.evaluator.domain.ScoredTask;
import io.engram.evaluator.domain.TaskToEvaluate;
import io.engram.learning.artifact.ArtifactNotFoundException;
import io.engram.learning.artifact.ArtifactReference;
import io.engram.learning.artifact.ArtifactStore;
import io.engram.learning.artifact.CorruptArtifactException;
import io.engram.learning.artifact.FrozenModel;
import io.engram.learning.dataset.Dataset;
import io.engram.learning.dataset.DatasetUnavailableException;
import io.engram.learning.dataset.Datasets;
import io.engram.learning.dataset.SampleStorage;
import io.engram.learning.metric.ModelScore;
import io.engram.learning.metric.TaskScore;
import io.engram.learning.run.Validation;
import io.engram.learning.tensor.TensorEngine;
import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Scores frozen models of the artifact folder. Lives on the one thread that owns the tensor engine, which it starts for the
 * first model.
 */
@Singleton
public class ArtifactScorer implements ModelScorer {
    private static final Logger LOG = Logger.getLogger(ArtifactScorer.class);
    private static final long LOOK_AGAIN_MILLIS = 200;

    private final EvaluatorConfig config;
    private final ArtifactStore artifacts;
    private final Datasets datasets;
    private TensorEngine engine;

    /** @param config where models and data are */
    public ArtifactScorer(EvaluatorConfig config) {
        this.config = config;
        this.artifacts = new ArtifactStore(config.artifactDir());
        this.datasets = new Datasets(
                config.dataDir(),
                SampleStorage.of(config.dataMemoryBytes(), config.dataDeviceBytes(), config.scratchDir()));
    }

    @Override
    public ScoredModel score(TaskToEvaluate task) throws InterruptedException {
        try {
            await(task.artifact());
            return artifacts.read(task.artifact(), model -> score(task, model));
        } catch (ArtifactNotFoundException missing) {
            throw ApiException.of(ErrorReason.ARTIFACT_NOT_FOUND, missing.getMessage(), missing);
        } catch (CorruptArtifactException corrupt) {
            throw ApiException.of(ErrorReason.ARTIFACT_CORRUPT, corrupt.getMessage(), corrupt);
        } catch (DatasetUnavailableException unavailable) {
            throw ApiException.of(ErrorReason.DATASET_UNAVAILABLE, unavailable.getMessage(), unavailable);
        }
    }

    /** A model that is not there may be on its way, where the folder is on a network. */
    private void await(ArtifactReference reference) throws InterruptedException {
        long deadline = System.nanoTime() + config.artifactWait().toNanos();
        while (!artifacts.holds(reference) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    private ScoredModel score(TaskToEvaluate task, FrozenModel model) {
        if (model.descriptor().taskIndex() != task.task().taskIndex()) {
            throw new CorruptArtifactException("the model is of task "
                    + model.descriptor().taskIndex() + ", but the event of task "
                    + task.task().taskIndex());
        }
        Dataset dataset = datasets.load(model.descriptor().dataset());
        try (Validation validation = new Validation(model, dataset, datasets.folder(), engine(), device())) {
            ModelScore score = validation.score();
            List<String> names = dataset.description().classes();
            return new ScoredModel(
                    named(score.tasks(), model, names),
                    validation.nextTaskScore(),
                    new ClassConfusion(named(score.classes(), names), score.confusion()),
                    model.descriptor().form().description());
        }
    }

    private TensorEngine engine() {
        if (engine == null) {
            engine = TensorEngine.start(config.computeThreads());
            LOG.infof("tensor engine: %s, device %s", engine.description(), device());
        }
        return engine;
    }

    private Device device() {
        return engine.device(config.device());
    }

    private static List<ScoredTask> named(List<TaskScore> scores, FrozenModel model, List<String> names) {
        List<ScoredTask> scored = new ArrayList<>();
        for (TaskScore score : scores) {
            List<ClassLabel> classes = model.descriptor().labelsByTask().get(score.taskIndex()).stream()
                    .map(label -> new ClassLabel(label, names.get(label)))
                    .toList();
            scored.add(new ScoredTask(score, classes));
        }
        return scored;
    }

    /** Labels that share a column of the head are one class, with the names of all. */
    private static List<ClassLabel> named(List<List<Integer>> classes, List<String> names) {
        return classes.stream()
                .map(labels -> new ClassLabel(
                        labels.get(0), labels.stream().map(names::get).collect(Collectors.joining(" / "))))
                .toList();
    }
}
