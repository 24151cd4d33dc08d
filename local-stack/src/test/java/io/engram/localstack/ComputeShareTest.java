package io.engram.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ComputeShareTest {
    @Test
    void takesBothOfTwoProcessorsAndHasTheEvaluatorYield() {
        ComputeShare share = ComputeShare.of(2, true);
        assertThat(share.evaluatorYields()).isTrue();
        assertThat(share.trainerEnvironment())
                .containsEntry("ENGRAM_COMPUTE_THREADS", "2")
                .containsEntry("OMP_WAIT_POLICY", "ACTIVE")
                .containsEntry("OMP_PROC_BIND", "true");
        assertThat(share.evaluatorEnvironment())
                .containsEntry("ENGRAM_COMPUTE_THREADS", "2")
                .containsEntry("OMP_WAIT_POLICY", "PASSIVE");
    }

    @Test
    void leavesOneOfManyProcessorsToTheOthers() {
        ComputeShare share = ComputeShare.of(8, true);
        assertThat(share.threads()).isEqualTo(7);
        assertThat(share.evaluatorYields()).isFalse();
        assertThat(share.evaluatorEnvironment()).containsEntry("ENGRAM_COMPUTE_THREADS", "1");
    }

    @Test
    void computesWithAsManyThreadsButDoesNotSpinOnABusyMachine() {
        ComputeShare busy = ComputeShare.of(2, false);
        assertThat(busy.threads()).isEqualTo(ComputeShare.of(2, true).threads());
        assertThat(busy.trainerEnvironment())
                .containsEntry("OMP_WAIT_POLICY", "PASSIVE")
                .doesNotContainKeys("GOMP_SPINCOUNT", "OMP_PROC_BIND");
    }

    @Test
    void aSingleThreadHasNobodyToWaitFor() {
        assertThat(ComputeShare.of(1, true).spins()).isFalse();
    }

    /** Fields as proc(5) has them: user, nice, system, idle, iowait, irq, softirq, steal, guest, guest_nice. */
    @Test
    void countsEverythingButIdleTimeAsBusy() {
        assertThat(OtherLoad.busySeconds("cpu  100 20 30 5000 700 1 2 47 9 9\ncpu0 1 2 3\n"))
                .isEqualTo(2.0);
    }

    @Test
    void doesNotCountThisProcess() {
        assertThat(OtherLoad.over(Duration.ofMillis(50)).stream()).allMatch(load -> load >= 0);
    }
}
