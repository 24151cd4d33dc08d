/**
 * What a service throws, on the wire: {@link io.engram.service.error.GrpcErrorTranslation} for gRPC calls, {@link
 * io.engram.service.error.ProblemMapper} for HTTP requests. A service gets both by depending on this module.
 */
package io.engram.service.error;
