package io.engram.cli.command;

import io.engram.cli.client.EngramClient;
import io.engram.proto.trainer.v1.ListBackbonesRequest;
import io.engram.proto.type.v1.CatalogEntry;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists the networks that a spec may name. */
@Command(
        name = "backbones",
        mixinStandardHelpOptions = true,
        description = "List the networks that a spec may name as `backbone`, with their settings.")
final class BackbonesCommand extends ConnectedCommand {
    @Override
    void call(EngramClient client) {
        List<CatalogEntry> entries = client.trainer()
                .listBackbones(ListBackbonesRequest.getDefaultInstance())
                .getBackbonesList();
        if (json()) {
            entries.forEach(this::printJson);
        } else {
            out().println(CatalogText.of(entries));
        }
    }
}
