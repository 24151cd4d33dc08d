package io.engram.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.proto.evaluator.v1.ClassScore;
import io.engram.proto.evaluator.v1.GetConfusionMatrixResponse;
import io.engram.proto.type.v1.ClassLabel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs on the JVM alone: it calls classes without anything outside them. */
class ConfusionTextTest {
    /** Of nine bags eight are right, the other is taken for a boot; of two boots none; there is no coat to test with. */
    private static final GetConfusionMatrixResponse CONFUSION = GetConfusionMatrixResponse.newBuilder()
            .setName("runs/r1/tasks/2")
            .setAttempt(1)
            .addClasses(score(4, "coat").setTotal(0))
            .addClasses(score(8, "bag").setCorrect(8).setTotal(9).setAccuracy(88.89))
            .addClasses(score(9, "9").setTotal(2).setAccuracy(0))
            .addAllCounts(List.of(0L, 0L, 0L, 0L, 8L, 1L, 2L, 0L, 0L))
            .build();

    @Test
    void the_table_has_a_row_for_each_true_class_and_what_is_right() {
        assertThat(ConfusionText.table(CONFUSION).lines())
                .containsExactly(
                        "true class  4  8  9  right in %",
                        "4 coat      0  0  0  no samples", "8 bag       0  8  1  88.89", "9           2  0  0  0.00");
    }

    @Test
    void the_CSV_has_a_line_for_each_count() {
        assertThat(ConfusionText.csv(CONFUSION).lines())
                .hasSize(1 + 9)
                .startsWith("run,after_task,true_class,predicted_class,count", "runs/r1,2,4,4,0")
                .contains("runs/r1,2,8,8,8", "runs/r1,2,8,9,1", "runs/r1,2,9,4,2");
    }

    private static ClassScore.Builder score(int label, String name) {
        return ClassScore.newBuilder()
                .setClassLabel(ClassLabel.newBuilder().setLabel(label).setName(name));
    }
}
