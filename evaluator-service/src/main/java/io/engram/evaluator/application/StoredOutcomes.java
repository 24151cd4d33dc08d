package io.engram.evaluator.application;

import io.engram.proto.name.RunName;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Says at once of which run this process has stored an evaluation or a failure. What other processes store, it does not know.
 * Used from any thread.
 */
@Singleton
public class StoredOutcomes {
    private final List<Consumer<RunName>> listeners = new CopyOnWriteArrayList<>();

    /**
     * Begins to tell a listener, on the thread that stores: it must not wait.
     *
     * @return ends it
     */
    public Runnable listen(Consumer<RunName> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** How many listen. */
    public int listeners() {
        return listeners.size();
    }

    /** Tells all listeners that an outcome of a run was stored. */
    public void tell(RunName run) {
        listeners.forEach(listener -> listener.accept(run));
    }
}
