/**
 * What operators see: {@link io.engram.trainer.health.TrainerMetrics}, {@link io.engram.trainer.health.EngineReadiness}
 * and {@link io.engram.trainer.health.WorkerLiveness}.
 */
package io.engram.trainer.health;
