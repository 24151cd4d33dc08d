package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.localstack.ServiceCommands;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContainerFilesTest {

    /** The user and group of every image. */
    static final int UID = 10001;

    private static final Path FOLDER = Repository.ROOT.resolve("deploy/container");

    static Stream<ContainerFile> containerFiles() {
        return Repository.files(FOLDER, ".Containerfile").stream().map(ContainerFile::read);
    }

    /** Those whose images run until they are stopped. */
    static Stream<ContainerFile> servicesFiles() {
        return containerFiles().filter(file -> !name(file).equals("cli"));
    }

    @Test
    void everyServiceHasAJvmAndANativeVariantAndTheTrainerOneForGpusAndTheCommandANativeOne() {
        assertThat(containerFiles().map(file -> FOLDER.relativize(file.path()).toString()))
                .containsExactly(
                        "buffer/jvm.Containerfile",
                        "buffer/native.Containerfile",
                        "cli/native.Containerfile",
                        "evaluator/jvm.Containerfile",
                        "evaluator/native.Containerfile",
                        "trainer/gpu.Containerfile",
                        "trainer/jvm.Containerfile",
                        "trainer/native.Containerfile");
    }

    @ParameterizedTest
    @MethodSource("containerFiles")
    void theProcessIsNotRoot(ContainerFile file) {
        List<String> users = file.arguments("USER");
        int lastUser = file.lines().indexOf("USER " + UID + ":" + UID);

        assertThat(users.get(users.size() - 1)).isEqualTo(UID + ":" + UID);
        assertThat(file.lines().subList(lastUser + 1, file.lines().size()))
                .noneMatch(line -> line.startsWith("RUN") || line.startsWith("FROM"));
    }

    @ParameterizedTest
    @MethodSource("containerFiles")
    void theImageHasLabels(ContainerFile file) {
        assertThat(file.labels())
                .containsEntry("org.opencontainers.image.title", "engram-" + name(file))
                .containsEntry("org.opencontainers.image.licenses", "Apache-2.0")
                .containsKeys(
                        "org.opencontainers.image.description",
                        "org.opencontainers.image.version",
                        "org.opencontainers.image.revision");
    }

    @ParameterizedTest
    @MethodSource("servicesFiles")
    void theImageOfAServiceHasAHealthCheckAndItsPorts(ContainerFile file) {
        ServiceName service = service(file);

        assertThat(file.arguments("HEALTHCHECK")).singleElement().asString().contains("engram-healthcheck");
        assertThat(file.arguments("EXPOSE")).containsExactly(service.grpcPort() + " " + service.httpPort());
        assertThat(file.environment())
                .containsEntry("ENGRAM_GRPC_PORT", String.valueOf(service.grpcPort()))
                .containsEntry("ENGRAM_HTTP_PORT", String.valueOf(service.httpPort()));
    }

    @ParameterizedTest
    @MethodSource("containerFiles")
    void whatIsWrittenWhileItRunsIsAVolume(ContainerFile file) {
        String volumes = file.arguments("VOLUME").get(0);

        assertThat(volumes).contains("\"/tmp\"");
        Stream.of("ENGRAM_ARTIFACT_DIR", "ENGRAM_BUFFER_DIR", "DJL_CACHE_DIR")
                .filter(file.environment()::containsKey)
                .forEach(name ->
                        assertThat(volumes).contains("\"" + file.environment().get(name) + "\""));
    }

    @ParameterizedTest
    @MethodSource("containerFiles")
    void everythingThatIsCopiedIsLetIntoTheBuildContext(ContainerFile file) {
        List<PathMatcher> let = Repository.read(Repository.ROOT.resolve(".dockerignore"))
                .lines()
                .filter(line -> line.startsWith("!"))
                .map(line -> FileSystems.getDefault().getPathMatcher("glob:" + line.substring(1) + "{,/**}"))
                .toList();

        List<String> sources = file.arguments("COPY").stream()
                .filter(copy -> !copy.contains("--from="))
                .map(copy -> copy.replaceAll("--\\S+ ", "").split(" ")[0])
                .toList();
        assertThat(sources).isNotEmpty().allSatisfy(source -> {
            assertThat(let).as("%s in .dockerignore", source).anyMatch(matcher -> matcher.matches(Path.of(source)));
            Path top = Repository.ROOT.resolve(source.split("/target/")[0]);
            assertThat(Files.exists(top)).as("%s exists", top).isTrue();
        });
    }

    @Test
    void theLibtorchThatTheLocalStackNamesIsTheOneOfTheBuild() {
        assertThat(Repository.read(Repository.ROOT.resolve("pom.xml")))
                .contains("<libtorch.version>" + ServiceCommands.LIBTORCH_VERSION + "</libtorch.version>");
    }

    @ParameterizedTest
    @MethodSource("servicesFiles")
    void theLibtorchOfTheImageIsTheOneOfTheBuild(ContainerFile file) {
        if (!file.environment().containsKey("PYTORCH_VERSION")) {
            assertThat(service(file)).isEqualTo(ServiceName.BUFFER);
            return;
        }
        String version = file.environment().get("PYTORCH_VERSION");

        assertThat(Repository.read(Repository.ROOT.resolve("pom.xml")))
                .contains("<libtorch.version>" + version + "</libtorch.version>");
        assertThat(String.join("\n", file.lines()))
                .containsPattern("(pytorch-native-cpu-|torch==)" + version.replace(".", "\\.")
                        + "|COPY learning/target/libtorch ");
        assertThat(file.environment())
                .containsEntry("DJL_OFFLINE", "true")
                .containsEntry("OPT_OUT_TRACKING", "true")
                .containsKeys("MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_", "MALLOC_TOP_PAD_");
    }

    static ServiceName service(ContainerFile file) {
        return ServiceName.valueOf(name(file).toUpperCase(Locale.ROOT));
    }

    /** What is in the image: a service, or the command. */
    private static String name(ContainerFile file) {
        return file.path().getParent().getFileName().toString();
    }
}
