package io.engram.cli.command;

import io.engram.cli.client.EngramClient;
import io.engram.proto.trainer.v1.ListOptimizersRequest;
import io.engram.proto.type.v1.CatalogEntry;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists the optimisers that a spec may name. */
@Command(
        name = "optimizers",
        mixinStandardHelpOptions = true,
        description = "List the optimisers that a spec may name as `optimizer`, with their settings.")
final class OptimizersCommand extends ConnectedCommand {
    @Override
    void call(EngramClient client) {
        List<CatalogEntry> entries = client.trainer()
                .listOptimizers(ListOptimizersRequest.getDefaultInstance())
                .getOptimizersList();
        if (json()) {
            entries.forEach(this::printJson);
        } else {
            out().println(CatalogText.of(entries));
        }
    }
}
