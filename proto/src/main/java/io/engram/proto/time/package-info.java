/** Time on the wire. Start at {@link io.engram.proto.time.Timestamps}. */
package io.engram.proto.time;
