package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.engram.learning.artifact.NamedTensor;
import io.engram.learning.backbone.Backbone;
import io.engram.learning.backbone.Backbones;
import io.engram.learning.head.LinearHead;
import io.engram.learning.setting.Settings;
import io.engram.replay.SplitMix64;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A network of 4 inputs, 3 hidden units and two state tensors for each parameter, as Adam has. */
class NetworkTest {
    private static final int HEAD_WEIGHT = 2;

    private final NDManager manager = Runs.ENGINE.newManager(Device.cpu());
    private final Network network = network(1);

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void parametersAreThoseOfBackboneThenHead() {
        network.grow(2);

        assertThat(network.weights())
                .extracting(NamedTensor::name)
                .containsExactly("backbone.0.weight", "backbone.0.bias", "head.weight", "head.bias");
        assertThat(network.weights())
                .extracting(NamedTensor::shape)
                .containsExactly(List.of(3, 4), List.of(3), List.of(2, 3), List.of(2));
    }

    /** PyTorch's default for linear layers: uniform within 1/sqrt(inputs), 0.5 for 4 inputs and 0.577 for 3. */
    @Test
    void initialValuesLieWithinTheBoundOfTheirLayer() {
        network.grow(50);

        assertThat(largest(network.weights().get(0))).isBetween(0.25f, 0.5f);
        assertThat(largest(network.weights().get(HEAD_WEIGHT))).isBetween(0.5f, 0.57736f);
    }

    @Test
    void initialValuesFollowFromTheSeed() {
        network.grow(2);

        assertThat(grown(network(1)).get(0).values())
                .isEqualTo(network.weights().get(0).values());
        assertThat(grown(network(2)).get(0).values())
                .isNotEqualTo(network.weights().get(0).values());
    }

    @Test
    void rowsOfOldClassesStayBitForBitWhenTheHeadGrows() {
        network.grow(2);
        List<NamedTensor> before = network.weights();

        network.grow(5);

        assertThat(Arrays.copyOf(network.weights().get(HEAD_WEIGHT).values(), 6))
                .isEqualTo(before.get(HEAD_WEIGHT).values());
        assertThat(Arrays.copyOf(network.weights().get(HEAD_WEIGHT + 1).values(), 2))
                .isEqualTo(before.get(HEAD_WEIGHT + 1).values());
        assertThat(network.weights().get(0).values()).isEqualTo(before.get(0).values());
    }

    @Test
    void newRowsAreInitialisedWithinTheBound() {
        network.grow(2);

        network.grow(50);

        float[] values = network.weights().get(HEAD_WEIGHT).values();
        float[] added = Arrays.copyOfRange(values, 6, values.length);
        assertThat(largest(added)).isBetween(0.5f, 0.57736f);
    }

    @Test
    void theOptimizersStateOfOldRowsIsKeptAndThatOfNewRowsIsZero() {
        network.grow(2);
        NDArray mean = network.moments().get(2 * HEAD_WEIGHT);
        NDArray square = network.moments().get(2 * HEAD_WEIGHT + 1);
        mean.set(new float[] {1, 2, 3, 4, 5, 6});
        square.set(new float[] {6, 5, 4, 3, 2, 1});

        network.grow(3);

        assertThat(network.moments().get(2 * HEAD_WEIGHT).toFloatArray()).containsExactly(1, 2, 3, 4, 5, 6, 0, 0, 0);
        assertThat(network.moments().get(2 * HEAD_WEIGHT + 1).toFloatArray())
                .containsExactly(6, 5, 4, 3, 2, 1, 0, 0, 0);
    }

    @Test
    void growingToTheSameNumberOfClassesChangesNothing() {
        network.grow(2);
        float[] before = network.weights().get(HEAD_WEIGHT).values();

        network.grow(2);

        assertThat(network.weights().get(HEAD_WEIGHT).values()).isEqualTo(before);
    }

    @Test
    void forgettingTheOptimizersStateLeavesZerosAndTheClockAtZero() {
        network.grow(2);
        network.moments().get(0).set(new float[12]);
        network.moments().get(0).addi(1);
        network.clock().set(new double[] {7});

        network.resetMoments();

        assertThat(network.moments()).hasSize(8).allSatisfy(state -> assertThat(state.toFloatArray())
                .containsOnly(0));
        assertThat(network.clock().toDoubleArray()).containsExactly(0);
    }

    @Test
    void startingOverDrawsNewValuesAndForgetsTheClasses() {
        network.grow(4);
        float[] before = network.weights().get(0).values();

        network.startOver();
        network.grow(2);

        assertThat(network.weights().get(0).values()).isNotEqualTo(before);
        assertThat(network.weights().get(HEAD_WEIGHT).shape()).containsExactly(2, 3);
        assertThat(network.moments()).hasSize(8);
    }

    @Test
    void weightsFromOutsideTakeThePlaceOfInitialOnesThatAreNotDrawn() {
        network.grow(2);
        Network other = network(2);
        long before = other.randomState();

        other.load(2, network.weights());

        assertThat(other.weights())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(network.weights());
        assertThat(other.parameters().get(0).hasGradient()).isTrue();
        assertThat(other.randomState()).isEqualTo(before);
    }

    @Test
    void weightsOfAnotherNumberOfClassesAreRefusedAndChangeNothing() {
        network.grow(3);
        Network other = network(2);
        other.grow(2);
        List<NamedTensor> before = other.weights();

        assertThatThrownBy(() -> other.load(2, network.weights()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "expected tensor " + before.get(HEAD_WEIGHT).name() + " of shape [2, 3]");

        assertThat(other.weights())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(before);
    }

    private Network network(long seed) {
        Backbone backbone = Backbones.CATALOG
                .get("mlp")
                .create(new Settings(Map.of("hidden", List.of(3.0))))
                .forSamples(List.of(1, 2, 2));
        return new Network(backbone, new LinearHead(backbone), 2, new SplitMix64(seed), manager);
    }

    private static List<NamedTensor> grown(Network network) {
        network.grow(2);
        return network.weights();
    }

    private static float largest(NamedTensor tensor) {
        return largest(tensor.values());
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
