package io.engram.trainer.replay;

import io.engram.learning.memory.ReplayMemory;
import io.engram.learning.memory.ReplayMemoryException;
import io.engram.learning.memory.ReplayMemoryFactory;
import io.engram.proto.buffer.v1.Buffer;
import io.engram.proto.buffer.v1.BufferServiceGrpc;
import io.engram.proto.buffer.v1.CreateBufferRequest;
import io.engram.proto.buffer.v1.DeleteBufferRequest;
import io.engram.proto.buffer.v1.DeleteBufferResponse;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.error.Errors;
import io.engram.proto.error.FieldViolation;
import io.engram.proto.name.BufferName;
import io.engram.proto.name.RunName;
import io.engram.replay.BufferSettings;
import io.engram.trainer.application.ReplayMemories;
import io.grpc.ConnectivityState;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Replay memory in the buffer service: one buffer for each run, {@code buffers/{run}}. An attempt that begins takes it over, so
 * that a trainer that lost the run without knowing cannot disturb it, and empties it; versions that were committed stay, and
 * can be restored. One connection serves the process. Used from any thread.
 */
public final class BufferServiceMemories implements ReplayMemories, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(BufferServiceMemories.class);
    /** So that a whole message is under way at once; HTTP/2's own 64 KiB would stop it at every window. */
    private static final int FLOW_CONTROL_WINDOW = 8 << 20;

    private static final int MOST_MESSAGE_BYTES = 8 << 20;
    /** Labels, tasks and framing of a message of the largest batch. */
    private static final int MESSAGE_OVERHEAD = 1024;

    private static final int LABEL_BYTES = 16;
    private static final int KEEP_ALIVE_SECONDS = 20;
    private static final int LAST_CALLS_SECONDS = 5;
    private static final Set<ErrorReason> USELESS =
            EnumSet.of(ErrorReason.BUFFER_EXISTS, ErrorReason.REQUEST_ID_REUSED);

    private final BufferAddress address;
    private final Duration timeout;
    private final EventLoopGroup eventLoop;
    private final ManagedChannel channel;

    /**
     * The connection; it is made when it is first used.
     *
     * @param timeout how long an answer may take
     */
    public BufferServiceMemories(BufferAddress address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
        eventLoop = startedEventLoop();
        channel = NettyChannelBuilder.forTarget(address.target())
                .eventLoopGroup(eventLoop)
                .channelType(NioSocketChannel.class)
                .usePlaintext()
                .directExecutor()
                .flowControlWindow(FLOW_CONTROL_WINDOW)
                .maxInboundMessageSize(MOST_MESSAGE_BYTES)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .build();
    }

    @Override
    public ReplayMemoryFactory of(RunName run, int attempt) {
        return (settings, sampleLimit) -> create(run, settings, sampleLimit);
    }

    private ReplayMemory create(RunName run, BufferSettings settings, int sampleLimit) {
        BufferName name = new BufferName(run.run());
        connectAnew();
        Buffer buffer;
        try {
            buffer = createOrReplace(name, settings);
        } catch (StatusRuntimeException refused) {
            throw failed("did not make " + name, refused);
        }
        boolean hasVersions = buffer.getVersionsCount() > 0;
        return new BufferSession(name, settings, sampleLimit, hasVersions, timeout, address, this);
    }

    /** The buffer of a run that the service cannot load, or that was made with other settings, is of no use to it. */
    private Buffer createOrReplace(BufferName name, BufferSettings settings) {
        try {
            return create(name, settings);
        } catch (StatusRuntimeException refused) {
            if (!USELESS.contains(Errors.fromException(refused).reason())) {
                throw refused;
            }
            LOG.warnf("%s cannot be gone on with and is made anew: %s", name, reason(refused));
            delete(name);
            return create(name, settings);
        }
    }

    private Buffer create(BufferName name, BufferSettings settings) {
        return BufferServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .createBuffer(request(name, settings))
                .getBuffer();
    }

    /** A service that came back is found at once, however long it has been away: no earlier try is waited for. */
    private void connectAnew() {
        if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
            channel.enterIdle();
        }
    }

    private static CreateBufferRequest request(BufferName name, BufferSettings settings) {
        return CreateBufferRequest.newBuilder()
                .setBufferId(name.buffer())
                .setRequestId(name.buffer())
                .setSettings(io.engram.proto.buffer.v1.BufferSettings.newBuilder()
                        .setCapacity(settings.capacity())
                        .setItemBytes(settings.itemBytes())
                        .setInsertionPolicy(settings.insertionPolicy())
                        .setSamplingPolicy(settings.samplingPolicy())
                        .setSeed(settings.seed()))
                .build();
    }

    ManagedChannel channel() {
        return channel;
    }

    ReplayMemoryException failed(String what, StatusRuntimeException cause) {
        String message = "the buffer service at " + address.target() + " " + what + ": ";
        return new ReplayMemoryException(message + reason(cause), cause);
    }

    private static String reason(StatusRuntimeException failed) {
        if (failed.getStatus().getCode() != Status.Code.UNAVAILABLE || failed.getCause() == null) {
            return Errors.fromException(failed).getMessage();
        }
        return failed.getCause().getMessage() + "; does it run, and is that its address (ENGRAM_BUFFER_ADDRESS)?";
    }

    /** Removes a buffer that may be gone already. */
    void delete(BufferName name) {
        try {
            BufferServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .deleteBuffer(DeleteBufferRequest.newBuilder()
                            .setName(name.toString())
                            .build());
        } catch (StatusRuntimeException refused) {
            if (Errors.fromException(refused).reason() != ErrorReason.BUFFER_NOT_FOUND) {
                throw refused;
            }
        }
    }

    @Override
    public void discard(RunName run, int attempt, Runnable removed) {
        BufferName name = new BufferName(run.run());
        DeleteBufferRequest request =
                DeleteBufferRequest.newBuilder().setName(name.toString()).build();
        // Whoever asks may be answering a call, whose end must not end this one.
        Context.ROOT.run(() -> BufferServiceGrpc.newStub(channel)
                .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .deleteBuffer(request, new Deletion(name, removed)));
    }

    private record Deletion(BufferName name, Runnable removed) implements StreamObserver<DeleteBufferResponse> {
        @Override
        public void onNext(DeleteBufferResponse deleted) {
            // nothing in it
        }

        @Override
        public void onError(Throwable refused) {
            if (refused instanceof StatusRuntimeException status
                    && Errors.fromException(status).reason() == ErrorReason.BUFFER_NOT_FOUND) {
                removed.run();
            } else {
                LOG.debugf("%s was not removed: %s", name, refused.getMessage());
            }
        }

        @Override
        public void onCompleted() {
            removed.run();
        }
    }

    @Override
    public Optional<FieldViolation> refuse(int batchSize, int itemBytes) {
        int most = (MOST_MESSAGE_BYTES - MESSAGE_OVERHEAD) / (itemBytes + LABEL_BYTES);
        return batchSize <= most
                ? Optional.empty()
                : Optional.of(new FieldViolation(
                        "memory.batch_size",
                        Integer.toString(batchSize),
                        "1 to " + most + ", what fits into a message for samples of " + itemBytes + " bytes"));
    }

    /** Lets what is being removed be removed, for a moment. */
    @Override
    public void close() {
        channel.shutdown();
        try {
            channel.awaitTermination(LAST_CALLS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        channel.shutdownNow();
        eventLoop.shutdownGracefully();
    }

    /**
     * Its thread is started here, not by the run that first uses it: a thread may run on the processors of the one that
     * started it, and OpenMP may have bound the run's to a single one.
     */
    private static EventLoopGroup startedEventLoop() {
        EventLoopGroup group = new NioEventLoopGroup(1, new DefaultThreadFactory("replay", true));
        group.next().submit(() -> {}).syncUninterruptibly();
        return group;
    }
}
