package io.engram.learning.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.learning.dataset.Samples;
import io.engram.replay.SplitMix64;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadersTest {

    private static final int[] ROWS = {3, 5, 8, 13, 21, 34, 55};
    private static final int[] DENSE_IDS = new int[56];

    static {
        for (int row = 0; row < DENSE_IDS.length; row++) {
            DENSE_IDS[row] = row % 4;
        }
    }

    @Test
    void anEpochGivesEachRowOnce() {
        assertThat(flat(epoch(trainLoader(2, 1)))).containsExactlyInAnyOrder(3, 5, 8, 13, 21, 34, 55);
    }

    @Test
    void theLastBatchIsSmaller() {
        assertThat(epoch(trainLoader(3, 1)).stream().map(List::size)).containsExactly(3, 3, 1);
    }

    @Test
    void aBatchLargerThanTheTaskGivesWhatThereIs() {
        assertThat(epoch(trainLoader(100, 1)).stream().map(List::size)).containsExactly(7);
    }

    @Test
    void theLoaderKnowsItsBatchesBeforehand() {
        // 7 samples in batches of 3: 3 + 3 + 1
        assertThat(trainLoader(3, 1).batches()).isEqualTo(3);
        assertThat(TrainLoader.batches(6, 3)).isEqualTo(2);
    }

    @Test
    void theOrderFollowsFromTheSeed() {
        assertThat(epoch(trainLoader(2, 42))).isEqualTo(epoch(trainLoader(2, 42)));
        assertThat(flat(epoch(trainLoader(2, 42)))).isNotEqualTo(flat(epoch(trainLoader(2, 43))));
    }

    @Test
    void theOrderDoesNotDependOnTheBatchSize() {
        assertThat(flat(epoch(trainLoader(2, 42)))).isEqualTo(flat(epoch(trainLoader(5, 42))));
    }

    @Test
    void everyEpochIsShuffledAnew() {
        TrainLoader loader = trainLoader(2, 42);

        assertThat(flat(epoch(loader))).isNotEqualTo(flat(epoch(loader)));
    }

    @Test
    void theCallersRowsStayAsTheyAre() {
        int[] rows = ROWS.clone();

        epoch(new TrainLoader(samples(rows), 2, new SplitMix64(1)));

        assertThat(rows).isEqualTo(ROWS);
    }

    @Test
    void aBatchHoldsTheClassOfEachRow() {
        trainLoader(4, 1).forEachBatch(batch -> {
            for (int k = 0; k < batch.size(); k++) {
                assertThat(batch.classOf(k)).isEqualTo(batch.row(k) % 4);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 100})
    void everyBatchIsAnnouncedOnceAndInOrderBeforeItsTurn(int lookahead) {
        List<List<Integer>> expected = epoch(trainLoader(2, 7));
        List<List<Integer>> announced = new ArrayList<>();
        List<List<Integer>> taken = new ArrayList<>();

        TrainLoader loader = trainLoader(2, 7);
        loader.shuffle();
        int end = loader.forEachBatch(
                0, loader.batches(), lookahead, batch -> announced.add(rows(batch)), () -> false, batch -> {
                    taken.add(rows(batch));
                    assertThat(announced.size()).isBetween(taken.size(), taken.size() - 1 + lookahead);
                });

        assertThat(end).isEqualTo(loader.batches());
        assertThat(taken).isEqualTo(expected);
        assertThat(announced).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 100})
    void whatWasAnnouncedIsGivenAfterAStopAndNothingElse(int lookahead) {
        List<List<Integer>> announced = new ArrayList<>();
        List<List<Integer>> taken = new ArrayList<>();
        TrainLoader loader = trainLoader(1, 7);
        loader.shuffle();

        int end = loader.forEachBatch(
                1,
                loader.batches(),
                lookahead,
                batch -> announced.add(rows(batch)),
                () -> taken.size() >= 2,
                batch -> taken.add(rows(batch)));

        assertThat(taken).isEqualTo(announced).hasSize(end - 1);
        assertThat(taken.size()).isBetween(2, Math.min(loader.batches() - 1, 2 + lookahead));
    }

    @Test
    void theTestLoaderGivesTheRowsInOrder() {
        List<List<Integer>> batches = new ArrayList<>();

        new TestLoader(new Task(0, List.of(0), new int[0], ROWS), DENSE_IDS, 3)
                .forEachBatch(batch -> batches.add(rows(batch)));

        assertThat(batches).containsExactly(List.of(3, 5, 8), List.of(13, 21, 34), List.of(55));
    }

    private static TrainLoader trainLoader(int batchSize, long seed) {
        return new TrainLoader(samples(ROWS), batchSize, new SplitMix64(seed));
    }

    private static TaskSamples samples(int[] rows) {
        Samples samples = Samples.copyOf(new byte[DENSE_IDS.length], 1, DENSE_IDS);
        return new TaskSamples(samples, DENSE_IDS, new int[DENSE_IDS.length], rows);
    }

    private static List<List<Integer>> epoch(TrainLoader loader) {
        List<List<Integer>> batches = new ArrayList<>();
        loader.forEachBatch(batch -> batches.add(rows(batch)));
        return batches;
    }

    private static List<Integer> rows(Batch batch) {
        List<Integer> rows = new ArrayList<>();
        for (int k = 0; k < batch.size(); k++) {
            rows.add(batch.row(k));
        }
        return rows;
    }

    private static List<Integer> flat(List<List<Integer>> batches) {
        return batches.stream().flatMap(List::stream).toList();
    }
}
