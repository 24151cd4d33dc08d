package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HealthcheckScriptTest {

    @Test
    void succeedsWhenTheServiceIsReady() throws Exception {
        assertThat(checkAgainstAServerThatAnswers(200)).isZero();
    }

    @Test
    void failsWhenTheServiceSaysItIsNotReady() throws Exception {
        assertThat(checkAgainstAServerThatAnswers(503)).isNotZero();
    }

    @Test
    void failsWhenNobodyListens() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }

        assertThat(check(free)).isNotZero();
    }

    private static int checkAgainstAServerThatAnswers(int status) throws IOException, InterruptedException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/q/health/ready", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        try {
            return check(server.getAddress().getPort());
        } finally {
            server.stop(0);
        }
    }

    private static int check(int port) throws IOException, InterruptedException {
        ProcessBuilder script = new ProcessBuilder(
                "bash",
                Repository.ROOT.resolve("deploy/container/healthcheck.sh").toString());
        script.environment().put("ENGRAM_HTTP_PORT", String.valueOf(port));
        Process process = script.redirectErrorStream(true).start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
