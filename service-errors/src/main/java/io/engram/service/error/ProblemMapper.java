package io.engram.service.error;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers HTTP requests that fail with {@code application/problem+json}. */
public class ProblemMapper {
    /** Anything a resource throws. */
    @ServerExceptionMapper
    public Response toResponse(Throwable thrown, UriInfo uri) {
        ProblemDetails problem = ProblemDetails.of(Faults.toApiException(thrown, uri.getPath()));
        return response(problem.status(), problem);
    }

    /** What HTTP itself refuses: an unknown path, a method or media type that is not there. */
    @ServerExceptionMapper
    public Response toResponse(WebApplicationException thrown) {
        Response.StatusType status = thrown.getResponse().getStatusInfo();
        if (status.getFamily() != Response.Status.Family.CLIENT_ERROR
                || thrown.getResponse().hasEntity()) {
            return thrown.getResponse();
        }
        return response(
                status.getStatusCode(),
                ProblemDetails.ofHttp(status.getStatusCode(), status.getReasonPhrase(), thrown.getMessage()));
    }

    private static Response response(int status, ProblemDetails problem) {
        return Response.status(status)
                .type(ProblemDetails.MEDIA_TYPE)
                .entity(problem)
                .build();
    }
}
