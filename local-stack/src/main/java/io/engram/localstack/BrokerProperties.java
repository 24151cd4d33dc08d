package io.engram.localstack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The configuration of a single broker that is its own controller. */
final class BrokerProperties {
    /** For one broker on a small heap. Everything that is replicated by default has one replica. */
    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", "1"),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry("inter.broker.listener.name", "PLAINTEXT"),
            Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            // After a crash the broker waits this long for its own earlier self to be given up.
            Map.entry("broker.session.timeout.ms", "4000"),
            Map.entry("broker.heartbeat.interval.ms", "1000"),
            // Nobody follows this controller who would have to hear that it lives: by default it writes twice a second.
            Map.entry("metadata.max.idle.interval.ms", "0"),
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "2"),
            Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
            Map.entry("log.index.size.max.bytes", "1048576"));

    private BrokerProperties() {}

    static Path write(KafkaOptions options, Path logFolder) {
        Map<String, String> properties = new TreeMap<>(FIXED);
        String controller = "127.0.0.1:" + FreePorts.next();
        properties.put(
                "listeners", "PLAINTEXT://" + options.host() + ":" + options.port() + ",CONTROLLER://" + controller);
        properties.put("advertised.listeners", "PLAINTEXT://" + knownAs(options.host()) + ":" + options.port());
        properties.put("controller.quorum.voters", "1@" + controller);
        properties.put("num.partitions", Integer.toString(options.partitions()));
        properties.put("log.dirs", logFolder.toString());
        Path file = options.dataFolder().resolve("broker.properties");
        try {
            Files.createDirectories(logFolder);
            String text = properties.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                    .collect(Collectors.joining());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new LocalStackException("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** Clients are told to come back to this address, so it may not be the one that means "all". */
    static String knownAs(String host) {
        if (!host.equals("0.0.0.0") && !host.equals("::")) {
            return host;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new LocalStackException("This machine does not know its own name; give --host an address", e);
        }
    }
}
