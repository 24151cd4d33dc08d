package io.engram.proto.paging;

import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The page that a list request asks for: {@code page_size} and {@code page_token} by the rules of the contract.
 *
 * @param size entries of the page, 1 to 1000
 * @param after where the page before ended, as the service wrote it into the token; empty for the first page
 */
public record Paging(int size, Optional<String> after) {
    /** Entries where the request names no number. */
    public static final int DEFAULT_SIZE = 50;
    /** Entries a page has at most. */
    public static final int LARGEST_SIZE = 1000;

    private static final int LONGEST_TOKEN = 1024;

    /**
     * Checks what a request asks for.
     *
     * @throws ApiException INVALID_ARGUMENT for a size or a token that is not allowed
     */
    public static Paging of(int pageSize, String pageToken) {
        if (pageSize < 0 || pageSize > LARGEST_SIZE) {
            throw ApiException.invalid(
                    ErrorReason.INVALID_ARGUMENT,
                    "page_size",
                    Integer.toString(pageSize),
                    "1 to " + LARGEST_SIZE + ", or 0 for " + DEFAULT_SIZE);
        }
        return new Paging(pageSize == 0 ? DEFAULT_SIZE : pageSize, decode(pageToken));
    }

    /** The token after which the next page begins; opaque to clients. */
    public static String token(String position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    /** A token that no service wrote: what its reader throws where {@link #after} makes no sense to it. */
    public static ApiException badToken(String pageToken) {
        return ApiException.invalid(
                ErrorReason.INVALID_ARGUMENT, "page_token", pageToken, "next_page_token of the page before, or empty");
    }

    /**
     * Cuts a page from entries of which one more than {@link #size} was asked for.
     *
     * @param position where an entry stands in the list
     */
    public <T> Page<T> cut(List<T> entries, Function<T, String> position) {
        return entries.size() <= size
                ? new Page<>(entries, "")
                : new Page<>(entries.subList(0, size), token(position.apply(entries.get(size - 1))));
    }

    private static Optional<String> decode(String pageToken) {
        if (pageToken.isEmpty()) {
            return Optional.empty();
        }
        if (pageToken.length() > LONGEST_TOKEN) {
            throw badToken(pageToken);
        }
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(pageToken), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notOurs) {
            throw badToken(pageToken);
        }
    }

    /**
     * One page.
     *
     * @param entries its entries
     * @param nextToken the token of the next page; empty on the last
     */
    public record Page<T>(List<T> entries, String nextToken) {
        /** Copies the entries. */
        public Page {
            entries = List.copyOf(entries);
        }
    }
}
