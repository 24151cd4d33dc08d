package io.engram.trainer.application;

/**
 * Where runs keep what they have outside the database.
 *
 * @param memories replay memory
 * @param models frozen models
 * @param checkpoints what they go on from
 */
public record RunPlaces(ReplayMemories memories, Models models, Checkpoints checkpoints) {}
