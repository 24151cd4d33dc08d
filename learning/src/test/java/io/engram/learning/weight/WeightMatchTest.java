package io.engram.learning.weight;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.learning.artifact.NamedTensor;
import io.engram.learning.backbone.Initial;
import io.engram.learning.backbone.ParameterShape;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WeightMatchTest {
    private static final List<ParameterShape> EXPECTED =
            List.of(parameter("backbone.conv1.weight", 2, 1), parameter("backbone.bn1.bias", 2));

    @Test
    void tensorsAreFoundByNameInWhateverOrder() {
        WeightMatch match = WeightMatch.of(EXPECTED, List.of(tensor("bn1.bias", 2), tensor("conv1.weight", 2, 1)));

        assertThat(match.complete()).isTrue();
        assertThat(match.report()).isEmpty();
        assertThat(match.matched())
                .extracting(NamedTensor::name)
                .containsExactly("backbone.conv1.weight", "backbone.bn1.bias");
    }

    @Test
    void ourOwnNamesGoFirst() {
        NamedTensor own = new NamedTensor("backbone.bn1.bias", List.of(2), new float[] {7, 8});

        WeightMatch match = WeightMatch.of(EXPECTED, List.of(tensor("bn1.bias", 2), own, tensor("conv1.weight", 2, 1)));

        assertThat(match.matched().get(1).values()).containsExactly(7, 8);
        assertThat(match.unexpected()).containsExactly("bn1.bias");
    }

    @Test
    void whatTheNetworkLacksIsReportedAndDoesNoHarm() {
        WeightMatch match = WeightMatch.of(
                EXPECTED, List.of(tensor("conv1.weight", 2, 1), tensor("bn1.bias", 2), tensor("fc.weight", 10, 2)));

        assertThat(match.complete()).isTrue();
        assertThat(match.report()).isEqualTo("unexpected: fc.weight");
    }

    @Test
    void missingAndMisshapenAndUnexpectedAreReportedTogether() {
        WeightMatch match = WeightMatch.of(EXPECTED, List.of(tensor("conv1.weight", 1, 2), tensor("bn.bias", 2)));

        assertThat(match.complete()).isFalse();
        assertThat(match.report())
                .isEqualTo("missing: backbone.bn1.bias; misshapen: backbone.conv1.weight is [1, 2], not [2, 1]; "
                        + "unexpected: bn.bias");
    }

    @Test
    void aLongReportSaysHowManyMoreThereAre() {
        List<ParameterShape> many = IntStream.range(0, 10)
                .mapToObj(i -> parameter("backbone." + i, 1))
                .toList();

        assertThat(WeightMatch.of(many, List.of()).report())
                .startsWith("missing: backbone.0, backbone.1,")
                .endsWith("backbone.7 and 2 more");
    }

    private static ParameterShape parameter(String name, Integer... shape) {
        return new ParameterShape(name, List.of(shape), new Initial.Constant(0));
    }

    private static NamedTensor tensor(String name, Integer... shape) {
        int size = List.of(shape).stream().reduce(1, Math::multiplyExact);
        return new NamedTensor(name, List.of(shape), new float[size]);
    }
}
