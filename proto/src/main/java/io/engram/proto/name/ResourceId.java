package io.engram.proto.name;

import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import java.util.regex.Pattern;

/** The rule for the parts of a resource name that somebody chose. */
public final class ResourceId {
    /** The rule in words, as error messages say it. */
    public static final String ALLOWED = "1 to 128 of a-z, 0-9 and -, beginning with a letter or digit";

    private static final Pattern PATTERN = Pattern.compile("[a-z0-9][a-z0-9-]{0,127}");

    private ResourceId() {}

    /** Whether a text is an id. */
    public static boolean isValid(String id) {
        return PATTERN.matcher(id).matches();
    }

    /**
     * The id itself where it is one.
     *
     * @param field the field of the request it came in
     * @throws ApiException INVALID_ARGUMENT, naming field, value and rule, where it is none
     */
    public static String require(String field, String id) {
        if (!isValid(id)) {
            throw ApiException.invalid(ErrorReason.INVALID_ARGUMENT, field, id, ALLOWED);
        }
        return id;
    }
}
