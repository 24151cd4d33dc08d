package io.engram.proto.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ErrorReasonTest {
    @Test
    void codesAreUniqueUpperCaseAndFindTheirReason() {
        assertThat(Arrays.stream(ErrorReason.values()).map(ErrorReason::code))
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("[A-Z][A-Z_]{1,62}"));
        for (ErrorReason reason : ErrorReason.values()) {
            assertThat(ErrorReason.ofCode(reason.code())).contains(reason);
        }
        assertThat(ErrorReason.ofCode("NO_SUCH_REASON")).isEmpty();
    }

    @Test
    void theDocumentedTableIsTheOneOfTheCode() throws Exception {
        Path docs = Path.of(System.getProperty("engram.home"), "docs", "errors.md");
        assertThat(Files.readString(docs))
                .as("write the output of io.engram.proto.error.ErrorTable into %s", docs)
                .contains(ErrorTable.markdown());
    }
}
