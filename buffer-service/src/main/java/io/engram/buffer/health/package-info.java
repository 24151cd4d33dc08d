/**
 * What operators see: {@link io.engram.buffer.health.BufferMetrics}, {@link io.engram.buffer.health.BufferReadiness} and
 * {@link io.engram.buffer.health.BufferLiveness}.
 */
package io.engram.buffer.health;
