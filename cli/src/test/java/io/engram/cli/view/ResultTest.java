package io.engram.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResultTest {
    @Test
    void the_JSON_is_one_line_with_two_decimals() {
        assertThat(ResultJson.of(SampleResults.twoTasks(), 12.3456))
                .isEqualTo("{\"run\":\"runs/r1\",\"accuracy_matrix\":[[100.0],[87.5,98.61]],"
                        + "\"average_accuracy\":93.06,\"average_incremental_accuracy\":96.53,\"forgetting\":12.5,"
                        + "\"backward_transfer\":-12.5,\"train_seconds\":2.35,\"total_seconds\":12.35}");
    }

    @Test
    void what_is_undefined_with_one_task_is_null() {
        assertThat(ResultJson.of(SampleResults.oneTask(), 1))
                .contains("\"forgetting\":null")
                .contains("\"backward_transfer\":null");
        assertThat(ResultText.summary(SampleResults.oneTask())).contains("undefined with one task");
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
    void the_CSV_has_a_line_for_each_cell() {
        assertThat(ResultText.csv(SampleResults.twoTasks().matrix()).lines())
                .containsExactly(
                        "run,after_task,task,classes,accuracy",
                        "runs/r1,0,0,0 1,100.00",
                        "runs/r1,1,0,0 1,87.50",
                        "runs/r1,1,1,2 3,98.61");
    }
}
