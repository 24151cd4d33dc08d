package io.engram.deploy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/**
 * etcd, API server, controller manager and scheduler of Kubernetes as child processes on free ports of the loopback
 * address. The folder with their executables is named by the system property {@code engram.kubernetes.bin}.
 */
final class ControlPlane implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final Path folder;
    private final int apiPort = freePort();
    private final List<Process> processes = new ArrayList<>();
    private final Kubectl kubectl;
    private KubernetesClient client;

    private ControlPlane(Path folder) throws IOException {
        this.folder = folder;
        String token = UUID.randomUUID().toString();
        Files.writeString(folder.resolve("tokens.csv"), token + ",admin,admin,system:masters\n");
        Files.writeString(kubeconfig(), """
                apiVersion: v1
                kind: Config
                clusters: [{name: local, cluster: {server: "https://127.0.0.1:%d", insecure-skip-tls-verify: true}}]
                users: [{name: admin, user: {token: "%s"}}]
                contexts: [{name: local, context: {cluster: local, user: admin}}]
                current-context: local
                """.formatted(apiPort, token));
        kubectl = new Kubectl(executable("kubectl"), kubeconfig());
    }

    /** Starts everything and waits until the API server is ready; data and logs lie in the folder. */
    static ControlPlane start(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        ControlPlane plane = new ControlPlane(folder);
        Runtime.getRuntime().addShutdownHook(new Thread(plane::close));
        try {
            plane.startStore();
            plane.startController();
            return plane;
        } catch (IOException | GeneralSecurityException | RuntimeException failed) {
            plane.close();
            throw failed;
        }
    }

    private void startStore() throws IOException, GeneralSecurityException, InterruptedException {
        String store = "http://127.0.0.1:" + freePort();
        String peers = "http://127.0.0.1:" + freePort();
        run(
                "etcd",
                "--data-dir=" + folder.resolve("etcd"),
                "--unsafe-no-fsync",
                "--listen-client-urls=" + store,
                "--advertise-client-urls=" + store,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=default=" + peers);
        Path key = writeKey();
        run(
                "kube-apiserver",
                "--etcd-servers=" + store,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + apiPort,
                "--cert-dir=" + folder.resolve("certificates"),
                "--service-cluster-ip-range=10.96.0.0/16",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + key,
                "--service-account-signing-key-file=" + key,
                "--authorization-mode=RBAC",
                "--token-auth-file=" + folder.resolve("tokens.csv"));
        Config config = Config.fromKubeconfig(Files.readString(kubeconfig()));
        config.setTrustCerts(true);
        client = new KubernetesClientBuilder().withConfig(config).build();
        Condition.await("the API server is ready, see " + folder, START_LIMIT, this::isReady);
    }

    private void startController() throws IOException {
        run(
                "kube-controller-manager",
                "--kubeconfig=" + kubeconfig(),
                "--service-account-private-key-file=" + folder.resolve("service-accounts.pem"),
                "--leader-elect=false",
                "--secure-port=0",
                // Simulated nodes send no heart-beats.
                "--node-monitor-grace-period=24h");
        run("kube-scheduler", "--kubeconfig=" + kubeconfig(), "--leader-elect=false", "--secure-port=0");
    }

    private boolean isReady() {
        processes.forEach(process -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(process.info() + " ended, see " + folder);
            }
        });
        try {
            return "ok".equals(client.raw("/readyz"));
        } catch (KubernetesClientException notYet) {
            return false;
        }
    }

    KubernetesClient client() {
        return client;
    }

    Kubectl kubectl() {
        return kubectl;
    }

    private Path kubeconfig() {
        return folder.resolve("kubeconfig");
    }

    private Path writeKey() throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        return Files.writeString(
                folder.resolve("service-accounts.pem"),
                "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n");
    }

    private void run(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(executable(name).toString()));
        command.addAll(List.of(arguments));
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start());
    }

    static Path executable(String name) {
        String folder = System.getProperty("engram.kubernetes.bin", "");
        Path file = Repository.ROOT.resolve(folder).resolve(name);
        if (folder.isEmpty() || !Files.isExecutable(file)) {
            throw new IllegalStateException(
                    "-Dengram.kubernetes.bin=" + folder + " has no " + name
                            + "; it names a folder with etcd, kube-apiserver, kube-controller-manager, kube-scheduler and kubectl");
        }
        return file;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends everything, the last started first. */
    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        Collections.reverse(processes);
        processes.forEach(Process::destroyForcibly);
        processes.clear();
    }
}
