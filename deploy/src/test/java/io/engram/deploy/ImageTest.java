package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.engram.localstack.LocalPostgres;
import io.engram.localstack.TestBackends;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The images have all that their entry points need: each is assembled as its container file says and started in that tree,
 * as the pods start it, with the real Kafka and PostgreSQL. Needs root, for mounts; what was not built is left out.
 */
@Tag("image")
class ImageTest {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    /** CUDA's libraries are gigabytes, and taken from where they are installed. */
    static Stream<ContainerFile> servicesFiles() {
        return ContainerFilesTest.servicesFiles().filter(file -> variants().anyMatch(variant -> isOf(variant, file)));
    }

    static Stream<String> variants() {
        return Stream.of("jvm", "native", "gpu")
                .filter(variant -> !variant.equals("gpu") || System.getProperty(BaseImage.CUDA_WHEEL) != null);
    }

    @ParameterizedTest
    @MethodSource("servicesFiles")
    void theEntryPointBecomesHealthyInItsTreeAndEndsWhenAsked(ContainerFile file) throws Exception {
        ImageTree image = assemble(file);
        ServiceName service = ContainerFilesTest.service(file);
        Path volumes = folder.resolve("volumes");
        Map<String, String> settings = settings(service);

        if (service != ServiceName.BUFFER) {
            assertThat(migrate(image, settings, volumes)).as(image::log).isZero();
        }
        Process process = image.entryPoint(settings, volumes);
        try {
            awaitHealth(image, process, settings, volumes);
            process.children().forEach(ProcessHandle::destroy);
            assertThat(process.waitFor(grace(service), TimeUnit.SECONDS)).isTrue();
        } finally {
            kill(process);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "native"})
    void theProcessIsNobodySpecialAndWritesToVolumesAlone(String variant) throws Exception {
        ImageTree image = assemble(file("trainer", variant));

        String script = """
                [ $$ = 1 ] && [ $EUID = %d ]
                [[ $(< /proc/self/status) =~ CapEff:[[:space:]]*0000000000000000 ]]
                for folder in / /opt/engram /usr/bin /etc /var/lib/engram/data; do ! : 2> /dev/null > $folder/new; done
                for folder in /tmp /var/cache/engram /var/lib/engram/artifacts; do : > $folder/new; done
                """.formatted(ContainerFilesTest.UID);
        assertThat(image.shell(script, folder.resolve("volumes")).waitFor()).isZero();
    }

