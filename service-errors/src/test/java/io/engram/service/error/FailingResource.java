package io.engram.service.error;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** Fails each request in its own way. */
@Path("/fails")
public class FailingResource {
    @GET
    @Path("/{how}")
    public String fail(@PathParam("how") String how) {
        if (how.equals("refused")) {
            throw FailingBuffers.missing().with("id", "7");
        }
        throw new IllegalStateException("a secret");
    }
}
