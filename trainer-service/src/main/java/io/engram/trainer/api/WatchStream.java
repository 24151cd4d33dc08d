package io.engram.trainer.api;

import io.engram.proto.error.ApiException;
import io.engram.proto.error.Errors;
import io.engram.proto.name.RunName;
import io.engram.proto.trainer.v1.WatchRunResponse;
import io.engram.trainer.application.RunWatcher;
import io.engram.trainer.application.RunWatchers;
import io.engram.trainer.domain.TrainingRun;
import io.grpc.stub.ServerCallStreamObserver;

/** A client that watches a run. A slow one gets fewer messages, not more memory. */
final class WatchStream implements RunWatcher {
    private final ServerCallStreamObserver<WatchRunResponse> responses;

    private WatchStream(ServerCallStreamObserver<WatchRunResponse> responses) {
        this.responses = responses;
    }

    static void start(RunWatchers watchers, RunName name, ServerCallStreamObserver<WatchRunResponse> responses) {
        WatchStream stream = new WatchStream(responses);
        Ending ending = new Ending();
        responses.setOnCancelHandler(ending::cancelled);
        ending.watches(watchers.watch(name, stream));
    }

    @Override
    public boolean isReady() {
        return responses.isReady();
    }

    @Override
    public void changed(TrainingRun run) {
        responses.onNext(
                WatchRunResponse.newBuilder().setRun(RunMessages.run(run)).build());
    }

    @Override
    public void ended() {
        responses.onCompleted();
    }

    @Override
    public void failed(ApiException why) {
        responses.onError(Errors.toStatusException(why));
    }

    /** Brings together the watch and its cancellation, whichever comes first. */
    private static final class Ending {
        private RunWatchers.Watch watch;
        private boolean cancelled;

        synchronized void watches(RunWatchers.Watch begun) {
            watch = begun;
            if (cancelled) {
                watch.end();
            }
        }

        synchronized void cancelled() {
            cancelled = true;
            if (watch != null) {
                watch.end();
            }
        }
    }
}
