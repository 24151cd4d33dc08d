package io.engram.cli.watch;

import io.engram.cli.client.Addresses;
import io.engram.cli.client.CallErrors;
import io.engram.cli.client.CommandFailure;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** How long a service that went away is waited for. */
final class Patience {
    private static final int MOST_FAILURES = 120;
    private static final long PAUSE_MILLIS = 500;

    private final String service;
    private final Addresses addresses;
    private int failures;

    Patience(String service, Addresses addresses) {
        this.service = service;
        this.addresses = addresses;
    }

    void succeeded() {
        failures = 0;
    }

    /** Returns after a pause where another try makes sense, and throws where not. */
    void failed(Optional<StatusRuntimeException> failure, ProgressView view) {
        boolean mayComeBack = failure.map(StatusRuntimeException::getStatus)
                .map(Status::getCode)
                .map(code -> code == Status.Code.UNAVAILABLE || code == Status.Code.CANCELLED)
                .orElse(true);
        if (!mayComeBack) {
            throw failure.get();
        }
        if (++failures == 1) {
            view.note("the " + service + " is away; waiting for it");
        }
        if (failures > MOST_FAILURES) {
            throw failure.map(last -> new CommandFailure(CallErrors.describe(last, addresses)))
                    .orElseGet(() -> new CommandFailure("The " + service + " ended the stream again and again"));
        }
        pause();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("Interrupted");
        }
    }
}
