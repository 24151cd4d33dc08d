package io.engram.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands in for a base image with what this machine has: bash, the tools that container files call, the libraries of C and
 * C++, and this machine's Java for an image that has one. Nothing else is in it, so that what an image forgets to bring is
 * missed.
 *
 * @param java whether the image has Java
 * @param pip whether it has pip, which gives the wheel of {@link #CUDA_WHEEL} whatever it is asked for
 */
record BaseImage(boolean java, boolean pip) {

    /** Where Eclipse Temurin's images have Java. */
    static final String JAVA = "/opt/java/openjdk";

    /** A folder of Python packages into which PyTorch was installed with its libraries for CUDA; a system property. */
    static final String CUDA_WHEEL = "engram.cuda.wheel";

    private static final List<String> TOOLS = List.of("bash", "env", "mkdir", "chown", "mv");
    private static final List<String> TOOLS_BESIDE_PIP = List.of("basename", "dirname");
    private static final List<String> LIBRARIES = List.of(
            "libc.so.6",
            "libm.so.6",
            "libdl.so.2",
            "librt.so.1",
            "libutil.so.1",
            "libpthread.so.0",
            "libgcc_s.so.1",
            "libstdc++.so.6",
            "libz.so.1");
    private static final Pattern NEEDED = Pattern.compile("(?m)(?:=> )?(/\\S+) \\(0x");
    private static final Pattern INSTALLED = Pattern.compile("(?m)^\\s(\\S+) \\(.*x86-64.*\\) => (\\S+)$");

    static BaseImage named(String image) {
        if (image.contains("eclipse-temurin:17-")) {
            return new BaseImage(true, false);
        }
        if (image.contains("quarkus-micro-image")) {
            return new BaseImage(false, false);
        }
        if (image.contains("python:3.12-slim")) {
            return new BaseImage(false, true);
        }
        throw new IllegalArgumentException("Nothing stands in for the base image " + image);
    }

    /** Makes the tree of the image in an empty folder. */
    void unpackInto(Path root) throws IOException, InterruptedException {
        for (String folder : List.of("tmp", "proc", "dev", "etc", "usr/bin", "usr/lib", "usr/lib64")) {
            Files.createDirectories(root.resolve(folder));
        }
        for (String folder : List.of("bin", "lib", "lib64")) {
            Files.createSymbolicLink(root.resolve(folder), Path.of("usr", folder));
        }
        for (String empty : List.of("dev/null", "dev/zero", "dev/random", "dev/urandom", "etc/hosts")) {
            Files.createFile(root.resolve(empty));
        }
        copyTools(TOOLS, root);
        Files.createSymbolicLink(root.resolve("usr/bin/sh"), Path.of("bash"));
        Map<String, String> installed = installedLibraries();
        for (String library : LIBRARIES) {
            String file = installed.get(library);
            copy(Path.of(file), root.resolve(file.substring(1)));
        }
        if (java) {
            copyJava(root);
        }
        if (pip) {
            copyTools(TOOLS_BESIDE_PIP, root);
            linkWheel(root);
        }
    }

    Map<String, String> environment() {
        return java
                ? Map.of("PATH", JAVA + "/bin:/usr/bin", "JAVA_HOME", JAVA, "LANG", "C.UTF-8")
                : Map.of("PATH", "/usr/bin");
    }

    private static void copyTools(List<String> tools, Path root) throws IOException, InterruptedException {
        for (String tool : tools) {
            Path program = Path.of(Command.output("sh", "-c", "command -v " + tool));
            copy(program, root.resolve("usr/bin").resolve(tool));
            Matcher needed = NEEDED.matcher(Command.output("ldd", program.toString()));
            while (needed.find()) {
                copy(Path.of(needed.group(1)), root.resolve(needed.group(1).substring(1)));
            }
        }
    }

    private static void copyJava(Path root) throws IOException, InterruptedException {
        Path target = Files.createDirectories(root.resolve(JAVA.substring(1)));
        for (String part : List.of("bin", "conf", "lib")) {
            Path source = Path.of(System.getProperty("java.home"), part);
            // Distributions keep some of it elsewhere, behind links; not all of those lead somewhere.
            Command.attempt("cp", "-rL", source.toString(), target.toString());
        }
        Files.deleteIfExists(target.resolve("lib/src.zip"));
    }

    /** Gigabytes: linked, not copied. */
    private static void linkWheel(Path root) throws IOException, InterruptedException {
        Path wheel = Files.createDirectories(root.resolve("wheel"));
        for (String part : List.of("torch/lib", "nvidia", "cusparselt")) {
            Path target = wheel.resolve(part);
            Files.createDirectories(target.getParent());
            Command.output("cp", "-al", System.getProperty(CUDA_WHEEL) + "/" + part, target.toString());
        }
        Path script = root.resolve("usr/bin/pip");
        Files.writeString(script, """
                #!/bin/bash -eu
                [ "$1 $2 $3" = "install --no-cache-dir --target" ]
                mkdir -p "$(dirname "$4")"
                mv /wheel "$4"
                """);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Map<String, String> installedLibraries() throws IOException, InterruptedException {
        Map<String, String> libraries = new TreeMap<>();
        Matcher line = INSTALLED.matcher(Command.output("/sbin/ldconfig", "-p") + "\n");
        while (line.find()) {
            libraries.putIfAbsent(line.group(1), line.group(2));
        }
        return libraries;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        if (!Files.exists(to)) {
            Files.copy(from.toRealPath(), to);
        }
    }
}
