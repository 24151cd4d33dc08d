package io.engram.cli;

import org.junit.jupiter.api.Tag;

/** The same of the native executable. */
@Tag("native")
class SpecFilesNativeIT extends SpecFilesTest {}
