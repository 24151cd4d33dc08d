/** The report of a run as one HTML file that needs nothing else: {@link io.engram.cli.report.HtmlReport}. */
package io.engram.cli.report;
