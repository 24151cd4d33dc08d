package io.engram.buffer;

import static io.restassured.RestAssured.given;

/** What the service says about itself. */
final class Metrics {
    private Metrics() {}

    /** The sum of a metric over its labels; 0 where it is not there. */
    static double value(String name) {
        return given().get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    static int sessions() {
        return (int) value("engram_buffer_sessions");
    }
}
