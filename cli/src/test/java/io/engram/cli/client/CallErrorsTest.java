package io.engram.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import org.junit.jupiter.api.Test;

/** What the command says of calls that fail. Runs on the JVM alone: it calls the text's maker, not the command. */
class CallErrorsTest {
    private static final Addresses ADDRESSES = new Addresses("trainer:1", "evaluator:2");

    @Test
    void whereNobodyAnswersItSaysWhatToStart() {
        assertThat(CallErrors.describe(
                        Status.UNAVAILABLE.withDescription("refused").asRuntimeException(), ADDRESSES))
                .isEqualTo("No answer from the services (trainer trainer:1, evaluator evaluator:2): refused."
                        + " Start them with `engram up`, or say where they are with --trainer and --evaluator.");
    }

    @Test
    void whereAnAnswerTakesTooLongItSaysThatTheCallMayStillCount() {
        assertThat(CallErrors.describe(Status.DEADLINE_EXCEEDED.asRuntimeException(), ADDRESSES))
                .isEqualTo("No answer from the services (trainer trainer:1, evaluator evaluator:2) within 20 seconds."
                        + " What was asked for may still be done: `engram runs` shows it.");
    }
}
