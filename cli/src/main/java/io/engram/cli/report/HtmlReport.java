package io.engram.cli.report;

import io.engram.cli.client.CommandFailure;
import io.engram.cli.view.MemoryText;
import io.engram.cli.view.ResultText;
import io.engram.cli.view.Results;
import io.engram.cli.view.SpecJson;
import io.engram.proto.evaluator.v1.Summary;
import io.engram.proto.trainer.v1.Run;
import io.engram.proto.trainer.v1.TrainedTask;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a report: summary, heat map of the accuracy matrix, curves, training figures and the spec. */
public final class HtmlReport {
    private static final String TEMPLATE = "/report/report.html";

    private HtmlReport() {}

    /** Where a report goes when nobody says where. */
    public static Path defaultPath(String run) {
        return Path.of(".engram", "reports", run.substring(run.lastIndexOf('/') + 1) + ".html");
    }

    /**
     * Writes a report.
     *
     * @return the absolute path of what was written
     */
    public static Path write(Results results, Path file) {
        Path target = file.toAbsolutePath().normalize();
        try {
            Files.createDirectories(target.getParent());
            return Files.writeString(target, html(results));
        } catch (IOException e) {
            throw new CommandFailure("Cannot write the report " + target + ": " + e.getMessage()
                    + ". Choose another place with --report.");
        }
    }

    static String html(Results results) throws IOException {
        Run run = results.run();
        String title = run.getSpec().getDisplayName().isEmpty()
                ? run.getName()
                : run.getSpec().getDisplayName();
        return template()
                .replace("{{title}}", Html.escape(title))
                .replace("{{subtitle}}", Html.escape(subtitle(run)))
                .replace("{{figures}}", figures(results))
                .replace("{{heatmap}}", HeatMap.of(results.matrix()))
                .replace("{{failures}}", failures(results))
                .replace("{{average}}", Curves.average(results.matrix()))
                .replace("{{tasks}}", Curves.tasks(results.matrix()))
                .replace("{{progress}}", TrainingChart.of(results.curves()))
                .replace("{{training}}", training(run))
                .replace("{{spec}}", Html.escape(SpecJson.of(run.getSpec())));
    }

    private static String template() throws IOException {
        try (InputStream file = HtmlReport.class.getResourceAsStream(TEMPLATE)) {
            if (file == null) {
                throw new IOException("the template of reports is missing from the program");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String subtitle(Run run) {
        return String.join(
                " · ",
                run.getName(),
                "method " + run.getSpec().getMethod().getName(),
                "data set " + run.getSpec().getScenario().getDataset(),
                "backbone " + run.getSpec().getBackbone().getName(),
                "optimizer " + run.getSpec().getOptimizer().getName(),
                "seed " + run.getSpec().getSeed());
    }

    private static String figures(Results results) {
        Summary summary = results.summary();
        return figure("average accuracy", summary.hasAverageAccuracy(), summary.getAverageAccuracy(), "%")
                + whereDefined(
                        "average accuracy, not told the task",
                        summary.hasTaskAgnosticAverageAccuracy(),
                        summary.getTaskAgnosticAverageAccuracy(),
                        "%")
                + whereDefined(
                        "average accuracy, told the task",
                        summary.hasTaskAwareAverageAccuracy(),
                        summary.getTaskAwareAverageAccuracy(),
                        "%")
                + figure(
                        "average incremental accuracy",
                        summary.hasAverageIncrementalAccuracy(),
                        summary.getAverageIncrementalAccuracy(),
                        "%")
                + figure("forgetting", summary.hasForgetting(), summary.getForgetting(), "points")
                + figure("backward transfer", summary.hasBackwardTransfer(), summary.getBackwardTransfer(), "points")
                + figure(
                        "learning accuracy (plasticity)",
                        summary.hasLearningAccuracy(),
                        summary.getLearningAccuracy(),
                        "%")
                + figure("stability", summary.hasStability(), summary.getStability(), "%")
                + figure(
                        "stability-plasticity trade-off",
                        summary.hasStabilityPlasticityTradeOff(),
                        summary.getStabilityPlasticityTradeOff(),
                        "%")
                + whereDefined("forward transfer", summary.hasForwardTransfer(), summary.getForwardTransfer(), "points")
                + whereDefined("intransigence", summary.hasIntransigence(), summary.getIntransigence(), "points")
                + figure("training time", true, results.trainSeconds(), "s");
    }

    /** Only where the scenario, or the question, gives the figure a meaning. */
    private static String whereDefined(String name, boolean isDefined, double value, String unit) {
        return isDefined ? figure(name, true, value, unit) : "";
    }

    private static String figure(String name, boolean isDefined, double value, String unit) {
        String shown = isDefined ? ResultText.percent(value) + " <small>" + unit + "</small>" : "undefined";
        return "<div class=\"figure\"><dt>" + name + "</dt><dd>" + shown + "</dd></div>\n";
    }

    private static String failures(Results results) {
        return results.matrix().getFailuresList().stream()
                .map(failure -> "<p class=\"failure\">" + Html.escape(ResultText.failure(failure)) + "</p>\n")
                .collect(Collectors.joining());
    }

    private static String training(Run run) {
        return run.getTasksList().stream().map(HtmlReport::row).collect(Collectors.joining("\n"));
    }

    private static String row(TrainedTask task) {
        String labels = task.getLabelsList().stream().map(String::valueOf).collect(Collectors.joining(" "));
        double seconds =
                task.getTrainingTime().getSeconds() + task.getTrainingTime().getNanos() / 1e9;
        return String.format(
                Locale.ROOT,
                "<tr><th>task %d</th><td>%s</td><td>%d</td><td>%d</td><td>%.4f</td><td>%.2f</td><td>%.2f</td><td>%s</td></tr>",
                task.getTaskIndex() + 1,
                labels,
                task.getSteps(),
                task.getSamples(),
                task.getLoss(),
                task.getTrainAccuracy(),
                seconds,
                task.hasMemory() ? MemoryText.total(task.getMemory()) : "");
    }
}
