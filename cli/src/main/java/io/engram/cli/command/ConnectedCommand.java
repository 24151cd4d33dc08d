package io.engram.cli.command;

import com.google.protobuf.MessageOrBuilder;
import io.engram.cli.client.Addresses;
import io.engram.cli.client.EngramClient;
import io.engram.cli.view.ResultJson;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What commands that ask a running stack something have in common. */
abstract class ConnectedCommand implements Callable<Integer>, Connected {
    @Mixin
    private Connection connection;

    @Option(names = "--json", description = "Print JSON, one object in a line.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** Asks and prints. */
    abstract void call(EngramClient client) throws Exception;

    @Override
    public final Integer call() throws Exception {
        try (EngramClient client = connection.open()) {
            call(client);
        }
        out().flush();
        return 0;
    }

    @Override
    public final Addresses addresses() {
        return connection.addresses();
    }

    final boolean json() {
        return json;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final ParameterException misunderstood(String why) {
        return new ParameterException(spec.commandLine(), why);
    }

    final void printJson(MessageOrBuilder message) {
        out().println(ResultJson.of(message));
    }
}
