package io.engram.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The instructions of a container file, in order.
 *
 * @param lines one a line, continuation lines joined, comments left out
 */
record ContainerFile(Path path, List<String> lines) {

    private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_.]+)=(\"[^\"]*\"|\\S+)");

    static ContainerFile read(Path path) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String raw : Repository.read(path).lines().toList()) {
            if (raw.isBlank() || raw.startsWith("#")) {
                continue;
            }
            boolean more = raw.endsWith("\\");
            line.append(more ? raw.substring(0, raw.length() - 1) : raw);
            if (!more) {
                lines.add(line.toString().trim());
                line.setLength(0);
            }
        }
        return new ContainerFile(path, List.copyOf(lines));
    }

    /** What follows an instruction's name, for each time it occurs. */
    List<String> arguments(String instruction) {
        return lines.stream()
                .filter(line -> line.startsWith(instruction + " "))
                .map(line -> line.substring(instruction.length()).trim())
                .toList();
    }

    /** The environment of the image. */
    Map<String, String> environment() {
        return assignments("ENV");
    }

    Map<String, String> labels() {
        return assignments("LABEL");
    }

    private Map<String, String> assignments(String instruction) {
        Map<String, String> values = new TreeMap<>();
        for (String argument : arguments(instruction)) {
            Matcher matcher = ASSIGNMENT.matcher(argument);
            while (matcher.find()) {
                values.put(matcher.group(1), matcher.group(2).replace("\"", ""));
            }
        }
        return values;
    }
}
