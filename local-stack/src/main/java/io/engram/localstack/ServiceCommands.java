package io.engram.localstack;

import java.util.List;

/** How a service is started: the program and its arguments. */
@FunctionalInterface
public interface ServiceCommands {
    List<String> command(Service service);

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
