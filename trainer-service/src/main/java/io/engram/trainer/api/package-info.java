/** The gRPC edge: {@link io.engram.trainer.api.TrainerGrpcService}. */
package io.engram.trainer.api;
