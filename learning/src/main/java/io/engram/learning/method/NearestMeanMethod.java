package io.engram.learning.method;

import java.util.ArrayList;
import java.util.List;

/** What methods decide alike that distil from the old network and have frozen models choose the nearest mean of exemplars. */
interface NearestMeanMethod extends ExemplarMethod {

    @Override
    default List<String> state() {
        List<String> state = new ArrayList<>(OldNetwork.STATE);
        state.addAll(ExemplarMeans.STATE);
        return state;
    }

    /** Each class has a mean. */
    @Override
    default int leastMemory(int classes) {
        return classes;
    }

    @Override
    default String classifier() {
        return ExemplarMeans.CLASSIFIER;
    }
}
