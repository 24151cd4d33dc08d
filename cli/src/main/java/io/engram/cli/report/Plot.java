package io.engram.cli.report;

import java.util.Locale;

/**
 * The frame of a chart of percentages, as SVG inside the page: where a share lies, and the lines and words around. Lengths are in
 * units of the drawing; left, right, top and bottom are margins.
 */
record Plot(int width, int height, int left, int right, int top, int bottom) {
    private static final int AXIS_TEXT_BELOW = 18;

    /** The drawing from its beginning to its axis of percentages, a line every so many percent. */
    String open(String title, int gridPercent) {
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n", width, height, title));
        for (int percent = 0; percent <= 100; percent += gridPercent) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
                            + "<text class=\"axis\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%d%%</text>%n",
                    left,
                    width - right,
                    y(percent),
                    y(percent),
                    left - 8,
                    y(percent) + 4,
                    percent));
        }
        return svg.toString();
    }

    /** A word below the drawing. */
    String below(double x, String anchor, String text) {
        return String.format(
                Locale.ROOT,
                "<text class=\"axis\" x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
                x,
                end() + AXIS_TEXT_BELOW,
                anchor,
                text);
    }

    /** A point of a line, to a tenth. Without a format: a line has many points, and a command that has just started is slow at formats. */
    static String point(double x, double y) {
        return tenths(x) + "," + tenths(y);
    }

    private static double tenths(double length) {
        return Math.round(length * 10) / 10.0;
    }

    /** The room between the margins at the sides. */
    int room() {
        return width - left - right;
    }

    /** The height of 0 percent. */
    int end() {
        return height - bottom;
    }

    /** The height of a share. */
    double y(double percent) {
        return top + (end() - top) * (1 - percent / 100);
    }
}
