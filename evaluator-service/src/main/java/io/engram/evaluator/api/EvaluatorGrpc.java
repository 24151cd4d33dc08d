package io.engram.evaluator.api;

import io.engram.evaluator.application.Results;
import io.engram.evaluator.application.StoredOutcomes;
import io.engram.evaluator.config.EvaluatorConfig;
import io.engram.evaluator.domain.Evaluation;
import io.engram.evaluator.domain.Outcome;
import io.engram.proto.evaluator.v1.EvaluatorService;
import io.engram.proto.evaluator.v1.GetAccuracyMatrixRequest;
import io.engram.proto.evaluator.v1.GetAccuracyMatrixResponse;
import io.engram.proto.evaluator.v1.GetConfusionMatrixRequest;
import io.engram.proto.evaluator.v1.GetConfusionMatrixResponse;
import io.engram.proto.evaluator.v1.GetSummaryRequest;
import io.engram.proto.evaluator.v1.GetSummaryResponse;
import io.engram.proto.evaluator.v1.ListEvaluationsRequest;
import io.engram.proto.evaluator.v1.ListEvaluationsResponse;
import io.engram.proto.evaluator.v1.WatchEvaluationsRequest;
import io.engram.proto.evaluator.v1.WatchEvaluationsResponse;
import io.engram.proto.name.RunName;
import io.engram.proto.name.TaskName;
import io.engram.proto.paging.Paging;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The contract's EvaluatorService. */
@GrpcService
public class EvaluatorGrpc implements EvaluatorService {
    private final Results results;
    private final StoredOutcomes stored;
    private final EvaluatorConfig config;

    /**
     * @param results what it answers from
     * @param stored wakes those who watch
     */
    public EvaluatorGrpc(Results results, StoredOutcomes stored, EvaluatorConfig config) {
        this.results = results;
        this.stored = stored;
        this.config = config;
    }

    @Override
    @Blocking
    public Uni<GetAccuracyMatrixResponse> getAccuracyMatrix(GetAccuracyMatrixRequest request) {
        RunName run = RunName.parse("run", request.getRun());
        return Uni.createFrom().item(() -> Responses.matrix(results.of(run)));
    }

    @Override
    @Blocking
    public Uni<GetConfusionMatrixResponse> getConfusionMatrix(GetConfusionMatrixRequest request) {
        TaskName task = TaskName.parse("name", request.getName());
        return Uni.createFrom().item(() -> Responses.confusion(results.confusion(task)));
    }

    @Override
    @Blocking
    public Uni<GetSummaryResponse> getSummary(GetSummaryRequest request) {
        RunName run = RunName.parse("run", request.getRun());
        Optional<RunName> reference = request.getReference().isEmpty()
                ? Optional.empty()
                : Optional.of(RunName.parse("reference", request.getReference()));
        return Uni.createFrom().item(() -> Responses.summary(results.of(run, reference)));
    }

    @Override
    @Blocking
    public Uni<ListEvaluationsResponse> listEvaluations(ListEvaluationsRequest request) {
        Paging paging = Paging.of(request.getPageSize(), request.getPageToken());
        Paging.Page<Evaluation> page = request.getRun().isEmpty()
                ? results.page(paging)
                : results.pageOf(RunName.parse("run", request.getRun()), paging);
        return Uni.createFrom().item(Responses.evaluations(page));
    }

    @Override
    public Multi<WatchEvaluationsResponse> watchEvaluations(WatchEvaluationsRequest request) {
        RunName run = RunName.parse("run", request.getRun());
        Watch watch = new Watch(run);
        return Multi.createBy()
                .merging()
                .streams(Multi.createFrom().ticks().every(config.watchInterval()), storedHere(run))
                .onOverflow()
                .dropPreviousItems()
                .emitOn(Infrastructure.getDefaultWorkerPool(), 1)
                .onItem()
                .transformToIterable(moment -> watch.next())
                .select()
                .first(Optional::isPresent)
                .map(Optional::orElseThrow)
                .map(Responses::watched);
    }

    /** An item whenever this process has stored an outcome of the run. What other processes store is seen a moment later. */
    private Multi<Long> storedHere(RunName run) {
        return Multi.createFrom()
                .emitter(
                        emitter -> emitter.onTermination(stored.listen(moved -> {
                            if (moved.equals(run)) {
                                emitter.emit(0L);
                            }
                        })),
                        BackPressureStrategy.LATEST);
    }

    /** How far one watcher has come. Its calls come one after another. */
    private final class Watch {
        private final RunName run;
        private long seen = -1;

        Watch(RunName run) {
            this.run = run;
        }

        /** What is new. Where the last outcome of the run is among it, an empty item comes after it and ends the stream. */
        List<Optional<Outcome>> next() {
            List<Optional<Outcome>> found = new ArrayList<>();
            boolean ended = false;
            for (Outcome outcome : results.storedAfter(run, seen)) {
                seen = outcome.sequence();
                ended |= outcome.isLast();
                found.add(Optional.of(outcome));
            }
            if (ended) {
                found.add(Optional.empty());
            }
            return found;
        }
    }
}
