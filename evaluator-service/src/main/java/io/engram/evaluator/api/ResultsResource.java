package io.engram.evaluator.api;

import com.google.protobuf.Message;
import io.engram.evaluator.application.Results;
import io.engram.evaluator.domain.Evaluation;
import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.event.EventJson;
import io.engram.proto.name.RunName;
import io.engram.proto.name.TaskName;
import io.engram.proto.paging.Paging;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The contract's EvaluatorService over HTTP: responses are the proto3 JSON of its messages, field names in lowerCamelCase. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "results")
public class ResultsResource {
    private final Results results;

    /** @param results what it answers from */
    public ResultsResource(Results results) {
        this.results = results;
    }

    /** Accuracy after each task on each task. */
    @GET
    @Path("/runs/{run}/accuracy-matrix")
    @Operation(operationId = "getAccuracyMatrix", summary = "Accuracy after each task on each task")
    @APIResponse(
            responseCode = "200",
            description = "The matrix as far as it has been evaluated",
            content = @Content(schema = @Schema(ref = "GetAccuracyMatrixResponse")))
    @APIResponse(
            responseCode = "default",
            description = "What was refused",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = io.engram.service.error.ProblemDetails.class)))
    public String accuracyMatrix(@PathParam("run") String run) {
        return json(Responses.matrix(results.of(name(run))));
    }

    /** Which class the model after a task takes for which. */
    @GET
    @Path("/runs/{run}/tasks/{task}/confusion-matrix")
    @Operation(
            operationId = "getConfusionMatrix",
            summary = "Which class the model after a task takes for which",
            description =
                    "The task is counted from 0. 404 where there is no evaluation of it, or one from before this was kept.")
    @APIResponse(
            responseCode = "200",
            description = "Counts of test samples: rows are true classes, columns predicted ones",
            content = @Content(schema = @Schema(ref = "GetConfusionMatrixResponse")))
    public String confusionMatrix(@PathParam("run") String run, @PathParam("task") String task) {
        TaskName name = TaskName.parse("name", "runs/" + run + "/tasks/" + task);
        return json(Responses.confusion(results.confusion(name)));
    }

    /** The figures of the literature. */
    @GET
    @Path("/runs/{run}/summary")
    @Operation(operationId = "getSummary", summary = "The figures of the literature, derived from the matrix")
    @APIResponse(
            responseCode = "200",
            description = "The figures; those that are undefined are absent",
            content = @Content(schema = @Schema(ref = "GetSummaryResponse")))
    public String summary(
            @PathParam("run") String run,
            @Parameter(
                            description =
                                    "A run of the same scenario by an upper bound, a method that learns all tasks so far"
                                            + " together, for intransigence")
                    @QueryParam("reference")
                    String reference) {
        Optional<RunName> other = Optional.ofNullable(reference)
                .filter(id -> !id.isEmpty())
                .map(id -> RunName.parse("reference", "runs/" + id));
        return json(Responses.summary(results.of(name(run), other)));
    }

    /** Evaluations of one run. */
    @GET
    @Path("/runs/{run}/evaluations")
    @Operation(operationId = "listEvaluationsOfRun", summary = "Evaluations of one run, by task")
    @APIResponse(
            responseCode = "200",
            description = "A page of evaluations",
            content = @Content(schema = @Schema(ref = "ListEvaluationsResponse")))
    public String evaluationsOfRun(
            @PathParam("run") String run,
            @Parameter(description = "1 to 1000, 50 where it is absent") @QueryParam("pageSize") String pageSize,
            @Parameter(description = "nextPageToken of the page before") @QueryParam("pageToken") String pageToken) {
        RunName name = name(run);
        return page(pageSize, pageToken, paging -> results.pageOf(name, paging));
    }

    /** Evaluations of all runs. */
    @GET
    @Path("/evaluations")
    @Operation(operationId = "listEvaluations", summary = "Evaluations of all runs, newest first")
    @APIResponse(
            responseCode = "200",
            description = "A page of evaluations",
            content = @Content(schema = @Schema(ref = "ListEvaluationsResponse")))
    public String evaluations(
            @Parameter(description = "1 to 1000, 50 where it is absent") @QueryParam("pageSize") String pageSize,
            @Parameter(description = "nextPageToken of the page before") @QueryParam("pageToken") String pageToken) {
        return page(pageSize, pageToken, results::page);
    }

    private static String page(String pageSize, String pageToken, Function<Paging, Paging.Page<Evaluation>> reader) {
        Paging paging = Paging.of(number(pageSize), pageToken == null ? "" : pageToken);
        return json(Responses.evaluations(reader.apply(paging)));
    }

    private static int number(String pageSize) {
        try {
            return pageSize == null || pageSize.isEmpty() ? 0 : Integer.parseInt(pageSize);
        } catch (NumberFormatException notANumber) {
            throw ApiException.invalid(
                    ErrorReason.INVALID_ARGUMENT, "page_size", pageSize, "1 to " + Paging.LARGEST_SIZE);
        }
    }

    private static RunName name(String run) {
        return RunName.parse("run", "runs/" + run);
    }

    private static String json(Message message) {
        return EventJson.print(message);
    }
}
