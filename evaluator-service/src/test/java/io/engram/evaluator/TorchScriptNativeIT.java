package io.engram.evaluator;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** The same against the native executable. */
@Tag("native")
@QuarkusIntegrationTest
class TorchScriptNativeIT extends TorchScriptTest {}
