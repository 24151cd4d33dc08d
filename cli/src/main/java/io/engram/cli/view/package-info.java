/**
 * What commands print: {@link io.engram.cli.view.Table}, {@link io.engram.cli.view.ResultText} and {@link
 * io.engram.cli.view.ResultJson}.
 */
package io.engram.cli.view;
