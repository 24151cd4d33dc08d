/** Events on Kafka, read by {@link io.engram.cli.event.EventTail}. */
package io.engram.cli.event;
