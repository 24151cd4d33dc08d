package io.engram.cli.command;

import io.engram.cli.client.EngramClient;
import io.engram.proto.trainer.v1.ListMethodsRequest;
import io.engram.proto.type.v1.CatalogEntry;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists the continual-learning methods that a spec may name. */
@Command(
        name = "methods",
        mixinStandardHelpOptions = true,
        description = "List the continual-learning methods that a spec may name as `method`, with their settings.")
final class MethodsCommand extends ConnectedCommand {
    @Override
    void call(EngramClient client) {
        List<CatalogEntry> entries = client.trainer()
                .listMethods(ListMethodsRequest.getDefaultInstance())
                .getMethodsList();
        if (json()) {
            entries.forEach(this::printJson);
        } else {
            out().println(CatalogText.of(entries));
        }
    }
}
