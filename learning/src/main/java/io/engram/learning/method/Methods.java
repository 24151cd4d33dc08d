package io.engram.learning.method;

import io.engram.learning.setting.Catalog;
import java.util.List;

/** The catalog of methods. A new one is a file and a line here. */
public final class Methods {
    public static final Catalog<Method> CATALOG = new Catalog<>(
            "method",
            List.of(
                    Finetune.ENTRY,
                    Joint.ENTRY,
                    Cumulative.ENTRY,
                    ElasticWeightConsolidation.ENTRY,
                    OnlineElasticWeightConsolidation.ENTRY,
                    SynapticIntelligence.ENTRY,
                    MemoryAwareSynapses.ENTRY,
                    LearningWithoutForgetting.ENTRY,
                    GradientProjectionMemory.ENTRY,
                    ExperienceReplay.ENTRY,
                    AsymmetricCrossEntropy.ENTRY,
                    AsymmetricMetricLearning.ENTRY,
                    MaximallyInterferedRetrieval.ENTRY,
                    GradientSampleSelection.ENTRY,
                    AveragedGradientEpisodicMemory.ENTRY,
                    DarkExperienceReplay.ENTRY,
                    DarkExperienceReplayPlus.ENTRY,
                    Gdumb.ENTRY,
                    IncrementalClassifierLearning.ENTRY,
                    BiasCorrection.ENTRY,
                    WeightAligning.ENTRY,
                    SeparatedSoftmax.ENTRY,
                    EndToEndIncrementalLearning.ENTRY,
                    UnifiedClassifierRebalancing.ENTRY,
                    PooledOutputsDistillation.ENTRY,
                    NearestClassMean.ENTRY,
                    StreamingDiscriminant.ENTRY));

    private Methods() {}
}
