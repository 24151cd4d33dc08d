package io.engram.evaluator.application;

import io.engram.evaluator.domain.Evaluation;
import io.engram.evaluator.domain.RunResults;
import io.engram.evaluator.domain.ScoredModel;
import io.engram.evaluator.domain.TaskToEvaluate;
import io.engram.learning.metric.AccuracyMatrix;
import io.engram.learning.metric.Metrics;
import io.engram.proto.error.ApiException;
import io.engram.proto.event.EngramEvent;
import io.engram.proto.event.v1.TaskEvaluated;
import io.engram.proto.event.v1.TaskScore;
import io.engram.proto.time.Timestamps;
import io.engram.service.fault.FaultPoints;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jboss.logging.Logger;

/** Scores a frozen model and keeps the result. Lives on the one thread that owns the tensor engine. */
@Singleton
public class EvaluateTask {
    /** The fault point between scoring and storing. */
    public static final String SCORED = "evaluator.scored";
    /** The fault point between storing and telling Kafka that the event is done. */
    public static final String STORED = "evaluator.stored";

    private static final Logger LOG = Logger.getLogger(EvaluateTask.class);

    private final ModelScorer scorer;
    private final EvaluationStore store;
    private final StoredOutcomes outcomes;
    private final FaultPoints faults;
    private final Clock clock;

    /** What it works with. */
    public EvaluateTask(
            ModelScorer scorer, EvaluationStore store, StoredOutcomes outcomes, FaultPoints faults, Clock clock) {
        this.scorer = scorer;
        this.store = store;
        this.outcomes = outcomes;
        this.faults = faults;
        this.clock = clock;
    }

    /**
     * Evaluates a task, once however often it is told to.
     *
     * @return whether there is a new evaluation
     */
    public boolean evaluate(TaskToEvaluate task) throws InterruptedException {
        if (store.isObsolete(task)) {
            LOG.infof(
                    "%s attempt %d: nothing to do, the event was handled or a later attempt came first",
                    task.task(), task.attempt());
            return false;
        }
        ScoredModel scored = scorer.score(task);
        faults.reach(SCORED);
        boolean stored = store.store(task, scored, clock.instant(), EvaluateTask::announce);
        outcomes.tell(task.task().run());
        faults.reach(STORED);
        LOG.infof(
                "%s attempt %d: %s", task.task(), task.attempt(), stored ? "evaluated" : "a later attempt came first");
        return stored;
    }

    /** Keeps why a task cannot be evaluated, for those who ask for its results. */
    public void fail(TaskToEvaluate task, ApiException why) {
        store.storeFailure(task, why, clock.instant());
        outcomes.tell(task.task().run());
    }

    private static EngramEvent announce(Evaluation evaluation, RunResults results) {
        TaskEvaluated.Builder event = TaskEvaluated.newBuilder()
                .setRun(results.run().toString())
                .setAttempt(evaluation.attempt())
                .setTaskIndex(evaluation.task().taskIndex())
                .setTaskCount(evaluation.taskCount())
                .setAverageAccuracy(evaluation.averageAccuracy())
                .setTime(Timestamps.of(evaluation.time()));
        evaluation
                .counts()
                .forEach(score -> event.addScores(TaskScore.newBuilder()
                        .setTaskIndex(score.taskIndex())
                        .setCorrect(score.correct())
                        .setTotal(score.total())
                        .setAccuracy(score.accuracy())));
        AccuracyMatrix matrix = results.matrix();
        int row = evaluation.task().taskIndex();
        if (row < matrix.size()) {
            Metrics.forgetting(matrix, row).ifPresent(event::setForgetting);
        }
        return EngramEvent.of(event.build());
    }
}
