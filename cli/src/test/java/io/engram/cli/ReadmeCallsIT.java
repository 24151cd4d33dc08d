package io.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.localstack.EngramHome;
import io.engram.localstack.Service;
import io.grpc.ManagedChannel;
import io.grpc.okhttp.OkHttpChannelBuilder;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The README's lines for {@code grpcurl}, made as grpcurl makes them: by server reflection. */
@Tag("end-to-end")
class ReadmeCallsIT {
    private static final Pattern CALL =
            Pattern.compile("grpcurl -plaintext -d '([^']*)' localhost:(\\d+) ([\\w.]+)/(\\w+)");
    private static final Pattern RUN = Pattern.compile("\"name\":\"(runs/\\w+)\"");
    /** By the documented port. */
    private static final Map<String, Service> SERVICES = Map.of("9101", Service.TRAINER, "9103", Service.EVALUATOR);

    @Test
    void every_call_of_the_README_works_in_its_order() throws Exception {
        // Given
        String readme = Files.readString(EngramHome.find().root().resolve("README.md"));
        List<MatchResult> calls = CALL.matcher(readme).results().toList();
        assertThat(calls)
                .hasSize(readme.split("\ngrpcurl ", -1).length - 1)
                .extracting(call -> call.group(4))
                .containsExactly("CreateRun", "WatchRun", "GetAccuracyMatrix");

        // When
        String created = last(make(calls.get(0), ""));
        Matcher run = RUN.matcher(created);
        assertThat(run.find()).as(created).isTrue();
        String watched = last(make(calls.get(1), run.group(1)));
        // The last evaluation may come a moment after the run's end, for which the command waits.
        SharedStack.get().engram("watch", run.group(1), "--report", "target/readme-report.html");
        String matrix = last(make(calls.get(2), run.group(1)));

        // Then
        assertThat(watched).contains("RUN_STATE_SUCCEEDED");
        assertThat(matrix).contains("\"taskCount\":5").contains("\"accuracy\":[");
    }

    private static List<String> make(MatchResult call, String run) throws Exception {
        String address = SharedStack.get().stack().grpcAddress(SERVICES.get(call.group(2)));
        ManagedChannel channel =
                OkHttpChannelBuilder.forTarget(address).usePlaintext().build();
        try {
            String request = call.group(1).replace("runs/RUN", run);
            return new ReflectedService(channel).call(call.group(3), call.group(4), request);
        } finally {
            channel.shutdownNow();
        }
    }

    private static String last(List<String> responses) {
        assertThat(responses).isNotEmpty();
        return responses.get(responses.size() - 1);
    }
}
