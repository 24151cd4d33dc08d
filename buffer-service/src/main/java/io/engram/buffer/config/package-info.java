/** The settings of the service: {@link io.engram.buffer.config.BufferServiceConfig}. */
package io.engram.buffer.config;
