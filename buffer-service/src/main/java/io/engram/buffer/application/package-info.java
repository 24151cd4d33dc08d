/**
 * What the service does, without the wire: {@link io.engram.buffer.application.BufferRegistry} has the buffers,
 * {@link io.engram.buffer.application.HeldBuffer} is one of them, {@link io.engram.buffer.application.VersionWork} commits and
 * restores it.
 */
package io.engram.buffer.application;
