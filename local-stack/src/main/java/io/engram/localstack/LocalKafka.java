package io.engram.localstack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A running Kafka broker: a single node of the real thing, in a JVM of its own. */
public final class LocalKafka implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    private final KafkaOptions options;
    private final ChildProcess process;

    private LocalKafka(KafkaOptions options, ChildProcess process) {
        this.options = options;
        this.process = process;
    }

    /** Starts a broker and waits until it answers. */
    public static LocalKafka start(ChildProcesses children, EngramHome home, KafkaOptions options) {
        LocalKafka kafka = launch(children, home, options);
        kafka.awaitReady();
        return kafka;
    }

    /** Starts a broker without waiting for it. */
    static LocalKafka launch(ChildProcesses children, EngramHome home, KafkaOptions wanted) {
        KafkaOptions options = wanted.withPort(FreePorts.orNext(wanted.port()));
        Path folder = options.dataFolder().toAbsolutePath();
        Path logFolder = folder.resolve("log");
        Path properties = BrokerProperties.write(options, logFolder);
        List<String> command = List.of(
                JavaCommand.find(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xmx256m",
                "-Djava.util.logging.SimpleFormatter.format=%1$tF %1$tT %4$s %3$s: %5$s%6$s%n",
                "-cp",
                home.brokerClassPath(),
                "io.engram.localstack.broker.BrokerMain",
                properties.toString(),
                logFolder.toString());
        ChildCommand child = ChildCommand.of("Kafka", command, folder.resolve("kafka.log"))
                .stoppedBy(options.ephemeral() ? StopSignal.KILL : StopSignal.TERM, STOP_LIMIT);
        return new LocalKafka(options, children.start(child));
    }

    void awaitReady() {
        process.awaitReady(
                () -> KafkaProbe.answers(BrokerProperties.knownAs(options.host()), options.port()), START_LIMIT);
    }

    /** What clients take as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return BrokerProperties.knownAs(options.host()) + ":" + options.port();
    }

    public ChildProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.stop();
    }
}
