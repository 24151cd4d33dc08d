/**
 * The edges: {@link io.engram.evaluator.api.EvaluatorGrpc} over gRPC, {@link io.engram.evaluator.api.ResultsResource} the
 * same as JSON over HTTP, {@link io.engram.evaluator.api.PageResource} the page for people.
 */
package io.engram.evaluator.api;
