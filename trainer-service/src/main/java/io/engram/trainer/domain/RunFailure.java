package io.engram.trainer.domain;

import io.engram.proto.error.ErrorReason;

/**
 * Why a run failed.
 *
 * @param reason stable code, one of {@link ErrorReason}
 * @param message for people: what happened, where, and which setting to look at
 */
public record RunFailure(String reason, String message) {
    public static RunFailure of(ErrorReason reason, String message) {
        return new RunFailure(reason.code(), message);
    }
}
