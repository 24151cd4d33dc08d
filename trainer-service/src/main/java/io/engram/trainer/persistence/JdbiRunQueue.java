package io.engram.trainer.persistence;

import io.engram.learning.run.CurvePoint;
import io.engram.learning.run.Progress;
import io.engram.trainer.application.Claim;
import io.engram.trainer.application.RunQueue;
import io.engram.trainer.domain.LearnedTask;
import io.engram.trainer.domain.Lease;
import io.engram.trainer.domain.ResumePoint;
import io.engram.trainer.domain.RunChange;
import io.engram.trainer.domain.RunState;
import io.engram.trainer.domain.TrainingRun;
import io.engram.trainer.event.RunEvents;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The queue in PostgreSQL: rows locked with {@code for update skip locked}, leases by the database's clock. */
public final class JdbiRunQueue implements RunQueue {
    private final Database database;
    private final RunEvents events;
    private final Duration lease;
    private final int attemptLimit;

    /**
     * The queue.
     *
     * @param lease how long a claim lasts without a sign of life
     * @param attemptLimit how many attempts may be lost
     */
    public JdbiRunQueue(Jdbi jdbi, RunEvents events, Duration lease, int attemptLimit) {
        this.database = new Database(jdbi);
        this.events = events;
        this.lease = lease;
        this.attemptLimit = attemptLimit;
    }

    @Override
    public Optional<TrainingRun> claim(String owner) {
        return database.inTransaction(handle -> RunTable.lockNext(handle).map(row -> {
            Lease next = new Lease(owner, row.now().plus(lease));
            RunChange change;
            if (row.state() instanceof RunState.Running lost) {
                change = row.withoutTasks().cancelRequested() ? lost.cancel() : lost.takeOver(next, attemptLimit);
            } else {
                change = ((RunState.Queued) row.state()).claim(next);
            }
            return move(handle, row, change);
        }));
    }

    @Override
    public boolean begin(Claim claim, Optional<ResumePoint> from) {
        return database.inTransaction(handle -> {
            Optional<RunRow> held = held(handle, claim);
            held.ifPresent(row -> {
                boolean unlearned = LearnedTaskTable.supersede(
                        handle, claim.run(), from.map(ResumePoint::taskIndex).orElse(0));
                RunTable.writeBeginning(handle, claim.run(), from, unlearned);
                extend(handle, claim);
            });
            return held.isPresent();
        });
    }

    @Override
    public Hold renew(Claim claim, Optional<Progress> progress) {
        return database.inTransaction(handle -> {
            Optional<RunRow> held = held(handle, claim);
            held.ifPresent(row -> {
                extend(handle, claim);
                progress.ifPresent(report -> RunTable.writeProgress(handle, claim.run(), report));
            });
            return hold(held.map(row -> row.withoutTasks().cancelRequested()));
        });
    }

    @Override
    public Hold look(Claim claim) {
        return database.inTransaction(handle -> hold(handle.createQuery("""
                        select cancel_requested from run
                        where id = :id and status = 'RUNNING' and attempt = :attempt and owner = :owner""")
                .bind("id", claim.run().run())
                .bind("attempt", claim.attempt())
                .bind("owner", claim.owner())
                .mapTo(Boolean.class)
                .findFirst()));
    }

    private static Hold hold(Optional<Boolean> cancelRequested) {
        return cancelRequested
                .map(cancel -> cancel ? Hold.CANCEL_REQUESTED : Hold.HELD)
                .orElse(Hold.LOST);
    }

    @Override
    public boolean complete(Claim claim, LearnedTask task, List<CurvePoint> curve, Progress progress) {
        return database.inTransaction(handle -> {
            Optional<RunRow> held = held(handle, claim);
            held.ifPresent(row -> {
                if (LearnedTaskTable.reinstate(handle, claim, task)) {
                    RunTable.writeProgress(handle, claim.run(), progress);
                } else if (LearnedTaskTable.insert(handle, claim, task, curve)) {
                    RunTable.writeProgress(handle, claim.run(), progress);
                    events.taskCompleted(handle, row.withoutTasks(), task, row.now());
                }
                extend(handle, claim);
            });
            return held.isPresent();
        });
    }

    @Override
    public boolean conclude(Claim claim, Conclusion conclusion) {
        return database.inTransaction(handle -> {
            Optional<RunRow> held = held(handle, claim);
            held.ifPresent(row -> move(handle, row, conclusion.of((RunState.Running) row.state(), row.now())));
            return held.isPresent();
        });
    }

    private TrainingRun move(Handle handle, RunRow row, RunChange change) {
        RunTable.write(handle, row.name(), change);
        TrainingRun moved = RunTable.find(handle, row.name()).orElseThrow();
        events.stateChanged(handle, moved, row.now());
        return moved;
    }

    /** The row, locked, where the claim still holds: the fence that every write of a trainer passes. */
    private static Optional<RunRow> held(Handle handle, Claim claim) {
        return RunTable.lock(handle, claim.run())
                .filter(row -> row.state() instanceof RunState.Running running
                        && running.attempt() == claim.attempt()
                        && running.lease().owner().equals(claim.owner()));
    }

    private void extend(Handle handle, Claim claim) {
        handle.createUpdate("update run set lease_until = now() + :millis * interval '1 millisecond' where id = :id")
                .bind("id", claim.run().run())
                .bind("millis", lease.toMillis())
                .execute();
    }
}
