package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documentation says of the code is so. */
class DocumentationFactsTest {

    private static final Pattern REGISTERED =
            Pattern.compile("(?:builder|counter|timer|gauge|summary)\\(\\s*\"(engram\\.[a-z.]+)\"");
    private static final Pattern DOCUMENTED_METRIC = Pattern.compile("`(engram\\.[a-z.]+)`");
    private static final Pattern TYPE = Pattern.compile("`([A-Z][a-z]+[A-Za-z]*)(?:\\.[a-zA-Z]+)?`");
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\\n(.*?)```");

    @Test
    void theTableOfMetricsNamesTheMetricsThatTheServicesRegister() {
        String operations = Repository.read(Repository.ROOT.resolve("docs/operations.md"));
        String table = operations.substring(operations.indexOf("## Metrics"), operations.indexOf("## Threads"));

        Set<String> registered = sources(".java")
                .flatMap(source -> REGISTERED.matcher(Repository.read(source)).results())
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> documented = DOCUMENTED_METRIC
                .matcher(table)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isNotEmpty().isEqualTo(registered);
    }

    @Test
    void everyTypeThatTheArchitectureNamesIsThere() {
        String contract = sources(".proto").map(Repository::read).collect(Collectors.joining());
        Set<String> types = sources(".java")
                .map(source -> source.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        types.add("ArchitectureTest");

        Set<String> named = TYPE.matcher(Repository.read(Repository.ROOT.resolve("docs/architecture.md")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).isNotEmpty();
        assertThat(named.stream().filter(name -> !types.contains(name) && !contract.contains(name)))
                .isEmpty();
    }

    @Test
    void theRunInTheReadmeIsTheExample() {
        String readme = Repository.read(Repository.ROOT.resolve("README.md"));
        String example = Repository.read(Repository.ROOT.resolve("examples/digits-er.yaml"));

        assertThat(YAML.matcher(readme).results().map(match -> match.group(1)))
                .singleElement()
                .isEqualTo(example.replaceAll("(?m)^#.*\\n", ""));
    }

    private static Stream<Path> sources(String suffix) {
        return Repository.modulesWithClasses().stream()
                .flatMap(module -> Repository.files(module.resolve("src/main"), suffix).stream());
    }
}
