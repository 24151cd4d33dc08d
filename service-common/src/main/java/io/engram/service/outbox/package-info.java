/**
 * Events that are sent if, and only if, the transaction they belong to commits: {@link io.engram.service.outbox.Outbox}
 * keeps them, {@link io.engram.service.outbox.OutboxRelay} sends them. A service adds {@code db/outbox} to its Flyway
 * locations and has both as beans; relay and topics start and stop with it.
 */
package io.engram.service.outbox;
