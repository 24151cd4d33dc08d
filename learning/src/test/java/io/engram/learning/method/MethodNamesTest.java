package io.engram.learning.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.learning.setting.CatalogEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a method needs of the others is in its hooks: no code asks for its name. */
class MethodNamesTest {
    private static final Path HOME = Path.of(System.getProperty("engram.home", "."));

    @Test
    void standInTheFileOfTheMethodAlone() throws IOException {
        List<String> quoted = Methods.CATALOG.entries().stream()
                .map(CatalogEntry::name)
                .map(name -> '"' + name + '"')
                .toList();

        try (Stream<Path> files = Files.find(HOME, 20, (path, attributes) -> isCode(path))) {
            assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(Files.readString(file))
                    .doesNotContain(quoted));
        }
    }

    private static boolean isCode(Path path) {
        String name = path.toString();
        return name.contains("/src/main/java/")
                && name.endsWith(".java")
                && !name.contains("/io/engram/learning/method/");
    }
}
