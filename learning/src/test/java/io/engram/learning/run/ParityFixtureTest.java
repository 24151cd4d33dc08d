package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.engram.learning.tensor.TensorEngine;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Parameters after more than 50 steps against what eager PyTorch 2.7.1 made of the same steps. Processors differ in the
 * last bits, so that here 1e-5 is allowed; {@link ParityReferenceTest} asks for the same bits, and recorded the fixtures.
 */
class ParityFixtureTest {

    static Stream<ParityCase> withFixtures() {
        return Stream.of(ParityCase.values()).filter(ParityCase::hasFixture);
    }

    @ParameterizedTest
    @MethodSource("withFixtures")
    void endsWithTheParametersOfPyTorch(ParityCase parity) throws IOException {
        RecordedSteps.Result result = parity.train(TensorEngine.start(1));

        List<float[]> reference =
                RecordedSteps.readTensors(ParityCase.class.getResourceAsStream("parity/" + parity.fixture()));
        assertThat(result.steps()).isGreaterThan(50);
        assertThat(result.weights()).hasSameSizeAs(reference);
        for (int k = 0; k < reference.size(); k++) {
            float[] ours = result.weights().get(k).values();
            assertThat(ours).as(result.weights().get(k).name()).hasSameSizeAs(reference.get(k));
            for (int i = 0; i < ours.length; i++) {
                assertThat(ours[i]).isCloseTo(reference.get(k)[i], offset(1e-5f));
            }
        }
    }
}
