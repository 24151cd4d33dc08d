package io.engram.evaluator.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The page of one run. The list of runs is the static {@code index.html}. */
@Path("/runs")
public class PageResource {
    /** The same page for every run; its script asks for the run that the address names. */
    @GET
    @Path("/{run}")
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public InputStream run() {
        return PageResource.class.getResourceAsStream("/META-INF/resources/run.html");
    }
}
