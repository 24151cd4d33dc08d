package io.engram.service.error;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/**
 * Runs on the JVM alone: it has an endpoint of its own, which no executable has; {@code ResultsTest} sees problems of
 * both.
 */
@QuarkusTest
class ProblemMapperTest {
    @Test
    void aRefusalIsAProblemWithItsReasonAndFields() {
        given().get("/fails/refused")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:engram:error:BUFFER_NOT_FOUND"))
                .body("title", equalTo("There is no such buffer."))
                .body("status", equalTo(404))
                .body("detail", equalTo("name: was buffers/b; allowed: a buffer that exists"))
                .body("reason", equalTo("BUFFER_NOT_FOUND"))
                .body("violations[0].field", equalTo("name"))
                .body("violations[0].value", equalTo("buffers/b"))
                .body("violations[0].allowed", equalTo("a buffer that exists"))
                .body("metadata.id", equalTo("7"));
    }

    @Test
    void aFaultShowsAnIdAndNothingElse() {
        given().get("/fails/otherwise")
                .then()
                .statusCode(500)
                .contentType("application/problem+json")
                .body("reason", equalTo("INTERNAL"))
                .body(not(containsString("secret")))
                .body(not(containsString("Exception")));
    }

    @Test
    void whatHttpRefusesIsAProblemToo() {
        given().post("/fails/refused")
                .then()
                .statusCode(405)
                .contentType("application/problem+json")
                .body("type", equalTo("about:blank"))
                .body("title", equalTo("Method Not Allowed"));
    }
}
