/**
 * What goes wrong, said the same way everywhere: {@link io.engram.proto.error.ApiException} inside services and clients,
 * {@link io.engram.proto.error.Errors} to and from the wire, {@link io.engram.proto.error.ErrorReason} the list of stable
 * reasons.
 */
package io.engram.proto.error;
