/**
 * What commands print: {@link io.engram.cli.view.Table}, {@link io.engram.cli.view.ResultText}, {@link
 * io.engram.cli.view.ConfusionText} and {@link io.engram.cli.view.ResultJson}.
 */
package io.engram.cli.view;
