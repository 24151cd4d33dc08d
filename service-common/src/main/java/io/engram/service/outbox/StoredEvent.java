package io.engram.service.outbox;

import io.engram.proto.event.EventAttributes;

/** An event in the outbox, by its place there. */
record StoredEvent(long sequence, String key, EventAttributes attributes, String payload) {}
