/**
 * Runs in PostgreSQL, schema {@code trainer}: {@link io.engram.trainer.persistence.JdbiRunStore} for who asks about runs,
 * {@link io.engram.trainer.persistence.JdbiRunQueue} for who trains them.
 */
package io.engram.trainer.persistence;
