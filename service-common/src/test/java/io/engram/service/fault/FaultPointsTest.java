package io.engram.service.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Runs on the JVM alone: it calls classes without anything outside them. */
class FaultPointsTest {
    @Test
    void aPointThatIsArmedForALaterTimeLetsTheEarlierOnesPassAndHappensOnce() {
        FaultPoints faults = new FaultPoints(Optional.empty());
        List<Integer> happenedAt = new ArrayList<>();
        int[] time = {0};
        faults.armAt("here", 3, () -> happenedAt.add(time[0]));

        for (time[0] = 1; time[0] <= 5; time[0]++) {
            faults.reach("there");
            faults.reach("here");
        }

        assertThat(happenedAt).containsExactly(3);
    }
}
