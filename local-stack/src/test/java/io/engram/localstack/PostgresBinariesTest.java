package io.engram.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {
    @TempDir
    private Path folder;

    @Test
    void of_several_that_unpack_at_once_one_wins_and_all_can_go_on() throws Exception {
        // Given an archive that nobody has unpacked
        Path archive = Files.createSymbolicLink(
                folder.resolve("postgres.txz"), EngramHome.find().postgresArchive());

        // When three unpack it at once, each of which takes longer than it takes to begin
        ExecutorService threads = Executors.newFixedThreadPool(3);
        Callable<PostgresBinaries> unpacking = () -> PostgresBinaries.unpacked(archive);
        for (Future<PostgresBinaries> unpacked : threads.invokeAll(List.of(unpacking, unpacking, unpacking))) {
            assertThat(unpacked.get()).isNotNull();
        }
        threads.shutdown();

        // Then there is one copy, which works, and nothing beside it
        assertThat(folder.resolve("postgres/bin/postgres")).isExecutable();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(archive, folder.resolve("postgres"));
        }
    }
}
