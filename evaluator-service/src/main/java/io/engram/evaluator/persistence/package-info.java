/** Results in PostgreSQL: {@link io.engram.evaluator.persistence.PostgresEvaluations}. */
package io.engram.evaluator.persistence;
