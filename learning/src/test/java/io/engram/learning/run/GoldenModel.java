package io.engram.learning.run;

import io.engram.learning.artifact.ArtifactReference;
import io.engram.learning.artifact.ArtifactStore;
import io.engram.learning.artifact.FrozenModel;
import io.engram.learning.metric.TaskScore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * Makes the golden model of the present format version: {@code java ... GoldenModel FOLDER}. Run once for each format
 * version, never to make a test pass; the files lie in {@code src/test/resources/golden}.
 */
final class GoldenModel {

    private GoldenModel() {}

    public static void main(String[] folder) throws Exception {
        Path root = Path.of(folder[0]);
        RunSpec spec = SpecBuilder.of("er")
                .hidden(8)
                .training(3, 16)
                .memory(100)
                .seed(1)
                .build();
        FrozenModel model = Runs.learn(spec).get(4).model();
        ArtifactReference reference = new ArtifactStore(root).write(model, "model");
        String scores = Runs.scores(model).stream()
                .map(TaskScore::correct)
                .map(String::valueOf)
                .collect(Collectors.joining(","));
        Files.writeString(
                root.resolve("recorded.properties"), """
                # Recorded by GoldenModel together with the model beside it: size and digest of the artifact, and how
                # many test samples of each task it classified right.
                size_bytes=%d
                sha256=%s
                correct=%s
                """.formatted(reference.sizeBytes(), reference.sha256(), scores));
    }
}
