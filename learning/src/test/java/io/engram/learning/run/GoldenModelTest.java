package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.learning.artifact.ArtifactReference;
import io.engram.learning.artifact.ArtifactStore;
import io.engram.learning.artifact.FrozenModel;
import io.engram.learning.metric.TaskScore;
import java.io.IOException;
import java.io.Reader;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that earlier versions of this program wrote are read and score as they did; {@link GoldenModel} made them. */
class GoldenModelTest {

    @ParameterizedTest
    @ValueSource(ints = 1)
    void aModelOfEveryFormatVersionScoresAsRecorded(int formatVersion) throws IOException, URISyntaxException {
        Path folder = Path.of(
                GoldenModelTest.class.getResource("/golden/v" + formatVersion).toURI());
        Properties recorded = new Properties();
        try (Reader file = Files.newBufferedReader(folder.resolve("recorded.properties"))) {
            recorded.load(file);
        }
        ArtifactReference reference = new ArtifactReference(
                "model", Long.parseLong(recorded.getProperty("size_bytes")), recorded.getProperty("sha256"));

        FrozenModel model = new ArtifactStore(folder).read(reference);

        assertThat(model.descriptor().labelsByTask()).hasSize(5);
        assertThat(model.descriptor().nextTask()).isEmpty();
        assertThat(Runs.scores(model).stream()
                        .map(TaskScore::correct)
                        .map(String::valueOf)
                        .toList())
                .containsExactly(recorded.getProperty("correct").split(","));
    }
}
