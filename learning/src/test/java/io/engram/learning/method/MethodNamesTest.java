package io.engram.learning.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.learning.setting.CatalogEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a method needs of the others is in its hooks: no code asks for its name, and no message or help text knows it. */
class MethodNamesTest {
    private static final Path HOME = Path.of(System.getProperty("engram.home", "."));
    /** Text blocks, and strings on one line, those of comments too. */
    private static final Pattern LITERAL = Pattern.compile("\"\"\"[\\s\\S]*?\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*+\"");

    private static final Pattern NAME = Pattern.compile(Methods.CATALOG.entries().stream()
            .map(CatalogEntry::name)
            .map(Pattern::quote)
            .collect(Collectors.joining("|", "(?<![\\w+-])(?:", ")(?![\\w+-])")));

    @Test
    void standInTheFileOfTheMethodAlone() throws IOException {
        try (Stream<Path> files = Files.find(HOME, 20, (path, attributes) -> isCode(path))) {
            List<Path> code = files.toList();
            assertThat(code).isNotEmpty();
            for (Path file : code) {
                assertThat(named(Files.readString(file))).as(file.toString()).isEmpty();
            }
        }
    }

    /** Literals in which a name stands as a word of its own. */
    private static List<String> named(String code) {
        return LITERAL.matcher(code)
                .results()
                .map(MatchResult::group)
                .filter(literal -> NAME.matcher(literal).find())
                .toList();
    }

    @Test
    void aNameIsFoundAmongOtherWordsAndNotWithinThem() {
        assertThat(named("help(\"a run of joint, or of er-ace\");")).hasSize(1);
        assertThat(named("text = \"\"\"\n  by `der++`\n\"\"\";")).hasSize(1);
        assertThat(named("er = \"error of jointly\" + joint;")).isEmpty();
    }

    private static boolean isCode(Path path) {
        String name = path.toString();
        return name.contains("/src/main/java/")
                && name.endsWith(".java")
                && !name.contains("/io/engram/learning/method/");
    }
}
