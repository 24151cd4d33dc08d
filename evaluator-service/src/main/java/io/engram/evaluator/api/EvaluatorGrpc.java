package io.engram.evaluator.api;

import io.engram.evaluator.application.Results;
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
import java.util.List;
import java.util.Optional;

/** The contract's EvaluatorService. */
@GrpcService
public class EvaluatorGrpc implements EvaluatorService {
    private final Results results;
    private final EvaluatorConfig config;

    /** @param results what it answers from */
    public EvaluatorGrpc(Results results, EvaluatorConfig config) {
        this.results = results;
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
                .repeating()
                .uni(() -> Uni.createFrom().item(watch::next).runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
                .withDelay(config.watchInterval())
                .until(found -> watch.hasEnded())
                .onItem()
                .transformToIterable(found -> found)
                .map(Responses::watched);
    }

    /** How far one watcher has come. Its calls come one after another. */
    private final class Watch {
        private final RunName run;
        private volatile long seen = -1;
        private volatile boolean lastSent;
        private volatile boolean ended;

        Watch(RunName run) {
            this.run = run;
        }

        List<Outcome> next() {
            if (lastSent) {
                ended = true;
                return List.of();
            }
            List<Outcome> found = results.storedAfter(run, seen);
            for (Outcome outcome : found) {
                seen = outcome.sequence();
                lastSent |= outcome.isLast();
            }
            return found;
        }

        boolean hasEnded() {
            return ended;
        }
    }
}
