package io.engram.buffer.health;

import io.engram.buffer.application.BufferLimits;
import io.engram.buffer.application.BufferRegistry;
import io.engram.buffer.application.Traffic;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;

/** The service's own figures, read when somebody scrapes them. */
@Singleton
final class BufferMetrics implements MeterBinder {
    private final BufferRegistry buffers;
    private final BufferLimits limits;
    private final Traffic traffic;

    BufferMetrics(BufferRegistry buffers, BufferLimits limits, Traffic traffic) {
        this.buffers = buffers;
        this.limits = limits;
        this.traffic = traffic;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("engram.buffer.buffers", buffers, BufferRegistry::size)
                .description("Buffers there are")
                .register(meters);
        Gauge.builder("engram.buffer.held", buffers, BufferRegistry::heldBytes)
                .description("Memory that the samples held take")
                .baseUnit("bytes")
                .register(meters);
        Gauge.builder("engram.buffer.reserved", buffers, BufferRegistry::reservedBytes)
                .description("Memory that all buffers take when full")
                .baseUnit("bytes")
                .register(meters);
        Gauge.builder("engram.buffer.limit", limits, BufferLimits::memoryBytes)
                .description("Memory that all buffers together may take")
                .baseUnit("bytes")
                .register(meters);
        Gauge.builder("engram.buffer.sessions", traffic, Traffic::sessions)
                .description("Sessions there are")
                .register(meters);
        FunctionCounter.builder("engram.buffer.exchanges", traffic, Traffic::exchanges)
                .description("Requests of sessions that were done")
                .register(meters);
        FunctionCounter.builder("engram.buffer.refused", traffic, Traffic::refused)
                .description("Requests of sessions that were refused")
                .register(meters);
        FunctionCounter.builder("engram.buffer.commits", traffic, Traffic::commits)
                .description("Versions committed")
                .register(meters);
        FunctionCounter.builder("engram.buffer.restores", traffic, Traffic::restores)
                .description("Versions restored by a session")
                .register(meters);
        FunctionCounter.builder("engram.buffer.inserted.samples", traffic, Traffic::inserted)
                .description("Samples inserted, whether they stayed or not")
                .register(meters);
        FunctionCounter.builder("engram.buffer.drawn.samples", traffic, Traffic::drawn)
                .description("Samples drawn")
                .register(meters);
    }
}
