/** Settings: {@link io.engram.evaluator.config.EvaluatorConfig} as they are given. */
package io.engram.evaluator.config;
