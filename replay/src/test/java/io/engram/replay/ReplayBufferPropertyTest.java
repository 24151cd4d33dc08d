package io.engram.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for every pair of policies, whatever the commands. */
class ReplayBufferPropertyTest {
    /** Insert that many, then draw that many. */
    record Command(int inserted, int asked) {}

    @Provide
    Arbitrary<BufferSettings> settings() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 200),
                        Arbitraries.of(PolicyCatalog.insertionPolicies()),
                        Arbitraries.of(PolicyCatalog.samplingPolicies()),
                        Arbitraries.longs())
                .as((capacity, insertion, sampling, seed) ->
                        new BufferSettings(capacity, Batches.ITEM_BYTES, insertion, sampling, seed));
    }

    @Provide
    Arbitrary<List<Command>> commands() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 80),
                        Arbitraries.integers().between(0, 80))
                .as(Command::new)
                .list()
                .ofMaxSize(20);
    }

    @Property(tries = 300)
    void isNeverOverCapacityAndCountsWhatItHasSeen(
            @ForAll("settings") BufferSettings settings, @ForAll("commands") List<Command> commands) {
        var buffer = new ReplayBuffer(settings);
        long seen = 0;
        for (Command command : commands) {
            buffer.insert(Batches.numbered(seen, command.inserted()));
            seen += command.inserted();

            assertThat(buffer.seen()).isEqualTo(seen);
            assertThat(buffer.size()).isLessThanOrEqualTo(settings.capacity());
            assertThat(buffer.memoryBytes()).isLessThanOrEqualTo(settings.memoryBytesWhenFull());
        }
    }

    @Property(tries = 300)
    void drawsAsManyAsThereAreWithoutRepetitionAndOnlyWhatWasInserted(
            @ForAll("settings") BufferSettings settings, @ForAll("commands") List<Command> commands) {
        var buffer = new ReplayBuffer(settings);
        var drawn = new SampleBatch(80, Batches.ITEM_BYTES);
        long seen = 0;
        for (Command command : commands) {
            buffer.insert(Batches.numbered(seen, command.inserted()));
            seen += command.inserted();

            int count = buffer.sample(command.asked(), drawn);

            assertThat(count).isEqualTo(drawn.size()).isEqualTo(Math.min(command.asked(), buffer.size()));
            List<Long> numbers = Batches.numbers(drawn);
            assertThat(new HashSet<>(numbers)).hasSize(count);
            for (long number : numbers) {
                assertThat(number).isBetween(0L, seen - 1);
            }
        }
    }

    @Property(tries = 100)
    void sameSeedAndSameCommandsGiveTheSameSamples(
            @ForAll("settings") BufferSettings settings, @ForAll("commands") List<Command> commands) {
        assertThat(transcript(settings, commands)).isEqualTo(transcript(settings, commands));
    }

    @Property(tries = 100)
    void whatIsHeldDoesNotDependOnHowTheStreamIsCutIntoBatches(
            @ForAll("settings") BufferSettings settings,
            @ForAll @Size(max = 10) List<@IntRange(min = 0, max = 50) Integer> cuts) {
        var inPieces = new ReplayBuffer(settings);
        int total = 0;
        for (int size : cuts) {
            inPieces.insert(Batches.numbered(total, size));
            total += size;
        }
        var atOnce = new ReplayBuffer(settings);
        atOnce.insert(Batches.numbered(0, total));

        assertThat(Batches.held(inPieces)).isEqualTo(Batches.held(atOnce));
    }

    @Property(tries = 100)
    void aSampleNeverComesBackOnceItWasEvicted(@ForAll("settings") BufferSettings settings) {
        var buffer = new ReplayBuffer(settings);
        Set<Long> before = Set.of();
        for (int first = 0; first < 100; first += 5) {
            buffer.insert(Batches.numbered(first, 5));
            Set<Long> now = new HashSet<>(Batches.held(buffer));
            int start = first;
            Set<Long> old = before;
            assertThat(now).allMatch(number -> number >= start || old.contains(number));
            before = now;
        }
    }

    @Property(tries = 300)
    void everySampleKeepsItsLabelAndItsTask(
            @ForAll("settings") BufferSettings settings, @ForAll("commands") List<Command> commands) {
        var buffer = new ReplayBuffer(settings);
        var all = new SampleBatch(settings.capacity(), Batches.ITEM_BYTES);
        long seen = 0;
        for (Command command : commands) {
            buffer.insert(Batches.numbered(seen, command.inserted()));
            seen += command.inserted();

            buffer.scan(0, all);

            List<Long> numbers = Batches.numbers(all);
            assertThat(new HashSet<>(numbers)).hasSize(buffer.size());
            for (int i = 0; i < all.size(); i++) {
                assertThat(all.labels()[i]).isEqualTo(Batches.labelOf(numbers.get(i)));
                assertThat(all.tasks()[i]).isEqualTo(Batches.taskOf(numbers.get(i)));
            }
        }
    }

    @Property(tries = 300)
    void aScanShowsWhatIsHeldInAnyCutAndDisturbsNothing(
            @ForAll("settings") BufferSettings settings,
            @ForAll("commands") List<Command> commands,
            @ForAll @IntRange(min = 1, max = 90) int cut) {
        var buffer = new ReplayBuffer(settings);
        var scanned = new SampleBatch(cut, Batches.ITEM_BYTES);
        var drawn = new SampleBatch(80, Batches.ITEM_BYTES);
        List<List<Long>> transcript = new ArrayList<>();
        long seen = 0;
        for (Command command : commands) {
            buffer.insert(Batches.numbered(seen, command.inserted()));
            seen += command.inserted();
            List<Long> inPieces = new ArrayList<>();
            while (buffer.scan(inPieces.size(), scanned) > 0) {
                inPieces.addAll(Batches.numbers(scanned));
            }
            assertThat(inPieces).isEqualTo(Batches.bySlot(buffer));
            buffer.sample(command.asked(), drawn);
            transcript.add(Batches.numbers(drawn));
        }
        assertThat(transcript).isEqualTo(transcript(settings, commands));
    }

    private static List<List<Long>> transcript(BufferSettings settings, List<Command> commands) {
        var buffer = new ReplayBuffer(settings);
        var drawn = new SampleBatch(80, Batches.ITEM_BYTES);
        List<List<Long>> transcript = new ArrayList<>();
        long seen = 0;
        for (Command command : commands) {
            buffer.insert(Batches.numbered(seen, command.inserted()));
            seen += command.inserted();
            buffer.sample(command.asked(), drawn);
            transcript.add(Batches.numbers(drawn));
        }
        return transcript;
    }
}
