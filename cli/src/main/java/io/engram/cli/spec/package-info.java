/**
 * Run specs as people write them: {@link io.engram.cli.spec.RunSpecYaml} reads YAML into the contract's message, {@link
 * io.engram.cli.spec.SpecException} carries everything that is wrong with a file.
 */
package io.engram.cli.spec;
