package io.engram.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Kafka, PostgreSQL and the three services on this machine. Closing it stops first who needs the others, and so does the
 * {@link ChildProcesses} that they belong to when this process ends: a run under way is handed back, and goes on after the
 * next start.
 */
public final class LocalStack implements AutoCloseable {
    private final ChildProcesses children;
    private final ServiceCommands commands;
    private final StackOptions options;
    private final StackFolder folder;
    private final ComputeShare share = ComputeShare.ofThisMachine();
    private final Map<Service, ServiceProcess> services = new EnumMap<>(Service.class);
    private LocalKafka kafka;
    private LocalPostgres postgres;

    private LocalStack(ChildProcesses children, ServiceCommands commands, StackOptions options) {
        this.children = children;
        this.commands = commands;
        this.options = options;
        this.folder = StackFolder.hold(options.dataFolder());
    }

    /**
     * Starts everything and waits until all of it is ready.
     *
     * @throws LocalStackException where something does not become ready; what was started is then stopped again
     */
    public static LocalStack start(
            ChildProcesses children, EngramHome home, ServiceCommands commands, StackOptions options) {
        checkPorts(options);
        LocalStack stack = new LocalStack(children, commands, options);
        try {
            stack.start(home);
            return stack;
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    private static void checkPorts(StackOptions options) {
        check(options.host(), options.ports().kafka(), "Kafka");
        check(StackOptions.LOOPBACK, options.ports().postgres(), "PostgreSQL");
        for (Service service : Service.values()) {
            ServicePorts ports = options.ports().of(service);
            check(options.host(), ports.grpc(), "the " + service.label() + "'s gRPC");
            check(options.host(), ports.http(), "the " + service.label() + "'s HTTP");
        }
    }

    private static void check(String host, int port, String who) {
        if (!FreePorts.isFree(host, port)) {
            throw new LocalStackException("Port " + port + " of " + host + ", meant for " + who
                    + ", cannot be listened on: another process has it, or the address is not this machine's. Stop what"
                    + " uses it (an earlier `engram up`?), or choose another port; see `engram up --help`.");
        }
    }

    /** Who needs nobody starts first, and the broker starts while PostgreSQL is made. */
    private void start(EngramHome home) {
        Path data = options.dataFolder();
        kafka = LocalKafka.launch(
                children,
                home,
                new KafkaOptions(
                        data.resolve("kafka"), options.host(), options.ports().kafka(), 1, options.ephemeral()));
        launch(Service.BUFFER);
        postgres = LocalPostgres.start(
                children,
                home,
                new PostgresOptions(data.resolve("postgres"), options.ports().postgres(), options.ephemeral()));
        kafka.awaitReady();
        launch(Service.TRAINER);
        launch(Service.EVALUATOR);
        services.values().forEach(ServiceProcess::awaitReady);
        letEvaluatorYield();
    }

    /** Once it is up: starting is work that people wait for. Where the user says how many threads compute, there may be room. */
    private void letEvaluatorYield() {
        if (share.evaluatorYields() && !System.getenv().containsKey("ENGRAM_COMPUTE_THREADS")) {
            LowPriority.give(services.get(Service.EVALUATOR).process().pid());
        }
    }

    private ServiceProcess launch(Service service) {
        int http = options.ports().of(service).http();
        ServiceProcess process = ServiceProcess.launch(
                children,
                service,
                commands.command(service),
                environment(service),
                URI.create("http://" + options.reachableHost() + ":" + http + "/q/health/ready"),
                options.dataFolder().resolve("log").resolve(service.label() + ".log"),
                options.ephemeral());
        services.put(service, process);
        return process;
    }

    private Map<String, String> environment(Service service) {
        Map<String, String> environment = new HashMap<>(commands.environment());
        ServicePorts ports = options.ports().of(service);
        environment.put("ENGRAM_HOST", options.host());
        environment.put("ENGRAM_GRPC_PORT", Integer.toString(ports.grpc()));
        environment.put("ENGRAM_HTTP_PORT", Integer.toString(ports.http()));
        if (service == Service.BUFFER) {
            environment.put(
                    "ENGRAM_BUFFER_DIR", options.dataFolder().resolve("buffers").toString());
        } else {
            environment.putAll(unlessSetByUser(
                    service == Service.TRAINER ? share.trainerEnvironment() : share.evaluatorEnvironment()));
            environment.put("ENGRAM_DATABASE_URL", postgres.jdbcUrl());
            environment.put("ENGRAM_DATABASE_USER", postgres.user());
            environment.put("ENGRAM_DATABASE_PASSWORD", postgres.password());
            environment.put("ENGRAM_KAFKA_BOOTSTRAP", kafka.bootstrapServers());
            environment.put("ENGRAM_BUFFER_ADDRESS", grpcAddress(Service.BUFFER));
            environment.put(
                    "ENGRAM_ARTIFACT_DIR",
                    options.dataFolder().resolve("artifacts").toString());
            options.datasets()
                    .ifPresent(path -> environment.put(
                            "ENGRAM_DATA_DIR", path.toAbsolutePath().toString()));
        }
        return environment;
    }

    /** Services inherit the environment of this process; what is set there was meant. */
    private static Map<String, String> unlessSetByUser(Map<String, String> defaults) {
        Map<String, String> missing = new HashMap<>(defaults);
        missing.keySet().removeAll(System.getenv().keySet());
        if (System.getenv().containsKey("OMP_WAIT_POLICY")) {
            missing.remove("GOMP_SPINCOUNT");
            missing.remove("OMP_PROC_BIND");
        }
        return missing;
    }

    /** Where a client on this machine reaches a service's gRPC, as {@code host:port}. */
    public String grpcAddress(Service service) {
        return options.reachableHost() + ":" + options.ports().of(service).grpc();
    }

    /** Where a browser on this machine finds a service's pages. */
    public URI page(Service service) {
        return URI.create("http://" + options.reachableHost() + ":"
                + options.ports().of(service).http() + "/");
    }

    public LocalKafka kafka() {
        return kafka;
    }

    public LocalPostgres postgres() {
        return postgres;
    }

    public ServiceProcess service(Service service) {
        return services.get(service);
    }

    /** Where the services' log files are. */
    public Path logFolder() {
        return options.dataFolder().resolve("log");
    }

    /** Starts a service again that has ended, and waits until it is ready. */
    public void restart(Service service) {
        services.get(service).close();
        launch(service).awaitReady();
        letEvaluatorYield();
    }

    /** What ended although nobody stopped it: which, how, and the end of its log. Empty while all is well. */
    public Optional<String> whatDied() {
        Stream<ChildProcess> backends = Stream.of(kafka.process(), postgres.process());
        return Stream.concat(backends, services.values().stream().map(ServiceProcess::process))
                .filter(process -> !process.isAlive())
                .findFirst()
                .map(ChildProcess::describeEnd);
    }

    /**
     * Stops trainer and evaluator, then the buffer service, then Kafka and PostgreSQL, for good: the {@link ChildProcesses}
     * it was started by is closed too.
     */
    @Override
    public void close() {
        children.close();
        try {
            folder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
