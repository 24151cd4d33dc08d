package io.engram.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.cli.view.SampleResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on the JVM alone: it calls classes, and {@code DemoIT} has both write a report. */
class HtmlReportTest {
    @TempDir
    private Path folder;

    @Test
    void a_report_shows_the_matrix_and_needs_nothing_else() throws IOException {
        // When
        Path written = HtmlReport.write(SampleResults.twoTasks(), folder.resolve("deep/report.html"));

        // Then
        assertThat(Files.readString(written))
                .contains("98.61", "after task 2", "task 2: 98.61%", "0 T-shirt &lt;top&gt;", "2.35 <small>s")
                .doesNotContain("{{", "http:", "https:", "src=", "@import", "url(");
    }

    @Test
    void text_of_users_is_escaped() throws IOException {
        assertThat(HtmlReport.html(SampleResults.twoTasks()))
                .contains("<title>Two &amp; &lt;two&gt;</title>")
                .doesNotContain("<two>", "<top>");
    }

    @Test
    void a_model_that_could_not_be_scored_is_a_gap_with_its_reason() throws IOException {
        assertThat(HtmlReport.html(SampleResults.withFailure()))
                .contains(
                        "failed</td>",
                        "weights.safetensors is not &lt;what&gt; was written",
                        "task 2 after task 3: 90.00%")
                .doesNotContain("NaN", "{{");
    }

    @Test
    void training_is_drawn_over_the_steps_of_all_tasks() throws IOException {
        // 190 steps between x = 44 and x = 710, half of the height of 172 from y = 14 at 50 %
        assertThat(HtmlReport.html(SampleResults.twoTasks()))
                .contains(
                        "<polyline points=\"201.7,100.0 359.5,14.0\"/>",
                        "<polyline points=\"534.7,100.0 710.0,14.0\"/>",
                        "step 190",
                        "<td>1.2 MB</td>");
    }

    @Test
    void figures_beside_a_reference_are_shown() throws IOException {
        assertThat(HtmlReport.html(SampleResults.compared()))
                .contains("forward transfer</dt><dd>61.25", "intransigence</dt><dd>-0.50");
        assertThat(HtmlReport.html(SampleResults.twoTasks())).doesNotContain("forward transfer", "intransigence");
    }

    @Test
    void one_task_is_drawn_too() throws IOException {
        assertThat(HtmlReport.html(SampleResults.oneTask()))
                .contains("undefined", "Nothing was recorded")
                .doesNotContain("NaN");
    }
}
