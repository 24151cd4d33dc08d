package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentationLinksTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(<?([^)>\\s]+)>?(?:\\s+\"[^\"]*\")?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6}\\s+(.+?)\\s*$");
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```");

    static Stream<Path> documents() {
        return Repository.files(Repository.ROOT, ".md").stream().map(Repository.ROOT::relativize);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyRelativeLinkLeadsToAFileAndAHeading(Path document) {
        Path file = Repository.ROOT.resolve(document);

        assertThat(brokenLinks(file)).isEmpty();
    }

    @Test
    void aBrokenLinkWouldBeFound() throws Exception {
        Path file = Files.createTempFile("links", ".md");
        try {
            Files.writeString(file, "# A heading\n[here](#a-heading) [gone](no-such-file.md) [nowhere](#b)\n");

            assertThat(brokenLinks(file)).containsExactly("no-such-file.md", "#b");
        } finally {
            Files.delete(file);
        }
    }

    private static List<String> brokenLinks(Path file) {
        List<String> broken = new ArrayList<>();
        LINK.matcher(withoutCode(Repository.read(file)))
                .results()
                .map(match -> match.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"))
                .filter(link -> !resolves(file, link))
                .forEach(broken::add);
        return broken;
    }

    private static boolean resolves(Path file, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return parts.length == 1 || anchors(target).contains(parts[1]);
    }

    /** The anchors that GitHub and most others make of headings. */
    private static Set<String> anchors(Path file) {
        return HEADING.matcher(withoutCode(Repository.read(file)))
                .results()
                .map(match -> match.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static String withoutCode(String text) {
        return FENCED.matcher(text).replaceAll("");
    }
}
