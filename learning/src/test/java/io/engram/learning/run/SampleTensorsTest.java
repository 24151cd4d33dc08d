package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.engram.learning.dataset.DatasetDescription;
import io.engram.learning.dataset.Normalisation;
import io.engram.learning.dataset.Samples;
import io.engram.learning.scenario.TaskSamples;
import io.engram.learning.tensor.TensorProgram;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two samples of three channels and one pixel. */
class SampleTensorsTest {
    private static final byte[] VALUES = {0, 51, (byte) 255, 102, (byte) 204, 1};
    private static final Normalisation NORMALISATION =
            new Normalisation(List.of(0.5f, 0.25f, 0.1f), List.of(0.25f, 0.3f, 0.7f));

    @Test
    void valuesAreDividedByTheMaximum() {
        assertThat(inputs(Optional.empty()))
                .containsExactly(0, 51 / 255f, 255 / 255f, 102 / 255f, 204 / 255f, 1 / 255f);
    }

    @Test
    void whereTheDataSetSaysHowEachChannelIsNormalised() {
        assertThat(inputs(Optional.of(NORMALISATION)))
                .containsExactly(
                        (0 - 0.5f) / 0.25f,
                        (51 / 255f - 0.25f) / 0.3f,
                        (255 / 255f - 0.1f) / 0.7f,
                        (102 / 255f - 0.5f) / 0.25f,
                        (204 / 255f - 0.25f) / 0.3f,
                        (1 / 255f - 0.1f) / 0.7f);
    }

    private static float[] inputs(Optional<Normalisation> normalisation) {
        DatasetDescription description = new DatasetDescription(
                "by hand", "made in a test", "", List.of(3, 1, 1), 255, normalisation, List.of("a", "b"), 2, 2);
        Samples samples = Samples.copyOf(VALUES, 3, new int[] {0, 1});
        SampleTensors data = new SampleTensors(description);
        try (NDManager manager = Runs.ENGINE.newManager(Device.cpu());
                TensorProgram program = new TensorProgram(manager, List.of("items", "data"), data.text())) {
            data.use(new TaskSamples(samples, new int[] {0, 1}, new int[2], new int[] {0, 1}), program, manager);
            NDArray rows = manager.create(new long[] {0, 1});
            try (NDList inputs = program.infer("inputs_of", rows)) {
                return inputs.get(0).toFloatArray();
            }
        }
    }
}
