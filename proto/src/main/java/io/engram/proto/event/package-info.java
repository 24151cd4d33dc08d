/**
 * Events as they travel: {@link io.engram.proto.event.EventType} names the topics, {@link
 * io.engram.proto.event.EngramEvent} is an event ready to be sent, {@link io.engram.proto.event.EventJson} prints and
 * reads payloads, {@link io.engram.proto.event.EventAttributes} reads the headers of a record.
 */
package io.engram.proto.event;
