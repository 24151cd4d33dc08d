package io.engram.trainer;

import static io.engram.trainer.TrainerClient.DEADLINE;
import static io.engram.trainer.TrainerClient.endless;
import static io.engram.trainer.TrainerClient.quick;
import static io.engram.trainer.TrainerClient.refusal;
import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.NullValue;
import com.google.protobuf.Value;
import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.error.FieldViolation;
import io.engram.proto.trainer.v1.CreateRunRequest;
import io.engram.proto.trainer.v1.GetTrainingCurvesRequest;
import io.engram.proto.trainer.v1.ListBackbonesRequest;
import io.engram.proto.trainer.v1.ListDatasetsRequest;
import io.engram.proto.trainer.v1.ListMethodsRequest;
import io.engram.proto.trainer.v1.ListOptimizersRequest;
import io.engram.proto.trainer.v1.ListRunsRequest;
import io.engram.proto.trainer.v1.ListRunsResponse;
import io.engram.proto.trainer.v1.Run;
import io.engram.proto.trainer.v1.RunState;
import io.engram.proto.trainer.v1.TrainedTask;
import io.engram.proto.trainer.v1.TrainingCurve;
import io.engram.proto.trainer.v1.WatchRunRequest;
import io.engram.proto.trainer.v1.WatchRunResponse;
import io.engram.proto.type.v1.CatalogEntry;
import io.engram.proto.type.v1.DatasetEntry;
import io.engram.proto.type.v1.RunSpec;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TrainerCallsTest extends AgainstTheTrainer {
    @Test
    void anAcceptedRunHasEveryDefaultFilledIn() {
        Run run = client.create(quick().setDisplayName("a first run"));

        RunSpec spec = run.getSpec();
        assertThat(run.getName()).matches("runs/[a-z0-9]{12}");
        assertThat(run.getState()).isEqualTo(RunState.RUN_STATE_QUEUED);
        assertThat(run.getTaskCount()).isEqualTo(5);
        assertThat(run.getAttempt()).isZero();
        assertThat(spec.getDisplayName()).isEqualTo("a first run");
        assertThat(spec.getScenario().getClassIncremental().getFirstTaskClasses())
                .isEqualTo(2);
        assertThat(spec.getScenario().getClassIncremental().getClassesPerTask()).isEqualTo(2);
        assertThat(spec.getScenario().getClassIncremental().getTasks()).isEqualTo(5);
        assertThat(spec.getScenario()
                        .getClassIncremental()
                        .getClassOrder()
                        .getLabels()
                        .getValuesList())
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(spec.getBackbone().getName()).isEqualTo("mlp");
        assertThat(spec.getBackbone().getSettings().getFieldsMap()).isNotEmpty();
        assertThat(spec.getOptimizer().getName()).isEqualTo("sgd");
        assertThat(spec.getOptimizer().getSettings().getFieldsMap()).containsKey("learning_rate");
        assertThat(spec.getTraining().getEpochs()).isEqualTo(1);
        assertThat(spec.getMemory().getBatchSize()).isEqualTo(32);
        assertThat(spec.getMemory().getInsertionPolicy()).isEqualTo("reservoir");
        assertThat(spec.getMemory().getSamplingPolicy()).isEqualTo("uniform");
        assertThat(spec.getDevice()).isEqualTo("auto");
        assertThat(spec.getSeed()).isEqualTo(1);
    }

    @Test
    void theNameOfAPresetStaysInTheSpecOfARunBesideWhatItFilledIn() {
        RunSpec.Builder spec = RunSpec.newBuilder();
        spec.getScenarioBuilder()
                .setDataset("digits")
                .getClassIncrementalBuilder()
                .setClassesPerTask(2);
        spec.getMethodBuilder().setName("er").setPreset("buzzega-split-mnist");

        Run created = client.create(spec);
        Run kept = client.get(created.getName());

        assertThat(created.getSpec().getMethod().getPreset()).isEqualTo("buzzega-split-mnist");
        assertThat(kept.getSpec()).isEqualTo(created.getSpec());
        assertThat(kept.getSpec().getMemory().getCapacity()).isEqualTo(500);
    }

    @Test
    void theSameRequestMakesOneRunAndAnotherSpecIsRefused() {
        Run first = client.create(quick(), "request-1");

        assertThat(client.create(quick(), "request-1").getName()).isEqualTo(first.getName());
        ApiException refused = refusal(() -> client.create(quick().setSeed(2), "request-1"));
        assertThat(refused.reason()).isEqualTo(ErrorReason.REQUEST_ID_REUSED);
        assertThat(refused.metadata()).containsEntry("run", first.getName());
    }

    @Test
    void everyViolationIsReportedAtOnce() {
        RunSpec.Builder spec =
                quick().setDisplayName("x".repeat(201)).setSeed(-1).setDevice("tpu");
        spec.getScenarioBuilder().getClassIncrementalBuilder().setTasks(0).setClassesPerTask(11);
        spec.getMethodBuilder().setName("err");
        spec.getOptimizerBuilder()
                .setName("sgd")
                .getSettingsBuilder()
                .putFields(
                        "learning_rate", Value.newBuilder().setNumberValue(-1).build())
                .putFields(
                        "momentum",
                        Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build());
        spec.getTrainingBuilder().setEpochs(0).setBatchSize(70000);
        spec.getMemoryBuilder().setCapacity(-1).setInsertionPolicy("best");

        ApiException refused = refusal(() -> client.create(spec, "not a request id"));

        assertThat(refused.reason()).isEqualTo(ErrorReason.INVALID_RUN_SPEC);
        assertThat(refused.violations())
                .extracting(FieldViolation::field)
                .containsExactlyInAnyOrder(
                        "request_id",
                        "display_name",
                        "optimizer.settings.momentum",
                        "scenario.class_incremental.tasks",
                        "scenario.class_incremental.classes_per_task",
                        "method.name",
                        "optimizer.settings.learning_rate",
                        "training.epochs",
                        "training.batch_size",
                        "memory.capacity",
                        "memory.insertion_policy",
                        "device",
                        "seed");
        assertThat(refused.violations())
                .filteredOn(violation -> violation.field().equals("method.name"))
                .allSatisfy(violation -> {
                    assertThat(violation.value()).contains("err");
                    assertThat(violation.allowed()).contains("er", "did you mean");
                });
    }

    @Test
    void anEmptyRequestNamesWhatIsRequired() {
        ApiException refused = refusal(() -> client.calls().createRun(CreateRunRequest.getDefaultInstance()));

        assertThat(refused.violations())
                .extracting(FieldViolation::field)
                .containsExactlyInAnyOrder("scenario.kind", "scenario.dataset", "method.name");
    }

    @Test
    void aDataSetThatIsNotThereAndADeviceThatIsNotThereAreRefused() {
        RunSpec.Builder spec = quick().setDevice("cuda:99");
        spec.getScenarioBuilder().setDataset("mnist");

        assertThat(refusal(() -> client.create(spec)).violations())
                .extracting(FieldViolation::field)
                .containsExactlyInAnyOrder("scenario.dataset", "device");
    }

    @Test
    void anOversizedMessageIsRefused() {
        RunSpec.Builder spec = quick().setDisplayName("x".repeat(2 << 20));

        StatusRuntimeException refused =
                Assertions.catchThrowableOfType(StatusRuntimeException.class, () -> client.create(spec));

        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    @Test
    void unknownRunsAndNamesThatAreNoneAreRefused() {
        assertThat(refusal(() -> client.get("runs/unknown")).reason()).isEqualTo(ErrorReason.RUN_NOT_FOUND);
        assertThat(refusal(() -> client.cancel("runs/unknown")).reason()).isEqualTo(ErrorReason.RUN_NOT_FOUND);
        assertThat(refusal(() -> watch("runs/unknown").next()).reason()).isEqualTo(ErrorReason.RUN_NOT_FOUND);
        assertThat(refusal(() -> client.get("run")).violations())
                .extracting(FieldViolation::field)
                .containsExactly("name");
        assertThat(refusal(() -> client.cancel("")).reason()).isEqualTo(ErrorReason.INVALID_ARGUMENT);
        assertThat(refusal(() -> watch("runs/A").next()).reason()).isEqualTo(ErrorReason.INVALID_ARGUMENT);
    }

    @Test
    void pagesStayStableWhileRunsArrive() {
        List<String> created = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            created.add(0, client.create(quick().setSeed(i)).getName());
        }

        ListRunsResponse first = list(2, "");
        client.create(quick().setSeed(100));
        ListRunsResponse second = list(2, first.getNextPageToken());
        ListRunsResponse third = list(1, second.getNextPageToken());

        assertThat(names(first)).isEqualTo(created.subList(0, 2));
        assertThat(names(second)).isEqualTo(created.subList(2, 4));
        assertThat(names(third)).isEqualTo(created.subList(4, 5));
        assertThat(refusal(() -> list(1001, "")).violations().get(0).field()).isEqualTo("page_size");
        assertThat(refusal(() -> list(1, "!")).violations().get(0).field()).isEqualTo("page_token");
        assertThat(refusal(() -> list(1, "YWJj")).violations().get(0).field()).isEqualTo("page_token");
    }

    @Test
    void watchingShowsProgressAndEndsWithTheRun() {
        String name = client.create(quick()).getName();
        List<Run> seen = new ArrayList<>();

        watch(name).forEachRemaining(response -> seen.add(response.getRun()));

        Run last = seen.get(seen.size() - 1);
        assertThat(last.getState()).isEqualTo(RunState.RUN_STATE_SUCCEEDED);
        assertThat(last.getTasksList()).hasSize(5);
        assertThat(last.getProgress().getStep()).isEqualTo(last.getProgress().getTotalSteps());
        assertThat(last.getProgress().getTimeLeft().getSeconds()).isZero();
        assertThat(last.getTrainingTime().getNanos()).isPositive();
        assertThat(seen).doesNotHaveDuplicates();
        assertThat(seen).extracting(run -> run.getProgress().getStep()).isSorted();
    }

    @Test
    void aRunTellsHowTrainingWentAndWhatItHolds() {
        String name = client.create(quick()).getName();
        watch(name).forEachRemaining(response -> {});

        Run run = client.get(name);
        List<TrainingCurve> curves = client.calls()
                .getTrainingCurves(
                        GetTrainingCurvesRequest.newBuilder().setName(name).build())
                .getCurvesList();

        assertThat(curves).extracting(TrainingCurve::getTaskIndex).containsExactly(0, 1, 2, 3, 4);
        for (TrainingCurve curve : curves) {
            TrainedTask task = run.getTasks(curve.getTaskIndex());
            assertThat(curve.getPointsCount()).isEqualTo((int) Math.min(64, task.getSteps()));
            assertThat(curve.getPoints(curve.getPointsCount() - 1).getSteps()).isEqualTo(task.getSteps());
            assertThat(curve.getPointsList())
                    .allSatisfy(point -> assertThat(point.getTrainAccuracy()).isBetween(0.0, 100.0));
            assertThat(task.getMemory().getNetworkBytes()).isPositive();
        }
        assertThat(refusal(() -> client.calls()
                                .getTrainingCurves(GetTrainingCurvesRequest.newBuilder()
                                        .setName("runs/none")
                                        .build()))
                        .reason())
                .isEqualTo(ErrorReason.RUN_NOT_FOUND);
    }

    @Test
    void aClientThatStopsWatchingIsForgotten() {
        String name = client.create(endless()).getName();
        Context.CancellableContext watching = Context.current().withCancellation();
        List<Run> seen = new CopyOnWriteArrayList<>();
        watching.run(() -> client.streams()
                .watchRun(WatchRunRequest.newBuilder().setName(name).build(), new StreamObserver<>() {
                    @Override
                    public void onNext(WatchRunResponse response) {
                        seen.add(response.getRun());
                    }

                    @Override
                    public void onError(Throwable cancelled) {
                        // as wanted
                    }

                    @Override
                    public void onCompleted() {
                        // not before the run ends
                    }
                }));
        await().atMost(DEADLINE).until(() -> watchers() > 0 && !seen.isEmpty());

        watching.cancel(null);

        await().atMost(DEADLINE).until(() -> watchers() == 0);
        client.cancel(name);
        client.awaitState(name, RunState.RUN_STATE_CANCELLED);
    }

    @Test
    void aQueuedRunIsCancelledAtOnceAndARunningOneBeforeItsNextStep() {
        String running = client.create(endless()).getName();
        client.awaitState(running, RunState.RUN_STATE_RUNNING);
        String queued = client.create(quick()).getName();

        assertThat(client.cancel(queued).getState()).isEqualTo(RunState.RUN_STATE_CANCELLED);
        client.cancel(running);

        Run cancelled = client.awaitState(running, RunState.RUN_STATE_CANCELLED);
        assertThat(cancelled.hasEndTime()).isTrue();
        assertThat(client.cancel(running).getState()).isEqualTo(RunState.RUN_STATE_CANCELLED);
    }

    @Test
    void aRunThatHasEndedCannotBeCancelled() {
        String name = client.create(quick()).getName();
        client.awaitState(name, RunState.RUN_STATE_SUCCEEDED);

        ApiException refused = refusal(() -> client.cancel(name));

        assertThat(refused.reason()).isEqualTo(ErrorReason.RUN_ENDED);
        assertThat(refused.metadata()).containsEntry("state", "SUCCEEDED").containsEntry("run", name);
    }

    @Test
    void theCatalogsSayWhatASpecMayName() {
        List<CatalogEntry> methods = client.calls()
                .listMethods(ListMethodsRequest.getDefaultInstance())
                .getMethodsList();
        assertThat(methods).extracting(CatalogEntry::getName).contains("finetune", "joint", "er");
        assertThat(methods)
                .filteredOn(CatalogEntry::getUsesMemory)
                .extracting(CatalogEntry::getName)
                .contains("er")
                .doesNotContain("finetune", "joint");
        assertThat(methods)
                .flatExtracting(CatalogEntry::getPresetsList)
                .isNotEmpty()
                .allSatisfy(preset -> {
                    assertThat(preset.getName()).isNotEmpty();
                    assertThat(preset.getFigure()).contains("%");
                    assertThat(preset.getSource()).isNotEmpty();
                });
        assertThat(client.calls()
                        .listBackbones(ListBackbonesRequest.getDefaultInstance())
                        .getBackbonesList())
                .extracting(CatalogEntry::getName)
                .contains("mlp");
        assertThat(client.calls()
                        .listOptimizers(ListOptimizersRequest.getDefaultInstance())
                        .getOptimizersList())
                .allSatisfy(optimizer -> assertThat(optimizer.getSettingsList()).allSatisfy(setting -> {
                    assertThat(setting.getAllowed()).isNotEmpty();
                    assertThat(setting.hasDefaultValue()).isTrue();
                }));
        List<DatasetEntry> datasets = client.calls()
                .listDatasets(ListDatasetsRequest.getDefaultInstance())
                .getDatasetsList();
        assertThat(datasets)
                .extracting(DatasetEntry::getName)
                .contains("digits", "mnist", "fashion-mnist", "cifar-10", "cifar-100", "pets");
        assertThat(datasets)
                .filteredOn(dataset -> !dataset.getAvailable())
                .allSatisfy(
                        dataset -> assertThat(dataset.getUnavailableReason()).isNotEmpty())
                .hasSize(4);
    }

    @Test
    void healthAndMetricsAreServed() {
        get("/q/health/ready").then().statusCode(200);
        get("/q/health/live").then().statusCode(200);
        assertThat(get("/q/metrics").asString())
                .contains("engram_trainer_runs{state=\"queued\"}", "engram_trainer_steps_total");
    }

    /** How many clients watch a run, by the service's own metric. */
    private static double watchers() {
        String metric = "engram_trainer_watchers ";
        return get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(metric))
                .mapToDouble(line -> Double.parseDouble(line.substring(metric.length())))
                .sum();
    }

    private Iterator<WatchRunResponse> watch(String name) {
        return client.calls()
                .watchRun(WatchRunRequest.newBuilder().setName(name).build());
    }

    private ListRunsResponse list(int size, String token) {
        return client.calls()
                .listRuns(ListRunsRequest.newBuilder()
                        .setPageSize(size)
                        .setPageToken(token)
                        .build());
    }

    private static List<String> names(ListRunsResponse page) {
        return page.getRunsList().stream().map(Run::getName).toList();
    }
}
