/**
 * Run specs between the contract and {@code learning}: {@link io.engram.trainer.spec.RunSpecReader}, {@link
 * io.engram.trainer.spec.RunSpecWriter}, and {@link io.engram.trainer.spec.RunSpecJson} for rows.
 */
package io.engram.trainer.spec;
