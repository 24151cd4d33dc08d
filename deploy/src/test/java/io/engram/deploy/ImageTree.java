package io.engram.deploy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The file system of an image, assembled without a container engine: its instructions are followed one after another, in a
 * folder for each stage. Programs run in it as they would in a container: in namespaces of their own for mounts and
 * processes, as process 1, without privileges, with a root that nobody can write to. The network is this machine's.
 */
final class ImageTree {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ContainerFile file;
    private final Path folder;
    private final Map<String, Path> stages = new HashMap<>();
    private Path root;
    private BaseImage base;
    private String workingFolder = "/";

    private ImageTree(ContainerFile file, Path folder) {
        this.file = file;
        this.folder = folder;
    }

    /** Follows a container file in an empty folder; the context is the repository. */
    static ImageTree assemble(ContainerFile file, Path folder) throws IOException, InterruptedException {
        ImageTree tree = new ImageTree(file, folder);
        for (String line : file.lines()) {
            String[] parts = line.split(" +", 2);
            switch (parts[0]) {
                case "FROM" -> tree.from(parts[1]);
                case "COPY" -> tree.copy(parts[1]);
                case "RUN" -> tree.run(parts[1]);
                case "WORKDIR" -> tree.workingFolder(parts[1]);
                case "ARG", "LABEL", "ENV", "VOLUME", "EXPOSE", "USER", "HEALTHCHECK", "ENTRYPOINT", "CMD" -> {}
                default -> throw new IllegalArgumentException("This is not understood: " + line);
            }
        }
        return tree;
    }

    private void from(String image) throws IOException, InterruptedException {
        String[] parts = image.split(" AS ");
        root = Files.createDirectories(folder.resolve("stage-" + stages.size()));
        stages.put(parts.length > 1 ? parts[1] : "", root);
        base = BaseImage.named(parts[0]);
        base.unpackInto(root);
    }

    private void copy(String arguments) throws IOException, InterruptedException {
        Path context = Repository.ROOT;
        String mode = "";
        List<String> paths = new ArrayList<>();
        for (String argument : arguments.split(" +")) {
            if (argument.startsWith("--from=")) {
                context = stages.get(argument.substring("--from=".length()));
            } else if (argument.startsWith("--chmod=")) {
                mode = argument.substring("--chmod=".length());
            } else {
                paths.add(argument.startsWith("/") ? argument.substring(1) : argument);
            }
        }
        String target = paths.get(1) + (arguments.endsWith("/") && !paths.get(1).endsWith("/") ? "/" : "");
        Command.output("bash", "-euc", """
                sources=("$1"/$2); target=$3
                case $target in
                  */) mkdir -p "$target";;
                  *) [ ${#sources[@]} = 1 ] || { echo "not one file: $2"; exit 1; }; mkdir -p "$(dirname "$target")";;
                esac
                for source in "${sources[@]}"; do
                  if [ -d "$source" ]; then copied=$target; mkdir -p "$target"; cp -r --preserve=mode "$source/." "$target"
                  else
                    case $target in */) copied=$target$(basename "$source");; *) copied=$target;; esac
                    cp --preserve=mode "$source" "$copied"
                  fi
                  [ -z "$4" ] || chmod "$4" "$copied"
                done
                """, "copy", context.toString(), paths.get(0), root + "/" + target, mode);
    }

    private void run(String command) throws IOException, InterruptedException {
        Process process = in(
                        List.of("/bin/sh", "-c", command),
                        base.environment(),
                        Map.of(),
                        folder.resolve("build.log"),
                        false)
                .start();
        if (process.waitFor() != 0) {
            throw new AssertionError(command + "\n" + Repository.read(folder.resolve("build.log")));
        }
    }

    private void workingFolder(String path) throws IOException {
        workingFolder = path;
        Files.createDirectories(root.resolve(path.substring(1)));
    }

    /** A process that starts the image with arguments of its own; see {@link #start}. */
    Process entryPoint(Map<String, String> settings, Path volumes, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(words(file.arguments("ENTRYPOINT").get(0)));
        command.addAll(List.of(arguments));
        return start(command, settings, volumes, "entry-point.log");
    }

    /** A process that does the image's health check. */
    Process healthCheck(Map<String, String> settings, Path volumes) throws IOException {
        String check = file.arguments("HEALTHCHECK").get(0);
        return start(words(check.substring(check.indexOf('['))), settings, volumes, "health-check.log");
    }

    /** A process that does something else in the image's place. */
    Process shell(String script, Path volumes) throws IOException {
        return start(List.of("/bin/bash", "-euc", script), Map.of(), volumes, "shell.log");
    }

    /** The folder that is the root of the image. */
    Path root() {
        return root;
    }

    /** What the entry point printed. */
    String log() {
        return Repository.read(folder.resolve("entry-point.log"));
    }

    /**
     * Starts a program with the image's environment and the settings above it.
     *
     * @param volumes holds a folder for each volume; it is made where it is missing
     */
    private Process start(List<String> command, Map<String, String> settings, Path volumes, String log)
            throws IOException {
        Map<String, String> environment = new TreeMap<>(base.environment());
        environment.putAll(file.environment());
        environment.putAll(settings);
        Map<String, Path> mounts = new TreeMap<>();
        for (String volume : words(file.arguments("VOLUME").get(0))) {
            Path mounted = volumes.resolve(volume.substring(1));
            if (!Files.isDirectory(mounted)) {
                Files.createDirectories(mounted);
            }
            mounts.put(volume, mounted);
        }
        return in(command, environment, mounts, folder.resolve(log), true).start();
    }

    private ProcessBuilder in(
            List<String> command,
            Map<String, String> environment,
            Map<String, Path> mounts,
            Path log,
            boolean contained) {
        String mounting = mounts.entrySet().stream()
                .map(mount -> "chown 10001:10001 '%2$s'; mkdir -p \"$root%1$s\"; mount --bind '%2$s' \"$root%1$s\"\n"
                        .formatted(mount.getKey(), mount.getValue()))
                .collect(Collectors.joining());
        String script = """
                root=$1; shift
                mount --bind "$root" "$root"
                mount -t proc proc "$root/proc"
                for file in /dev/null /dev/zero /dev/random /dev/urandom /etc/hosts; do mount --bind $file "$root$file"; done
                """
                + mounting
                + (contained
                        ? "mount -o remount,bind,ro \"$root\"\n"
                                + "exec setpriv --no-new-privs chroot --userspec=%1$d:%1$d --groups=%1$d \"$root\" \"$@\""
                                        .formatted(ContainerFilesTest.UID)
                        : "exec chroot \"$root\" \"$@\"");
        List<String> all = new ArrayList<>(List.of("unshare", "--mount", "--pid", "--fork", "--kill-child"));
        all.addAll(List.of("bash", "-euc", script, "in-tree", root.toString(), "/usr/bin/env", "-i"));
        all.addAll(List.of("-C", contained ? workingFolder : "/"));
        environment.forEach((name, value) -> all.add(name + "=" + value));
        all.addAll(command);
        return new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    }

    private static List<String> words(String array) throws IOException {
        return JSON.readValue(array, new TypeReference<>() {});
    }
}
