package io.engram.localstack.broker;

import java.nio.file.Files;
import java.nio.file.Path;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/**
 * Formats the log folder where that was not done yet, and then runs the broker in the same JVM, which saves the start of
 * a second one.
 */
public final class BrokerMain {
    private BrokerMain() {}

    /** @param arguments the broker's properties file and its log folder */
    public static void main(String[] arguments) {
        String properties = arguments[0];
        Path logFolder = Path.of(arguments[1]);
        if (!Files.exists(logFolder.resolve("meta.properties"))) {
            format(properties);
        }
        Kafka.main(new String[] {properties});
    }

    private static void format(String properties) {
        String clusterId = Uuid.randomUuid().toString();
        String[] command = {"format", "--cluster-id", clusterId, "--config", properties, "--ignore-formatted"};
        int status = StorageTool.execute(command, System.out);
        if (status != 0) {
            System.exit(status);
        }
    }
}
