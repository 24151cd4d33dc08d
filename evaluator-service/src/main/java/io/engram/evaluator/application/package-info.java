/**
 * The use cases: {@link io.engram.evaluator.application.EvaluateTask} scores a model and keeps the result, {@link
 * io.engram.evaluator.application.Results} answers questions. {@link io.engram.evaluator.application.ModelScorer} and
 * {@link io.engram.evaluator.application.EvaluationStore} are what they need from outside.
 */
package io.engram.evaluator.application;
