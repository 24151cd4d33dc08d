package io.engram.learning.artifact;

import io.engram.learning.scenario.ScenarioForm;
import io.engram.learning.setting.Component;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a frozen model is: everything an evaluator needs beside the weights, and where the model comes from.
 *
 * @param taskIndex the task after which it was frozen, 0-based
 * @param dataset name of the data set
 * @param datasetFingerprint {@link io.engram.learning.dataset.Dataset#fingerprint} of what it was trained on
 * @param testFingerprint {@link io.engram.learning.dataset.Dataset#testFingerprint}: the same samples must be scored; absent in old
 *     descriptors, and then the whole data set must be the same
 * @param form how the tasks relate
 * @param labelsByTask original labels of each task so far; their order gives the columns of the head
 * @param nextTask the task that comes next, where the model can be scored on it; absent in old descriptors
 * @param backbone the network in front of the head
 * @param module the file that is this network, where there is one
 * @param head what stands on top of it: a name of {@link io.engram.learning.head.Heads} and its settings
 * @param classifier how it chooses a class: a name of {@link io.engram.learning.head.Classifiers}
 * @param provenance what made it (method, seed, threads, versions), for people; nothing depends on it
 */
public record ModelDescriptor(
        int taskIndex,
        String dataset,
        String datasetFingerprint,
        Optional<String> testFingerprint,
        ScenarioForm form,
        List<List<Integer>> labelsByTask,
        Optional<NextTask> nextTask,
        Component backbone,
        Optional<ModuleFile> module,
        Component head,
        String classifier,
        Map<String, String> provenance) {

    public ModelDescriptor {
        labelsByTask = labelsByTask.stream().map(List::copyOf).toList();
        provenance = Map.copyOf(provenance);
    }

    /** Of a model that is scored on the tasks it has learned alone, and whose network is no file. */
    public ModelDescriptor(
            int taskIndex,
            String dataset,
            String datasetFingerprint,
            ScenarioForm form,
            List<List<Integer>> labelsByTask,
            Component backbone,
            Component head,
            String classifier,
            Map<String, String> provenance) {
        this(
                taskIndex,
                dataset,
                datasetFingerprint,
                Optional.empty(),
                form,
                labelsByTask,
                Optional.empty(),
                backbone,
                Optional.empty(),
                head,
                classifier,
                provenance);
    }
}
