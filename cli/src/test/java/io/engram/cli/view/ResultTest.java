package io.engram.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import io.engram.proto.type.v1.Component;
import io.engram.proto.type.v1.RunSpec;
import org.junit.jupiter.api.Test;

/** Runs on the JVM alone: it calls classes without anything outside them. */
class ResultTest {
    @Test
    void the_JSON_is_one_line_with_two_decimals() {
        assertThat(ResultJson.of(SampleResults.twoTasks(), 12.3456))
                .isEqualTo("{\"run\":\"runs/r1\",\"accuracy_matrix\":[[100.0],[87.5,98.61]],"
                        + "\"average_accuracy\":93.06,\"task_agnostic_average_accuracy\":93.06,"
                        + "\"task_aware_average_accuracy\":99.5,\"average_incremental_accuracy\":96.53,\"forgetting\":12.5,"
                        + "\"backward_transfer\":-12.5,\"learning_accuracy\":99.31,\"stability\":87.5,"
                        + "\"stability_plasticity_trade_off\":93.03,\"forward_transfer\":null,\"intransigence\":null,"
                        + "\"evaluation_failures\":[],\"train_seconds\":2.35,\"total_seconds\":12.35}");
    }

    @Test
    void what_is_undefined_with_one_task_is_null() {
        assertThat(ResultJson.of(SampleResults.oneTask(), 1))
                .contains("\"forgetting\":null")
                .contains("\"backward_transfer\":null");
        assertThat(ResultText.summary(SampleResults.oneTask())).doesNotContain("told the task");
        assertThat(ResultText.summary(SampleResults.twoTasks()))
                .containsPattern("not told the task +93.06 %")
                .containsPattern("  told the task +99.50 %");
        assertThat(ResultText.summary(SampleResults.oneTask())).contains("undefined with one task");
    }

    @Test
    void figures_that_need_a_scenario_or_a_reference_are_shown_where_they_are_defined() {
        assertThat(ResultText.summary(SampleResults.compared()))
                .containsPattern("stability +87.50 %")
                .containsPattern("stability-plasticity trade-off +93.03 %")
                .containsPattern("forward transfer +61.25 points")
                .containsPattern("intransigence +-0.50 points");
        assertThat(ResultText.summary(SampleResults.twoTasks()))
                .doesNotContain("forward transfer")
                .doesNotContain("intransigence");
        assertThat(ResultJson.of(SampleResults.compared(), 1))
                .contains("\"forward_transfer\":61.25,\"intransigence\":-0.5,");
    }

    @Test
    void what_is_undefined_with_more_tasks_does_not_blame_their_number() {
        Results results = SampleResults.twoTasks();
        Results nothingLearned = new Results(
                results.run(),
                results.curves(),
                results.matrix(),
                results.summary().toBuilder().clearStabilityPlasticityTradeOff().build());

        assertThat(ResultText.summary(nothingLearned).lines())
                .anySatisfy(line -> assertThat(line).matches("stability-plasticity trade-off +undefined"));
    }

    @Test
    void the_table_has_a_row_for_each_model_and_the_mean() {
        assertThat(ResultText.matrix(SampleResults.twoTasks().matrix()).lines())
                .containsExactly(
                        "accuracy in %  task 1 (0 1)  task 2 (2 3)  mean",
                        "after task 1   100.00                      100.00",
                        "after task 2   87.50         98.61         93.06");
    }

    @Test
    void a_model_that_could_not_be_scored_is_a_gap_with_its_reason() {
        Results results = SampleResults.withFailure();

        assertThat(ResultText.matrix(results.matrix()).lines())
                .containsExactly(
                        "accuracy in %  task 1 (0 1)  task 2 (2 3)  task 3 (4 5)  mean",
                        "after task 1   100.00                                    100.00",
                        "after task 2                                             failed",
                        "after task 3   80.00         90.00         100.00        90.00");
        assertThat(ResultText.failures(results.matrix()))
                .isEqualTo("the model after task 2 could not be evaluated:"
                        + " weights.safetensors is not <what> was written (ARTIFACT_CORRUPT)");
        assertThat(ResultJson.of(results, 1))
                .contains("\"accuracy_matrix\":[[100.0],[],[80.0,90.0,100.0]]")
                .contains("\"evaluation_failures\":[{\"task_index\":1.0,\"reason\":\"ARTIFACT_CORRUPT\"");
    }

    @Test
    void whole_numbers_of_a_spec_are_written_as_such() throws Exception {
        Struct.Builder settings = Struct.newBuilder();
        JsonFormat.parser().merge("{\"hidden\": [256, -2], \"rate\": 0.10, \"note\": \"\\\" 5.0\"}", settings);
        RunSpec spec = RunSpec.newBuilder()
                .setBackbone(Component.newBuilder().setSettings(settings))
                .build();

        assertThat(SpecJson.of(spec))
                .contains("\"hidden\": [256, -2]", "\"rate\": 0.1\n".strip(), "\"note\": \"\\\" 5.0\"");
    }

    @Test
    void the_CSV_has_a_line_for_each_cell() {
        assertThat(ResultText.csv(SampleResults.twoTasks().matrix()).lines())
                .containsExactly(
                        "run,after_task,task,classes,accuracy",
                        "runs/r1,0,0,0 1,100.00",
                        "runs/r1,1,0,0 1,87.50",
                        "runs/r1,1,1,2 3,98.61");
    }
}
