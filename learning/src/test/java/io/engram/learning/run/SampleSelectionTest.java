package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.learning.memory.InProcessReplayMemory;
import io.engram.learning.memory.ReplayMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The scores by which Aljundi et al. 2019 select samples; that they are right is asked by the comparison with PyTorch. */
class SampleSelectionTest {
    private static final int PIXELS = 64;

    @Test
    void everySampleIsRememberedWithAScore() {
        List<Float> scores = scoresAfter(
                SpecBuilder.of("gss-greedy").memory(1000).firstTasks(1).training(1, 16));

        // 288 samples of the first task, all of them held; the first batch had nothing to be compared with
        assertThat(scores).hasSize(288).allMatch(score -> score >= 0 && score <= 2.00001f);
        assertThat(scores.subList(0, 16)).containsOnly(1.1f);
        assertThat(scores.subList(16, 288)).doesNotContain(1.1f);
    }

    @Test
    void aFullMemoryTakesNothingButWhatIsUnlike() {
        List<Float> scores = scoresAfter(
                SpecBuilder.of("gss-greedy").memory(40).firstTasks(2).training(1, 16));

        // what did not come while there was room, in the first three batches, has a score below 1
        List<Float> early = scoresAfter(
                SpecBuilder.of("gss-greedy").memory(1000).firstTasks(2).training(1, 16));
        assertThat(scores).hasSize(40);
        assertThat(scores).allMatch(score -> score < 1 || early.subList(0, 40).contains(score));
    }

    @Test
    void aPolicyThatNeedsScoresNeedsAMethodThatGivesThem() {
        assertThatThrownBy(() -> Runs.FACTORY.complete(
                        SpecBuilder.of("er").memory(memory("least-similar")).build()))
                .isInstanceOf(InvalidRunSpecException.class)
                .hasMessage("memory.insertion_policy: was \"least-similar\"; allowed: for er one of "
                        + "class-balanced-reservoir, fifo, greedy-balanced, ranked, reservoir, ring");
        assertThatThrownBy(() -> Runs.FACTORY.complete(
                        SpecBuilder.of("gss-greedy").memory(memory("fifo")).build()))
                .hasMessage("memory.insertion_policy: was \"fifo\"; allowed: for gss-greedy one of least-similar");
    }

    private static MemorySpec memory(String policy) {
        return new MemorySpec(OptionalInt.of(100), OptionalInt.empty(), policy, "");
    }

    /** The scores that the memory holds at the end, by slot. */
    private static List<Float> scoresAfter(SpecBuilder spec) {
        List<ReplayMemory> memories = new ArrayList<>();
        Runs.learn(spec.build(), (settings, limit) -> {
            memories.add(new InProcessReplayMemory(settings, limit));
            return memories.get(0);
        });
        List<Float> scores = new ArrayList<>();
        memories.get(0).scan(batch -> {
            for (int k = 0; k < batch.size(); k++) {
                scores.add(batch.items().getFloat(k * batch.itemBytes() + PIXELS));
            }
        });
        return scores;
    }
}
