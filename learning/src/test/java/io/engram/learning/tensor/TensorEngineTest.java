package io.engram.learning.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorEngineTest {

    private final TensorEngine engine = TensorEngine.start(1);

    @Test
    void theCpuIsAlwaysThere() {
        assertThat(engine.device("cpu")).isEqualTo(Device.cpu());
    }

    @Test
    void askingForAGpuWhereThereIsNoneSaysSo() {
        assumeNoGpu();

        assertThatThrownBy(() -> engine.device("cuda:0"))
                .isInstanceOf(DeviceUnavailableException.class)
                .hasMessage("there is no GPU here (" + engine.description() + "); use \"auto\" or \"cpu\"");
    }

    @Test
    void autoIsTheCpuWhereThereIsNoGpu() {
        assumeNoGpu();

        assertThat(engine.device("auto")).isEqualTo(Device.cpu());
    }

    @Test
    void aLaterStartGivesTheEngineAsItWasStartedFirst() {
        assertThat(TensorEngine.start(engine.threads() + 1).threads()).isEqualTo(engine.threads());
    }

    @Test
    void theDescriptionNamesLibraryAndThreads() {
        assertThat(engine.description()).matches("libtorch 2\\.7\\.1, \\w+, \\d+ threads?");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void fewerThanOneThreadIsRefused(int threads) {
        assertThatThrownBy(() -> TensorEngine.start(threads))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threads was " + threads + "; allowed: 1 or more");
    }

    private void assumeNoGpu() {
        assumeTrue(!engine.device("auto").isGpu(), "this machine has a GPU");
    }
}
