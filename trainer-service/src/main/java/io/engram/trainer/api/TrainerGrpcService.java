package io.engram.trainer.api;

import io.engram.proto.name.RunName;
import io.engram.proto.paging.Paging;
import io.engram.proto.trainer.v1.CancelRunRequest;
import io.engram.proto.trainer.v1.CancelRunResponse;
import io.engram.proto.trainer.v1.CreateRunRequest;
import io.engram.proto.trainer.v1.CreateRunResponse;
import io.engram.proto.trainer.v1.GetRunRequest;
import io.engram.proto.trainer.v1.GetRunResponse;
import io.engram.proto.trainer.v1.GetTrainingCurvesRequest;
import io.engram.proto.trainer.v1.GetTrainingCurvesResponse;
import io.engram.proto.trainer.v1.ListBackbonesRequest;
import io.engram.proto.trainer.v1.ListBackbonesResponse;
import io.engram.proto.trainer.v1.ListDatasetsRequest;
import io.engram.proto.trainer.v1.ListDatasetsResponse;
import io.engram.proto.trainer.v1.ListMethodsRequest;
import io.engram.proto.trainer.v1.ListMethodsResponse;
import io.engram.proto.trainer.v1.ListOptimizersRequest;
import io.engram.proto.trainer.v1.ListOptimizersResponse;
import io.engram.proto.trainer.v1.ListRunsRequest;
import io.engram.proto.trainer.v1.ListRunsResponse;
import io.engram.proto.trainer.v1.TrainerServiceGrpc;
import io.engram.proto.trainer.v1.WatchRunRequest;
import io.engram.proto.trainer.v1.WatchRunResponse;
import io.engram.trainer.application.RunSubmission;
import io.engram.trainer.application.RunWatchers;
import io.engram.trainer.application.Runs;
import io.engram.trainer.domain.TrainingRun;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/**
 * The calls of {@code engram.trainer.v1.TrainerService}. Refusals are thrown and become a status in one interceptor. Calls
 * that ask the database wait on worker threads; watching waits on none.
 */
@GrpcService
public class TrainerGrpcService extends TrainerServiceGrpc.TrainerServiceImplBase {
    private final RunSubmission submission;
    private final Runs runs;
    private final RunWatchers watchers;
    private final CatalogMessages catalogs;

    TrainerGrpcService(RunSubmission submission, Runs runs, RunWatchers watchers, CatalogMessages catalogs) {
        this.submission = submission;
        this.runs = runs;
        this.watchers = watchers;
        this.catalogs = catalogs;
    }

    @Override
    @Blocking
    public void createRun(CreateRunRequest request, StreamObserver<CreateRunResponse> response) {
        TrainingRun run = submission.submit(SubmissionReader.read(request));
        answer(
                response,
                CreateRunResponse.newBuilder().setRun(RunMessages.run(run)).build());
    }

    @Override
    @Blocking
    public void getRun(GetRunRequest request, StreamObserver<GetRunResponse> response) {
        TrainingRun run = runs.get(RunName.parse("name", request.getName()));
        answer(
                response,
                GetRunResponse.newBuilder().setRun(RunMessages.run(run)).build());
    }

    @Override
    @Blocking
    public void listRuns(ListRunsRequest request, StreamObserver<ListRunsResponse> response) {
        Paging paging = Paging.of(request.getPageSize(), request.getPageToken());
        Paging.Page<TrainingRun> page = runs.list(paging, request.getPageToken());
        ListRunsResponse.Builder message = ListRunsResponse.newBuilder().setNextPageToken(page.nextToken());
        page.entries().forEach(run -> message.addRuns(RunMessages.run(run)));
        answer(response, message.build());
    }

    @Override
    public void watchRun(WatchRunRequest request, StreamObserver<WatchRunResponse> response) {
        RunName name = RunName.parse("name", request.getName());
        WatchStream.start(watchers, name, (ServerCallStreamObserver<WatchRunResponse>) response);
    }

    @Override
    @Blocking
    public void cancelRun(CancelRunRequest request, StreamObserver<CancelRunResponse> response) {
        TrainingRun run = runs.cancel(RunName.parse("name", request.getName()));
        answer(
                response,
                CancelRunResponse.newBuilder().setRun(RunMessages.run(run)).build());
    }

    @Override
    @Blocking
    public void getTrainingCurves(
            GetTrainingCurvesRequest request, StreamObserver<GetTrainingCurvesResponse> response) {
        answer(response, RunMessages.curves(runs.curves(RunName.parse("name", request.getName()))));
    }

    @Override
    public void listMethods(ListMethodsRequest request, StreamObserver<ListMethodsResponse> response) {
        answer(
                response,
                ListMethodsResponse.newBuilder()
                        .addAllMethods(catalogs.methods())
                        .build());
    }

    @Override
    @Blocking
    public void listDatasets(ListDatasetsRequest request, StreamObserver<ListDatasetsResponse> response) {
        answer(
                response,
                ListDatasetsResponse.newBuilder()
                        .addAllDatasets(catalogs.datasets())
                        .build());
    }

    @Override
    public void listBackbones(ListBackbonesRequest request, StreamObserver<ListBackbonesResponse> response) {
        answer(
                response,
                ListBackbonesResponse.newBuilder()
                        .addAllBackbones(catalogs.backbones())
                        .build());
    }

    @Override
    public void listOptimizers(ListOptimizersRequest request, StreamObserver<ListOptimizersResponse> response) {
        answer(
                response,
                ListOptimizersResponse.newBuilder()
                        .addAllOptimizers(catalogs.optimizers())
                        .build());
    }

    private static <T> void answer(StreamObserver<T> response, T message) {
        response.onNext(message);
        response.onCompleted();
    }
}
