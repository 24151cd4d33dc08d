/**
 * The gRPC edge: {@link io.engram.buffer.api.BufferGrpcService} answers the calls, one
 * {@link io.engram.buffer.api.BufferSession} serves each session. They translate and validate; nothing else.
 */
package io.engram.buffer.api;
