package io.engram.cli.command;

import io.engram.cli.client.EngramClient;
import io.engram.cli.view.Table;
import io.engram.proto.trainer.v1.ListDatasetsRequest;
import io.engram.proto.type.v1.DatasetEntry;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** Lists the data sets that a spec may name. */
@Command(
        name = "datasets",
        mixinStandardHelpOptions = true,
        description = "List the data sets that a spec may name, and whether the trainer can read them.")
final class DatasetsCommand extends ConnectedCommand {
    @Override
    void call(EngramClient client) {
        List<DatasetEntry> entries = client.trainer()
                .listDatasets(ListDatasetsRequest.getDefaultInstance())
                .getDatasetsList();
        if (json()) {
            entries.forEach(this::printJson);
            return;
        }
        Table table = new Table("DATASET", "CLASSES", "SHAPE", "TRAIN", "TEST", "AVAILABLE");
        entries.forEach(entry -> table.row(row(entry)));
        out().println(table);
        entries.stream().filter(entry -> !entry.getAvailable()).forEach(entry -> out().println(
                        entry.getName() + ": " + entry.getUnavailableReason()));
    }

    private static List<String> row(DatasetEntry entry) {
        String shape = entry.getSampleShapeList().stream().map(String::valueOf).collect(Collectors.joining("x"));
        return List.of(
                entry.getName(),
                Integer.toString(entry.getClassesCount()),
                shape,
                Integer.toString(entry.getTrainSamples()),
                Integer.toString(entry.getTestSamples()),
                entry.getAvailable() ? "yes" : "no");
    }
}
