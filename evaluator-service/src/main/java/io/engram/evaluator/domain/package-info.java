/**
 * Results: {@link io.engram.evaluator.domain.Evaluation} is one scored model, {@link
 * io.engram.evaluator.domain.RunResults} is all that is known of a run.
 */
package io.engram.evaluator.domain;
