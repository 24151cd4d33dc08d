package io.engram.cli.command;

import com.google.protobuf.InvalidProtocolBufferException;
import io.engram.cli.client.EngramClient;
import io.engram.cli.view.ResultText;
import io.engram.cli.view.Table;
import io.engram.proto.trainer.v1.CurvePoint;
import io.engram.proto.trainer.v1.GetTrainingCurvesResponse;
import io.engram.proto.trainer.v1.TrainingCurve;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints how training went. */
@Command(
        name = "curves",
        mixinStandardHelpOptions = true,
        description =
                "Print the training curves of a run: loss and training accuracy over the steps of each learned task, at"
                        + " most 64 points a task.")
final class CurvesCommand extends ConnectedCommand {
    @Mixin
    private RunArgument run;

    @Override
    void call(EngramClient client) throws InvalidProtocolBufferException {
        GetTrainingCurvesResponse curves = ResultCalls.curves(client, run.name());
        if (json()) {
            printJson(curves);
            return;
        }
        Table table = new Table("TASK", "STEPS", "LOSS", "TRAINING ACCURACY");
        for (TrainingCurve curve : curves.getCurvesList()) {
            for (CurvePoint point : curve.getPointsList()) {
                table.row(
                        Integer.toString(curve.getTaskIndex() + 1),
                        Long.toString(point.getSteps()),
                        String.format(Locale.ROOT, "%.4f", point.getLoss()),
                        ResultText.percent(point.getTrainAccuracy()));
            }
        }
        out().println(table);
    }
}