    @Test
    void aFileThatIsMissingIsNoticed() throws Exception {
        ImageTree image = assemble(file("buffer", "jvm"));
        Path libraries = image.root().resolve("opt/engram/lib/boot");
        Path library = Repository.files(libraries, ".jar").stream()
                .filter(file -> file.getFileName().toString().startsWith("io.quarkus.quarkus-bootstrap-runner-"))
                .findFirst()
                .orElseThrow();
        Files.delete(library);
        Map<String, String> settings = settings(ServiceName.BUFFER);
        Path volumes = folder.resolve("volumes");

        Process process = image.entryPoint(settings, volumes);

        assertThatThrownBy(() -> awaitHealth(image, process, settings, volumes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ended with status");
    }

    @Test
    void aLibraryThatANativeImageLacksIsNoticed() throws Exception {
        ImageTree image = assemble(file("trainer", "native"));
        Files.delete(image.root().resolve("opt/libtorch/libtorch_cpu.so"));
        Map<String, String> settings = settings(ServiceName.TRAINER);
        settings.remove("QUARKUS_FLYWAY_MIGRATE_AT_START");
        Path volumes = folder.resolve("volumes");

        Process process = image.entryPoint(settings, volumes);
        try {
            Condition.await("told", START_LIMIT, () -> image.log().contains("the tensor engine cannot be loaded"));
            assertThat(isHealthy(image, process, settings, volumes)).isFalse();
        } finally {
            kill(process);
        }
    }

    @Test
    void theCommandAnswersInItsTreeAndWritesToItsVolumesAlone() throws Exception {
        ImageTree image = assemble(file("cli", "native"));
        Path volumes = folder.resolve("volumes");
        Path work = Files.createDirectories(volumes.resolve("work"));
        Files.writeString(work.resolve("spec.yaml"), "methd: {name: er}\n");

        assertThat(image.entryPoint(Map.of(), volumes, "--help").waitFor())
                .as(image::log)
                .isZero();
        assertThat(image.entryPoint(Map.of(), volumes, "run", "spec.yaml").waitFor())
                .isEqualTo(2);

        assertThat(image.log()).contains("Usage: engram", "spec.yaml:1: methd");
        String script = """
                [ $$ = 1 ] && [ $EUID = %d ] && [ $PWD = /work ]
                for folder in / /opt/engram /usr/bin /etc; do ! : 2> /dev/null > $folder/new; done
                for folder in /tmp /work; do : > $folder/new; done
                """.formatted(ContainerFilesTest.UID);
        assertThat(image.shell(script, volumes).waitFor()).isZero();
    }

    /** The trainer for GPUs, beside the others on the JVM, computes on the processor here. */
    @ParameterizedTest
    @MethodSource("variants")
    void theImagesTogetherLearnAndScoreTheExample(String variant) throws Exception {
        Map<ServiceName, Map<String, String>> settings = new EnumMap<>(ServiceName.class);
        List<Process> processes = new ArrayList<>();
        // One folder of artifacts for both, as the pods share one volume.
        Path artifacts = Files.createDirectories(folder.resolve("TRAINER/var/lib/engram/artifacts"));
        Files.createDirectories(folder.resolve("EVALUATOR/var/lib/engram"));
        Files.createSymbolicLink(folder.resolve("EVALUATOR/var/lib/engram/artifacts"), artifacts);
        try {
            for (ServiceName service : List.of(ServiceName.BUFFER, ServiceName.TRAINER, ServiceName.EVALUATOR)) {
                Map<String, String> own = settings(service);
                own.remove("QUARKUS_FLYWAY_MIGRATE_AT_START");
                if (service == ServiceName.TRAINER) {
                    own.put("ENGRAM_BUFFER_ADDRESS", address(settings.get(ServiceName.BUFFER)));
                }
                settings.put(service, own);
                ImageTree image = assemble(file(
                        service.lowerCase(),
                        service == ServiceName.TRAINER || !variant.equals("gpu") ? variant : "jvm"));
                Path volumes = folder.resolve(service.name());
                processes.add(image.entryPoint(own, volumes));
                awaitHealth(image, processes.get(processes.size() - 1), own, volumes);
            }

            String outcome =
                    variant.equals("native") ? runByImage(addresses(settings)) : runByLauncher(addresses(settings));

            assertThat(outcome.lines().reduce((before, last) -> last).orElseThrow())
                    .startsWith("{");
        } finally {
            processes.forEach(ImageTest::kill);
        }
    }

    private ImageTree assemble(ContainerFile file) throws IOException, InterruptedException {
        file.arguments("COPY").forEach(copy -> assumeTrue(isBuilt(copy), () -> "not built: " + copy));
        ImageTree image = ImageTree.assemble(file, Files.createTempDirectory(folder, "image"));
        if (isOf("gpu", file)) {
            CudaDriver.bringInto(image.root());
        }
        return image;
    }

    private static boolean isOf(String variant, ContainerFile file) {
        return file.path().endsWith(variant + ".Containerfile");
    }

    private static ContainerFile file(String name, String variant) {
        return ContainerFile.read(
                Repository.ROOT.resolve("deploy/container/" + name + "/" + variant + ".Containerfile"));
    }

    private static String runByLauncher(Map<String, String> addresses) throws Exception {
        List<String> command = new ArrayList<>(List.of("env", "ENGRAM_SKIP_BUILD=1"));
        addresses.forEach((name, address) -> command.add(name + "=" + address));
        command.addAll(List.of("./engram", "run", "--json", "examples/digits-er.yaml"));
        return Command.output(command.toArray(String[]::new));
    }

    /** The command's own image, with the example in its volume, where it leaves a report. */
    private String runByImage(Map<String, String> addresses) throws Exception {
        ImageTree image = assemble(file("cli", "native"));
        Path work = Files.createDirectories(folder.resolve("CLI/work"));
        Files.copy(Repository.ROOT.resolve("examples/digits-er.yaml"), work.resolve("spec.yaml"));
        Process command = image.entryPoint(
                addresses, folder.resolve("CLI"), "run", "--json", "--report", "report.html", "spec.yaml");
        assertThat(command.waitFor()).as(image::log).isZero();
        assertThat(work.resolve("report.html")).content().contains("after task 5");
        return image.log().strip();
    }

    private static Map<String, String> addresses(Map<ServiceName, Map<String, String>> settings) {
        return Map.of(
                "ENGRAM_TRAINER_ADDRESS", address(settings.get(ServiceName.TRAINER)),
                "ENGRAM_EVALUATOR_ADDRESS", address(settings.get(ServiceName.EVALUATOR)));
    }

    private static String address(Map<String, String> settings) {
        return "127.0.0.1:" + settings.get("ENGRAM_GRPC_PORT");
    }

    private static void awaitHealth(ImageTree image, Process process, Map<String, String> settings, Path volumes)
            throws InterruptedException {
        Condition.await("healthy", START_LIMIT, () -> isHealthy(image, process, settings, volumes));
    }

    /** As the init container does it. */
    private static int migrate(ImageTree image, Map<String, String> settings, Path volumes) throws Exception {
        Map<String, String> step = new HashMap<>(settings);
        step.put("QUARKUS_INIT_AND_EXIT", "true");
        step.remove("QUARKUS_FLYWAY_MIGRATE_AT_START");
        return image.entryPoint(step, volumes).waitFor();
    }

    private static boolean isHealthy(ImageTree image, Process process, Map<String, String> settings, Path volumes) {
        if (!process.isAlive()) {
            throw new AssertionError("It ended with status " + process.exitValue() + "\n" + image.log());
        }
        try {
            return image.healthCheck(settings, volumes).waitFor() == 0;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With what runs in the tree: that has other credentials, and so does not die with whoever started it. */
    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static Map<String, String> settings(ServiceName service) {
        Map<String, String> settings = new HashMap<>();
        settings.put("ENGRAM_GRPC_PORT", freePort());
        settings.put("ENGRAM_HTTP_PORT", freePort());
        if (service != ServiceName.BUFFER) {
            LocalPostgres postgres = TestBackends.postgres();
            settings.put("ENGRAM_DATABASE_URL", postgres.jdbcUrl());
            settings.put("ENGRAM_DATABASE_USER", postgres.user());
            settings.put("ENGRAM_DATABASE_PASSWORD", postgres.password());
            settings.put("ENGRAM_KAFKA_BOOTSTRAP", TestBackends.kafka().bootstrapServers());
            settings.put("OMP_WAIT_POLICY", "PASSIVE");
            settings.put("ENGRAM_COMPUTE_THREADS", "1");
            settings.put("QUARKUS_FLYWAY_MIGRATE_AT_START", "false");
        }
        return settings;
    }

    private static int grace(ServiceName service) {
        return KubernetesManifestsTest.workload(service)
                .at("/spec/template/spec/terminationGracePeriodSeconds")
                .asInt();
    }

    private static boolean isBuilt(String copy) {
        String source = copy.replaceAll("--chmod=\\S+ ", "").split(" ")[0];
        if (source.startsWith("--from=")) {
            return true;
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + source);
        Path start = Repository.ROOT.resolve(source.replaceAll("/[^/]*\\*.*", ""));
        try (Stream<Path> files = Files.exists(start) ? Files.walk(start, 4) : Stream.empty()) {
            return files.map(Repository.ROOT::relativize).anyMatch(matcher::matches);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
