package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.engram.learning.method.Method;
import io.engram.learning.method.Methods;
import io.engram.learning.scenario.ScenarioKind;
import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.tensor.TensorEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Parameters after more than 50 steps against what eager PyTorch 2.7.1 made of the same steps. Processors differ in the
 * last bits, so that here 1e-5 is allowed; {@link ParityReferenceTest} asks for the same bits, and recorded the fixtures. How
 * they were made, and by how much processors were seen to differ, is told beside them, in {@code README.md}.
 */
class ParityFixtureTest {

    @TempDir
    private Path folder;

    static Stream<ParityCase> withFixtures() {
        return Stream.of(ParityCase.values()).filter(ParityCase::hasFixture);
    }

    @Test
    void everyMethodIsCompared() {
        assertThat(compared(ScenarioKind.CLASS_INCREMENTAL))
                .containsAll(Methods.CATALOG.entries().stream()
                        .map(CatalogEntry::name)
                        .toList());
    }

    @Test
    void everyMethodThatAsksForTheTaskIsComparedWhereItIsGiven() {
        assertThat(compared(ScenarioKind.TASK_INCREMENTAL))
                .containsAll(Methods.CATALOG.entries().stream()
                        .map(CatalogEntry::name)
                        .filter(ParityFixtureTest::asksForTheTask)
                        .toList());
    }

    private static Set<String> compared(ScenarioKind kind) {
        return withFixtures()
                .map(ParityCase::training)
                .filter(training -> training.form().kind() == kind)
                .map(training -> training.method().name())
                .collect(Collectors.toSet());
    }

    private static boolean asksForTheTask(String name) {
        Method method = Runs.method(name);
        return method.scenarios().contains(ScenarioKind.TASK_INCREMENTAL)
                && Stream.of("self.cross_entropy(", "self.among(", "self.task_given(")
                        .anyMatch(method.text()::contains);
    }

    @ParameterizedTest
    @MethodSource("withFixtures")
    void endsWithTheParametersOfPyTorch(ParityCase parity) throws IOException {
        RecordedSteps.Result result = parity.training().train(TensorEngine.start(1), folder);

        List<float[]> reference =
                RecordedSteps.readTensors(ParityCase.class.getResourceAsStream("parity/" + parity.fixture()));
        assertThat(result.steps()).isGreaterThan(50);
        assertThat(result.tensors()).hasSameSizeAs(reference);
        for (int k = 0; k < reference.size(); k++) {
            float[] ours = result.tensors().get(k).values();
            assertThat(ours).as(result.tensors().get(k).name()).hasSameSizeAs(reference.get(k));
            for (int i = 0; i < ours.length; i++) {
                assertThat(ours[i]).isCloseTo(reference.get(k)[i], offset(1e-5f));
            }
        }
    }
}
