package io.engram.evaluator;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.error.Errors;
import io.engram.proto.evaluator.v1.Evaluation;
import io.engram.proto.evaluator.v1.GetSummaryRequest;
import io.engram.proto.evaluator.v1.Summary;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ComparisonTest extends ServiceTest {
    private final String reference = run + "-reference";

    @Test
    void stabilityAndItsTradeOffWithPlasticityFollowFromTheMatrix() {
        evaluateAllTasks();
        List<Evaluation> evaluations = evaluations();

        Summary summary = summary();

        BigDecimal stability = accuracy(evaluations.get(2), 0).add(accuracy(evaluations.get(2), 1));
        BigDecimal plasticity = accuracy(evaluations.get(0), 0)
                .add(accuracy(evaluations.get(1), 1))
                .add(accuracy(evaluations.get(2), 2));
        assertThat(summary.getStability()).isEqualTo(hundredths(stability, 2));
        assertThat(summary.getLearningAccuracy()).isEqualTo(hundredths(plasticity, 3));
        // 2 (s/2) (p/3) / (s/2 + p/3) = 2 s p / (3 s + 2 p)
        assertThat(summary.getStabilityPlasticityTradeOff())
                .isEqualTo(BigDecimal.valueOf(2)
                        .multiply(stability)
                        .multiply(plasticity)
                        .divide(
                                stability
                                        .multiply(BigDecimal.valueOf(3))
                                        .add(plasticity.multiply(BigDecimal.valueOf(2))),
                                2,
                                RoundingMode.HALF_UP)
                        .doubleValue());
        assertThat(summary.hasIntransigence()).as("without a reference").isFalse();
    }

    @Test
    void intransigenceIsWhatAJointRunLearnsBetter() {
        evaluateAllTasks();
        evaluate(reference, TrainedModels.JOINT);
        List<Evaluation> own = evaluations();
        List<Evaluation> joint = awaitEvaluationsOf(reference, TASKS);

        Summary summary = summaryBeside("runs/" + reference);

        BigDecimal gaps = BigDecimal.ZERO;
        for (int task = 0; task < TASKS; task++) {
            gaps = gaps.add(accuracy(joint.get(task), task).subtract(accuracy(own.get(task), task)));
        }
        assertThat(summary.getIntransigence()).isEqualTo(hundredths(gaps, 3));
        assertThat(summary.toBuilder().clearIntransigence().build()).isEqualTo(summary());
        given().get("/api/v1/runs/" + run + "/summary?reference=" + reference)
                .then()
                .statusCode(200)
                .body("summary.intransigence", equalTo((float) summary.getIntransigence()));
        given().get("/api/v1/runs/" + run + "/summary?reference=")
                .then()
                .statusCode(200)
                .body("summary", not(hasKey("intransigence")));
    }

    @Test
    void aReferenceThatHasNotComeAsFarIsComparedAsFarAsItHas() {
        evaluateAllTasks();
        Topics.send(completed(reference, TrainedModels.JOINT, 1, 0));
        Evaluation joint = awaitEvaluationsOf(reference, 1).get(0);

        assertThat(summaryBeside("runs/" + reference).getIntransigence())
                .isEqualTo(hundredths(
                        accuracy(joint, 0).subtract(accuracy(evaluations().get(0), 0)), 1));
    }

    @Test
    void aReferenceOfAnotherScenarioIsRefusedWithWhatDiffers() {
        evaluateAllTasks();
        evaluate(reference, TrainedModels.ROTATED);
        awaitEvaluationsOf(reference, TASKS);

        ApiException refused = refusal("runs/" + reference);

        assertThat(refused.reason()).isEqualTo(ErrorReason.INVALID_ARGUMENT);
        assertThat(refused)
                .hasMessage(
                        "reference: was runs/" + reference + "; allowed: a run of the same scenario as runs/" + run
                                + ", whose scenario is class_incremental, not domain_incremental.rotation, 10.0 degrees per task");
        given().get("/api/v1/runs/" + run + "/summary?reference=" + reference)
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("reference"))
                .body("detail", equalTo(refused.getMessage()));
    }

    @Test
    void aReferenceWithOtherClassesIsRefusedWithWhatDiffers() {
        evaluateAllTasks();
        evaluate(reference, TrainedModels.DESCENDING);
        awaitEvaluationsOf(reference, TASKS);

        // 9, 8, 7 and 6 instead of 0 to 3: of a fifth of the digits' published counts, 36, 35, 36 and 36.
        assertThat(refusal("runs/" + reference))
                .hasMessageEndingWith("whose test set of the task with index 0 is 144 samples of the classes 0 1 2 3,"
                        + " not 143 samples of the classes 9 8 7 6");
    }

    @Test
    void aReferenceThatIsNoRunHereIsRefusedByItsField() {
        evaluateAllTasks();

        ApiException unknown = refusal("runs/nobody");

        assertThat(unknown.reason()).isEqualTo(ErrorReason.RUN_NOT_FOUND);
        assertThat(unknown)
                .hasMessage("reference: was runs/nobody; allowed: a run of which a task has been evaluated here");
        assertThat(unknown.metadata()).containsEntry("run", "runs/nobody");
        assertThat(refusal("R1")).hasMessageStartingWith("reference: was R1; allowed: runs/{run}");
        given().get("/api/v1/runs/" + run + "/summary?reference=R1")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("reference"));
    }

    private Summary summaryBeside(String other) {
        return evaluator
                .getSummary(GetSummaryRequest.newBuilder()
                        .setRun("runs/" + run)
                        .setReference(other)
                        .build())
                .getSummary();
    }

    private ApiException refusal(String other) {
        return Errors.fromException(catchThrowableOfType(StatusRuntimeException.class, () -> summaryBeside(other)));
    }

    private static BigDecimal accuracy(Evaluation evaluation, int task) {
        return BigDecimal.valueOf(evaluation.getResults(task).getAccuracy());
    }

    private static double hundredths(BigDecimal sum, int count) {
        return sum.divide(BigDecimal.valueOf(count), 2, RoundingMode.HALF_UP).doubleValue();
    }
}
