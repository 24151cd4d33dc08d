/**
 * Names of resources: {@link io.engram.proto.name.RunName}, {@link io.engram.proto.name.TaskName} and {@link
 * io.engram.proto.name.BufferName} parse and format them and refuse what is none.
 */
package io.engram.proto.name;
