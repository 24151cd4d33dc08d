package io.engram.service.error;

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
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Fails as methods that return Uni and Multi do. */
@GrpcService
class FailingEvaluations implements EvaluatorService {
    @Override
    public Uni<GetAccuracyMatrixResponse> getAccuracyMatrix(GetAccuracyMatrixRequest request) {
        return Uni.createFrom().failure(FailingBuffers.missing());
    }

    @Override
    public Uni<GetConfusionMatrixResponse> getConfusionMatrix(GetConfusionMatrixRequest request) {
        return Uni.createFrom().failure(FailingBuffers.missing());
    }

    @Override
    public Uni<GetSummaryResponse> getSummary(GetSummaryRequest request) {
        return Uni.createFrom().failure(new IllegalStateException("a secret"));
    }

    @Override
    public Uni<ListEvaluationsResponse> listEvaluations(ListEvaluationsRequest request) {
        throw FailingBuffers.missing();
    }

    @Override
    public Multi<WatchEvaluationsResponse> watchEvaluations(WatchEvaluationsRequest request) {
        return Multi.createFrom().failure(FailingBuffers.missing());
    }
}
