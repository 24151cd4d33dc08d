package io.engram.trainer.persistence;

import io.engram.learning.run.CurvePoint;
import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.name.RunName;
import io.engram.trainer.application.NewRun;
import io.engram.trainer.application.RunStore;
import io.engram.trainer.application.Runs;
import io.engram.trainer.domain.RunChange;
import io.engram.trainer.domain.RunState;
import io.engram.trainer.domain.TrainingRun;
import io.engram.trainer.event.RunEvents;
import io.engram.trainer.spec.RunSpecJson;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Runs in PostgreSQL. Each method is one transaction. */
public final class JdbiRunStore implements RunStore {
    private final Database database;
    private final RunEvents events;

    public JdbiRunStore(Jdbi jdbi, RunEvents events) {
        this.database = new Database(jdbi);
        this.events = events;
    }

    @Override
    public Kept create(NewRun run) {
        return database.inTransaction(handle -> {
            int inserted = handle.createUpdate("""
                    insert into run (id, request_id, request_fingerprint, display_name, spec, task_count, status)
                    values (:id, :requestId, :fingerprint, :displayName, :spec, :taskCount, 'QUEUED')
                    on conflict (request_id) do nothing""")
                    .bind("id", run.name().run())
                    .bind("requestId", run.requestId().isEmpty() ? null : run.requestId())
                    .bind("fingerprint", run.fingerprint())
                    .bind("displayName", run.displayName())
                    .bind("spec", RunSpecJson.print(run.spec()))
                    .bind("taskCount", run.taskCount())
                    .execute();
            if (inserted == 0) {
                return ofRequest(handle, run.requestId()).orElseThrow();
            }
            TrainingRun queued = RunTable.find(handle, run.name()).orElseThrow();
            events.stateChanged(handle, queued, queued.createTime());
            return new Kept(queued, run.fingerprint());
        });
    }

    @Override
    public Optional<Kept> ofRequest(String requestId) {
        return database.inTransaction(handle -> ofRequest(handle, requestId));
    }

    private static Optional<Kept> ofRequest(Handle handle, String requestId) {
        return handle.createQuery("select id, request_fingerprint from run where request_id = :requestId")
                .bind("requestId", requestId)
                .map((row, context) -> new Kept(
                        RunTable.find(handle, new RunName(row.getString("id"))).orElseThrow(),
                        row.getString("request_fingerprint")))
                .findFirst();
    }

    @Override
    public Optional<TrainingRun> find(RunName name) {
        return database.inTransaction(handle -> RunTable.find(handle, name));
    }

    @Override
    public SortedMap<Integer, List<CurvePoint>> curves(RunName name) {
        return database.inTransaction(handle -> LearnedTaskTable.curves(handle, name));
    }

    @Override
    public List<TrainingRun> newest(OptionalLong below, int limit) {
        return database.inTransaction(handle -> RunTable.list(
                handle,
                "where sequence < :below order by sequence desc limit :limit",
                query -> query.bind("below", below.orElse(Long.MAX_VALUE)).bind("limit", limit)));
    }

    @Override
    public Map<RunName, Long> revisions(Collection<RunName> names) {
        Map<RunName, Long> revisions = new HashMap<>();
        database.inTransaction(handle -> handle.createQuery("select id, revision from run where id = any(:ids)")
                .bindArray("ids", String.class, names.stream().map(RunName::run).toList())
                .map((row, context) -> revisions.put(new RunName(row.getString("id")), row.getLong("revision")))
                .list());
        return revisions;
    }

    @Override
    public TrainingRun cancel(RunName name) {
        return database.inTransaction(handle -> {
            RunRow row = RunTable.lock(handle, name).orElseThrow(() -> Runs.notFound(name));
            if (row.state() instanceof RunState.Queued queued) {
                end(handle, row, queued.cancel());
            } else if (row.state() instanceof RunState.Running running) {
                cancel(handle, row, running);
            } else if (!(row.state() instanceof RunState.Cancelled)) {
                throw ended(row);
            }
            return RunTable.find(handle, name).orElseThrow();
        });
    }

    /** A run whose trainer is gone is cancelled at once; any other trainer is asked. */
    private void cancel(Handle handle, RunRow row, RunState.Running running) {
        if (running.lease().until().isBefore(row.now())) {
            end(handle, row, running.cancel());
        } else {
            handle.createUpdate("update run set cancel_requested = true where id = :id")
                    .bind("id", row.name().run())
                    .execute();
        }
    }

    private void end(Handle handle, RunRow row, RunChange change) {
        RunTable.write(handle, row.name(), change);
        events.stateChanged(handle, RunTable.find(handle, row.name()).orElseThrow(), row.now());
    }

    private static ApiException ended(RunRow row) {
        return ApiException.of(
                        ErrorReason.RUN_ENDED,
                        row.name() + " has ended (" + row.state().status() + "): there is nothing to cancel")
                .with("run", row.name().toString())
                .with("state", row.state().status().name());
    }

    @Override
    public Map<String, Long> countByStatus() {
        Map<String, Long> counts = new HashMap<>();
        database.inTransaction(handle -> handle.createQuery("select status, count(*) as runs from run group by status")
                .map((row, context) -> counts.put(row.getString("status"), row.getLong("runs")))
                .list());
        return counts;
    }
}
