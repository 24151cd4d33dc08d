/**
 * Events from Kafka: {@link io.engram.evaluator.event.TaskCompletedConsumer} receives them, {@link
 * io.engram.evaluator.event.TaskCompletedReader} checks them, {@link io.engram.evaluator.event.EvaluationThread} is where
 * they are handled.
 */
package io.engram.evaluator.event;
