package io.engram.learning.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
    @TempDir
    private Path folder;

    @Test
    void theNewOneAndTheOneItFollowsAreKept() {
        CheckpointStore store = new CheckpointStore(folder, 1);

        write(store, 1, 2, 3);

        assertThat(versions(store)).containsExactly(3L, 2L);
    }

    @Test
    void anAttemptKeepsWhatItWentOnFromAndDropsWhatItPassedOver() {
        write(new CheckpointStore(folder, 1), 1, 2);
        CheckpointStore second = new CheckpointStore(folder, 2);

        second.goOnFrom(second.newestFirst().get(1));
        write(second, 3);

        assertThat(versions(second)).containsExactly(3L, 1L);
        write(second, 4);
        assertThat(versions(second)).containsExactly(4L, 3L);
    }

    @Test
    void anAttemptThatBeganAtTheBeginningKeepsNothingOfThoseBefore() {
        write(new CheckpointStore(folder, 1), 1, 2);
        CheckpointStore second = new CheckpointStore(folder, 2);

        write(second, 3);

        assertThat(versions(second)).containsExactly(3L);
    }

    @Test
    void anAttemptThatLostItsRunDisturbsNoLaterOne() {
        CheckpointStore first = new CheckpointStore(folder, 1);
        write(first, 1, 2);
        CheckpointStore second = new CheckpointStore(folder, 2);
        second.goOnFrom(second.newestFirst().get(0));
        write(second, 3, 4);

        write(first, 5);

        assertThat(versions(second)).containsExactly(4L, 3L, 5L);
        assertThat(versions(first)).containsExactly(5L);
    }

    @Test
    void whatIsNoCheckpointIsLeftAloneAndWhatWasNotFinishedIsNone() throws IOException {
        CheckpointStore store = new CheckpointStore(folder, 1);
        Files.writeString(folder.resolve(".writing-1"), "killed while it was written");
        Files.writeString(folder.resolve("notes.txt"), "mine");

        assertThat(store.newestFirst()).isEmpty();
        write(store, 1, 2, 3);

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "notes.txt", "0000000001-0000000002.checkpoint", "0000000001-0000000003.checkpoint");
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> write(new CheckpointStore(file.resolve("run"), 1), 1))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString());
    }

    private static void write(CheckpointStore store, long... versions) {
        for (long version : versions) {
            store.write(new Checkpoint(
                    "er",
                    "data",
                    Optional.empty(),
                    List.of(1),
                    Position.before(1),
                    List.of(),
                    Map.of(),
                    version,
                    Map.of(),
                    new Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, List.of())));
        }
    }

    private static List<Long> versions(CheckpointStore store) {
        return store.newestFirst().stream()
                .map(kept -> kept.read().memoryVersion())
                .toList();
    }
}
