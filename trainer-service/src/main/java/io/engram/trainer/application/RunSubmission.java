package io.engram.trainer.application;

import io.engram.learning.dataset.DatasetDescription;
import io.engram.learning.dataset.Datasets;
import io.engram.learning.method.Methods;
import io.engram.learning.run.InvalidRunSpecException;
import io.engram.learning.run.RunFactory;
import io.engram.learning.run.RunOutline;
import io.engram.learning.run.RunSpec;
import io.engram.learning.setting.Settings;
import io.engram.learning.setting.Violation;
import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.error.FieldViolation;
import io.engram.proto.name.RunName;
import io.engram.trainer.domain.TrainingRun;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Accepts runs. Used from any thread. */
public final class RunSubmission {
    private final RunStore store;
    private final Datasets datasets;
    private final ComputeEngine engine;
    private final ReplayMemories memories;
    private final Supplier<String> ids;
    private final Runnable accepted;

    /**
     * @param ids makes ids of runs
     * @param accepted is told of every run that was accepted
     */
    public RunSubmission(
            RunStore store,
            Datasets datasets,
            ComputeEngine engine,
            ReplayMemories memories,
            Supplier<String> ids,
            Runnable accepted) {
        this.store = store;
        this.datasets = datasets;
        this.engine = engine;
        this.memories = memories;
        this.ids = ids;
        this.accepted = accepted;
    }

    /**
     * Checks a run whole and queues it; a request that was accepted before gives the run it made then.
     *
     * @throws ApiException INVALID_RUN_SPEC with every violation, or REQUEST_ID_REUSED
     */
    public TrainingRun submit(Submission submission) {
        Optional<RunStore.Kept> before =
                submission.violations().isEmpty() && !submission.requestId().isEmpty()
                        ? store.ofRequest(submission.requestId())
                        : Optional.empty();
        RunStore.Kept kept = before.orElseGet(() -> store.create(checked(submission)));
        if (!kept.fingerprint().equals(submission.fingerprint())) {
            throw ApiException.of(
                            ErrorReason.REQUEST_ID_REUSED,
                            "request_id " + submission.requestId() + " was used for "
                                    + kept.run().name() + " with another spec; choose a new request_id")
                    .with("run", kept.run().name().toString());
        }
        accepted.run();
        return kept.run();
    }

    private NewRun checked(Submission submission) {
        RunFactory factory = new RunFactory(datasets, engine.await());
        List<FieldViolation> violations = new ArrayList<>(submission.violations());
        RunSpec complete = null;
        try {
            complete = factory.complete(submission.spec());
            violations.addAll(replayViolations(complete));
        } catch (InvalidRunSpecException refused) {
            violations.addAll(notSaidBefore(submission.violations(), refused.violations()));
        }
        if (!violations.isEmpty()) {
            throw ApiException.invalid(ErrorReason.INVALID_RUN_SPEC, violations);
        }
        RunOutline outline = factory.outline(complete);
        return new NewRun(
                new RunName(ids.get()),
                submission.requestId(),
                submission.fingerprint(),
                submission.displayName(),
                ScenarioDefaults.fillIn(complete, outline.tasks()),
                outline.tasks().size());
    }

    /** What was already said about a field is not said again. */
    private static List<FieldViolation> notSaidBefore(List<FieldViolation> before, List<Violation> refused) {
        Set<String> fields = before.stream().map(FieldViolation::field).collect(Collectors.toCollection(HashSet::new));
        return refused.stream()
                .filter(violation -> fields.add(violation.field()))
                .map(violation -> new FieldViolation(violation.field(), violation.value(), violation.allowed()))
                .toList();
    }

    private List<FieldViolation> replayViolations(RunSpec complete) {
        boolean replays = Methods.CATALOG
                .get(complete.method().name())
                .create(new Settings(complete.method().settings()))
                .usesMemory();
        if (!replays || complete.memory().capacity().orElseThrow() == 0) {
            return List.of();
        }
        DatasetDescription dataset =
                datasets.load(complete.scenario().dataset()).description();
        return memories.refuse(complete.memory().batchSize().orElseThrow(), dataset.itemBytes()).stream()
                .toList();
    }
}
