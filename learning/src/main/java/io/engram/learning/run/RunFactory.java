package io.engram.learning.run;

import io.engram.learning.dataset.Datasets;
import io.engram.learning.memory.ReplayMemoryFactory;
import io.engram.learning.tensor.TensorEngine;

/**
 * Checks run specs and assembles runs: partitions the data, builds method, network, optimiser and memory. Safe for use by
 * many threads; a {@link Run} lives on the thread that makes it.
 */
public final class RunFactory {
    private final Datasets datasets;
    private final TensorEngine engine;

    public RunFactory(Datasets datasets, TensorEngine engine) {
        this.datasets = datasets;
        this.engine = engine;
    }

    /**
     * The spec with every default filled in.
     *
     * @throws InvalidRunSpecException with everything that was refused
     */
    public RunSpec complete(RunSpec spec) {
        return new SpecCheck(datasets, engine).complete(spec);
    }

    /** How large the run of a spec is; the spec is checked as by {@link #complete}. */
    public RunOutline outline(RunSpec spec) {
        return RunOutline.of(complete(spec), datasets);
    }

    /**
     * Assembles a run; the caller closes it.
     *
     * @param spec checked and completed here
     * @param memories makes its replay memory, where it has one
     * @throws InvalidRunSpecException with everything that was refused
     */
    public Run create(RunSpec spec, ReplayMemoryFactory memories) {
        return new Run(complete(spec), datasets, engine, memories);
    }
}
