package io.engram.cli.client;

/**
 * Where a stack is.
 *
 * @param trainer {@code host:port} of its gRPC
 * @param evaluator {@code host:port} of its gRPC
 */
public record Addresses(String trainer, String evaluator) {}
