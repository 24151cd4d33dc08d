package io.engram.learning.method;

import io.engram.learning.scenario.ScenarioKind;
import java.util.EnumSet;
import java.util.Set;

/**
 * What methods that follow iCaRL decide alike: exemplars are replayed, ranked by herding, and classes must be new with each task.
 */
interface ExemplarMethod extends Method {

    @Override
    default Set<ScenarioKind> scenarios() {
        return EnumSet.of(ScenarioKind.CLASS_INCREMENTAL);
    }

    @Override
    default Replay replay() {
        return Replay.EXEMPLARS;
    }

    @Override
    default String insertionPolicy() {
        return HerdedExemplars.INSERTION_POLICY;
    }
}
