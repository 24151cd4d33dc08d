package io.engram.trainer.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.proto.error.ErrorReason;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs on the JVM alone: it calls classes without anything outside them. */
class RunStateTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Lease ONE = new Lease("one", NOW);
    private static final Lease TWO = new Lease("two", NOW.plusSeconds(15));
    private static final RunFailure TROUBLE = RunFailure.of(ErrorReason.BUFFER_UNAVAILABLE, "gone");

    /** The first move that makes each transition, from the state that offers it. */
    private static Map<Transition, RunChange> everyMove() {
        RunState.Queued queued = RunState.Queued.first();
        RunState.Running running = (RunState.Running) queued.claim(ONE).state();
        Map<Transition, RunChange> visited = new EnumMap<>(Transition.class);
        for (RunChange change : new RunChange[] {
            queued.claim(ONE),
            queued.cancel(),
            running.succeed(),
            running.fail(TROUBLE),
            running.cancel(),
            running.handBack(),
            running.retry(TROUBLE, 2, NOW),
            running.retry(TROUBLE, 1, NOW),
            running.takeOver(TWO, 2)
        }) {
            visited.putIfAbsent(change.transition(), change);
        }
        return visited;
    }

    @Test
    void everyTransitionOfTheTableIsMadeByAMove() {
        assertThat(everyMove()).containsOnlyKeys(Transition.values());
    }

    @Test
    void everyMoveLeadsWhereTheTableSays() {
        assertThat(everyMove())
                .allSatisfy((transition, change) ->
                        assertThat(change.state().status()).isEqualTo(transition.to()));
    }

    @Test
    void noTransitionLeavesAnEnd() {
        assertThat(Transition.values())
                .allSatisfy(transition -> assertThat(transition.from().isEnd()).isFalse());
    }

    @Test
    void aTransitionToAnotherStateIsRefused() {
        assertThatThrownBy(() -> new RunChange(Transition.CLAIM, new RunState.Cancelled(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyClaimIsANewAttempt() {
        RunState.Running first =
                (RunState.Running) RunState.Queued.first().claim(ONE).state();
        RunState.Queued back = (RunState.Queued) first.handBack().state();
        RunState.Running second = (RunState.Running) back.claim(TWO).state();
        RunState.Running third = (RunState.Running) second.takeOver(ONE, 5).state();

        assertThat(first.attempt()).isEqualTo(1);
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(third.attempt()).isEqualTo(3);
    }

    @Test
    void onlyAttemptsThatWereNotHandedBackCountAsLost() {
        RunState.Running first =
                (RunState.Running) RunState.Queued.first().claim(ONE).state();
        RunState.Running second = (RunState.Running)
                ((RunState.Queued) first.handBack().state()).claim(ONE).state();

        RunState.Running third = (RunState.Running) second.takeOver(TWO, 5).state();

        assertThat(third.lostAttempts()).isEqualTo(1);
    }

    @Test
    void aRunWhoseTrainersAreLostTooOftenFails() {
        RunState.Running last = new RunState.Running(5, 4, ONE);

        RunChange change = last.takeOver(TWO, 5);

        assertThat(change.transition()).isEqualTo(Transition.EXHAUST);
        RunFailure failure = ((RunState.Failed) change.state()).failure();
        assertThat(failure.reason()).isEqualTo("ATTEMPTS_EXHAUSTED");
        assertThat(failure.message()).contains("5 attempts", "one");
    }

    @Test
    void aRunThatIsRetriedTooOftenFailsWithItsTrouble() {
        RunChange change = new RunState.Running(5, 4, ONE).retry(TROUBLE, 5, NOW);

        assertThat(change.state()).isEqualTo(new RunState.Failed(5, TROUBLE));
    }
}
