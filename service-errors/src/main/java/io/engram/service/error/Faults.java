package io.engram.service.error;

import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Makes an {@link ApiException} of whatever was thrown. */
final class Faults {
    private static final Logger LOG = Logger.getLogger(Faults.class);

    private Faults() {}

    /**
     * The exception itself where it says what callers may know; for anything else a new one that names an id, under which
     * the log has the exception with its stack.
     *
     * @param where the call or request, for the log
     */
    static ApiException toApiException(Throwable thrown, String where) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ApiException known) {
                return known;
            }
        }
        String id = UUID.randomUUID().toString();
        LOG.errorf(thrown, "fault %s in %s", id, where);
        return ApiException.of(ErrorReason.INTERNAL, "a fault of the service; its log has more under the id " + id)
                .with("id", id);
    }
}
