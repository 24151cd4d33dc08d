/** Versions of buffers on disk: {@link io.engram.buffer.persistence.VersionFolder}. */
package io.engram.buffer.persistence;
