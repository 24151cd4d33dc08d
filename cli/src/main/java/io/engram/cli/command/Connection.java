package io.engram.cli.command;

import io.engram.cli.client.Addresses;
import io.engram.cli.client.EngramClient;
import io.engram.cli.client.Reachability;
import picocli.CommandLine.Option;

/** Where the services are. */
final class Connection {
    @Option(
            names = "--trainer",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:ENGRAM_TRAINER_ADDRESS}",
            description = "gRPC of the trainer; also ENGRAM_TRAINER_ADDRESS. Default: 127.0.0.1:9101.")
    private String trainer;

    @Option(
            names = "--evaluator",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:ENGRAM_EVALUATOR_ADDRESS}",
            description = "gRPC of the evaluator; also ENGRAM_EVALUATOR_ADDRESS. Default: 127.0.0.1:9103.")
    private String evaluator;

    Addresses addresses() {
        return new Addresses(
                isGiven(trainer) ? trainer : "127.0.0.1:9101", isGiven(evaluator) ? evaluator : "127.0.0.1:9103");
    }

    /** Whether somebody said where the services are. */
    boolean isChosen() {
        return isGiven(trainer) || isGiven(evaluator);
    }

    boolean isReachable() {
        return Reachability.of(addresses().trainer());
    }

    EngramClient open() {
        return new EngramClient(addresses());
    }

    /** An environment variable that is not set stays in the default as it was written. */
    private static boolean isGiven(String address) {
        return address != null && !address.isBlank() && !address.startsWith("${");
    }
}
