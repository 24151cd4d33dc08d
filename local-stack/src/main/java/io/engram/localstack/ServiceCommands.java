package io.engram.localstack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a service is started: the program and its arguments. */
@FunctionalInterface
public interface ServiceCommands {
    /** The build's; an executable must be told. */
    String LIBTORCH_VERSION = "2.7.1";

    List<String> command(Service service);

    /** What a service's environment needs for its program. */
    default Map<String, String> environment() {
        return Map.of();
    }

    /** The same with more settings, {@code -Dname=value}. */
    default ServiceCommands withSettings(List<String> settings) {
        ServiceCommands plain = this;
        return new ServiceCommands() {
            @Override
            public List<String> command(Service service) {
                List<String> command = new ArrayList<>(plain.command(service));
                command.addAll(1, settings);
                return command;
            }

            @Override
            public Map<String, String> environment() {
                return plain.environment();
            }
        };
    }

    /** For tests: native executables where the system property {@code engram.native} is true, else jars. */
    static ServiceCommands underTest(EngramHome home) {
        return Boolean.getBoolean("engram.native") ? executables(home) : jars(home);
    }

    /** The native executables that {@code mvn -Pnative package} made; libtorch is what that build unpacked. */
    static ServiceCommands executables(EngramHome home) {
        return new ServiceCommands() {
            @Override
            public List<String> command(Service service) {
                return List.of(home.serviceExecutable(service.module()).toString());
            }

            @Override
            public Map<String, String> environment() {
                return Map.of(
                        "PYTORCH_LIBRARY_PATH",
                        home.libtorch().toString(),
                        "PYTORCH_VERSION",
                        LIBTORCH_VERSION,
                        "PYTORCH_FLAVOR",
                        "cpu");
            }
        };
    }

    /** The jars that the build made, on the JVM that runs this. */
    static ServiceCommands jars(EngramHome home) {
        return service -> List.of(
                JavaCommand.find(),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                home.serviceJar(service.module()).toString());
    }
}
