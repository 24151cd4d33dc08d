package io.engram.trainer.application;

import io.engram.proto.name.RunName;
import io.engram.trainer.domain.TrainingRun;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Removes what only a run that goes on needs: its checkpoints, and its replay memory with them. Used from any thread. */
public final class Leftovers {
    private static final Logger LOG = Logger.getLogger(Leftovers.class);

    private final RunStore store;
    private final RunPlaces places;

    public Leftovers(RunStore store, RunPlaces places) {
        this.store = store;
        this.places = places;
    }

    /** Removes what is left of a run that has ended; does its best, and {@link #sweep} the rest. */
    public void discard(RunName run, int attempt) {
        places.checkpoints().discard(run);
        places.memories().discard(run, attempt, () -> places.checkpoints().forget(run));
    }

    /**
     * Removes what is left of every run that has ended or is not known: its trainer died before it could.
     *
     * @throws io.engram.proto.error.ApiException UNAVAILABLE where the store does not answer
     */
    void sweep() {
        for (RunName name : places.checkpoints().runs()) {
            Optional<TrainingRun> run = store.find(name);
            if (run.isEmpty() || run.get().state().status().isEnd()) {
                LOG.infof("run %s: it has ended, what it would go on from is removed", name);
                discard(name, run.map(ended -> ended.state().attempt()).orElse(0));
            }
        }
    }
}
