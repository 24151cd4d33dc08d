package io.engram.learning.method;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HerdingTest {

    /**
     * Of (1, 0), (0, 1) and (0.6, 0.8) the sum is (1.6, 1.8), of length sqrt(5.8) = 2.4083, so that the mean points to
     * (0.6644, 0.7474). Distances to it: first sqrt(2 - 2 * 0.6644) = 0.819, second sqrt(2 - 2 * 0.7474) = 0.711, third
     * sqrt(2 - 2 * 0.9966) = 0.083, so that the third comes first. With the first, the mean of two is (0.8, 0.4), at
     * sqrt(0.1356^2 + 0.3474^2) = 0.373; with the second (0.3, 0.9), at sqrt(0.3644^2 + 0.1526^2) = 0.395: the first
     * comes next.
     */
    @Test
    void theOrderIsThatOfAHandCalculation() {
        float[][] features = {{1, 0}, {0, 1}, {0.6f, 0.8f}};

        assertThat(Herding.select(features, 3)).containsExactly(2, 0, 1);
    }

    /** The mean of four at right angles is 0: first any, so the first; then the opposite, which brings the mean back to 0. */
    @Test
    void whatStraysIsBalancedByItsOpposite() {
        float[][] features = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};

        assertThat(Herding.select(features, 4)).containsExactly(0, 2, 1, 3);
    }

    @Test
    void equalSamplesAreEachSelectedOnceInOrder() {
        float[][] features = {{0, 1}, {0, 1}, {0, 1}};

        assertThat(Herding.select(features, 2)).containsExactly(0, 1);
    }

    @Test
    void samplesWithoutFeaturesAreSelectedAsWell() {
        assertThat(Herding.select(new float[3][4], 2)).containsExactly(0, 1);
    }

    @Test
    void ofNothingNothingIsSelected() {
        assertThat(Herding.select(new float[0][], 2)).isEmpty();
        assertThat(Herding.select(new float[][] {{1}}, 0)).isEmpty();
    }

    @Property
    void noSampleIsSelectedTwiceAndAClassGivesWhatItHas(
            @ForAll("unitRows") float[][] features, @ForAll @IntRange(max = 40) int count) {
        int[] selected = Herding.select(features, count);

        assertThat(selected).hasSize(Math.min(count, features.length)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(selected)).allMatch(row -> row >= 0 && row < features.length);
    }

    @Property
    void selectingAgainGivesTheSameAndASmallerSelectionIsItsBeginning(
            @ForAll("unitRows") float[][] features, @ForAll @IntRange(max = 40) int count) {
        int[] selected = Herding.select(features, count);

        assertThat(Herding.select(features, count)).isEqualTo(selected);
        assertThat(Herding.select(features, count / 2))
                .isEqualTo(Arrays.copyOf(selected, Math.min(count / 2, selected.length)));
    }

    /** The definition: of all that are left, none brings the mean of those selected nearer. */
    @Property
    void everyChoiceIsTheBestOfThoseLeft(@ForAll("unitRows") float[][] features) {
        int[] selected = Herding.select(features, features.length);

        for (int k = 0; k < selected.length; k++) {
            List<Integer> before = Arrays.stream(selected).limit(k).boxed().toList();
            double chosen = distance(features, before, selected[k]);
            for (int other = 0; other < features.length; other++) {
                if (!before.contains(other)) {
                    assertThat(chosen).isLessThanOrEqualTo(distance(features, before, other) + 1e-6);
                }
            }
        }
    }

    private static double distance(float[][] features, List<Integer> before, int next) {
        double[] mean = new double[2];
        for (float[] row : features) {
            mean[0] += row[0];
            mean[1] += row[1];
        }
        double length = Math.max(1e-12, Math.hypot(mean[0], mean[1]));
        double x = features[next][0];
        double y = features[next][1];
        for (int row : before) {
            x += features[row][0];
            y += features[row][1];
        }
        int k = before.size() + 1;
        return Math.hypot(mean[0] / length - x / k, mean[1] / length - y / k);
    }

    @Provide
    Arbitrary<float[][]> unitRows() {
        return Arbitraries.doubles()
                .between(0, 3)
                .map(angle -> new float[] {(float) Math.cos(angle), (float) Math.sin(angle)})
                .array(float[][].class)
                .ofMinSize(1)
                .ofMaxSize(30);
    }
}
