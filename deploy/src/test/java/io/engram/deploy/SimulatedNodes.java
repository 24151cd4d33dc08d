package io.engram.deploy;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Nodes that run nothing, with what plays their kubelet and the cluster's storage: a pod with a place becomes ready, a pod
 * that is to end ends at once, a claim gets a volume. No container runs, so no probe is called and nothing is mounted.
 */
final class SimulatedNodes implements AutoCloseable {

    static final String GPU = "nvidia.com/gpu";
    static final String ZONE = "topology.kubernetes.io/zone";

    private final KubernetesClient client;
    private final SharedIndexInformer<Pod> pods;
    private final SharedIndexInformer<PersistentVolumeClaim> claims;
    private volatile Predicate<Pod> starts = pod -> true;
    private volatile Consumer<Pod> witness = pod -> {};

    SimulatedNodes(KubernetesClient client) {
        this.client = client;
        pods = client.pods().inAnyNamespace().inform(handler(this::play));
        claims = client.persistentVolumeClaims().inAnyNamespace().inform(handler(this::provide));
    }

    void addNode(String name, String zone, int processors, String memory) {
        client.resource(node(name, zone, processors, memory).build()).create();
    }

    /** As GPU nodes usually are: only pods that tolerate it are placed there. */
    void addGpuNode(String name, String zone, int processors, String memory, int gpus) {
        Quantity devices = new Quantity(Integer.toString(gpus));
        client.resource(node(name, zone, processors, memory)
                        .editSpec()
                        .addNewTaint("NoSchedule", GPU, null, "present")
                        .endSpec()
                        .editStatus()
                        .addToAllocatable(GPU, devices)
                        .addToCapacity(GPU, devices)
                        .endStatus()
                        .build())
                .create();
    }

    private static NodeBuilder node(String name, String zone, int processors, String memory) {
        Map<String, Quantity> size = Map.of(
                "cpu", new Quantity(Integer.toString(processors)),
                "memory", new Quantity(memory),
                "ephemeral-storage", new Quantity("200Gi"),
                "pods", new Quantity("110"));
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels(ZONE, zone)
                .addToLabels("kubernetes.io/hostname", name)
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .withAllocatable(size)
                .withCapacity(size)
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus();
    }

    /** Pods that start; the others stay as if their image were still pulled. Those that wait are looked at again. */
    void starting(Predicate<Pod> which) {
        starts = which;
        pods.getStore().list().forEach(this::play);
    }

    /** Is told of every pod whenever it changed, before anything is done with it. */
    void watchedBy(Consumer<Pod> observer) {
        witness = observer;
    }

    List<Pod> pods() {
        return pods.getStore().list();
    }

    private synchronized void play(Pod pod) {
        witness.accept(pod);
        if (pod.getSpec().getNodeName() == null) {
            return;
        }
        tolerant(() -> {
            if (pod.getMetadata().getDeletionTimestamp() != null) {
                client.resource(pod).withGracePeriod(0).delete();
            } else if ("Pending".equals(pod.getStatus().getPhase()) && starts.test(pod)) {
                client.resource(running(pod)).patchStatus();
            }
        });
    }

    private static Pod running(Pod pod) {
        String now = Instant.now().toString();
        return new PodBuilder(pod)
                .editStatus()
                .withPhase("Running")
                .withStartTime(now)
                .addNewCondition()
                .withType("Initialized")
                .withStatus("True")
                .endCondition()
                .addNewCondition()
                .withType("ContainersReady")
                .withStatus("True")
                .endCondition()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withLastTransitionTime(now)
                .endCondition()
                .withContainerStatuses(pod.getSpec().getContainers().stream()
                        .map(container -> ready(container.getName(), container.getImage(), now))
                        .toList())
                .endStatus()
                .build();
    }

    private static ContainerStatus ready(String name, String image, String now) {
        return new ContainerStatusBuilder()
                .withName(name)
                .withImage(image)
                .withImageID(image)
                .withReady(true)
                .withStarted(true)
                .withRestartCount(0)
                .withNewState()
                .withNewRunning()
                .withStartedAt(now)
                .endRunning()
                .endState()
                .build();
    }

    private synchronized void provide(PersistentVolumeClaim claim) {
        if (claim.getSpec().getVolumeName() != null || claim.getMetadata().getDeletionTimestamp() != null) {
            return;
        }
        Map<String, Quantity> size =
                new HashMap<>(claim.getSpec().getResources().getRequests());
        tolerant(() -> client.resource(new PersistentVolumeBuilder()
                        .withNewMetadata()
                        .withName("volume-" + claim.getMetadata().getUid())
                        .endMetadata()
                        .withNewSpec()
                        .withCapacity(size)
                        .withAccessModes(claim.getSpec().getAccessModes())
                        .withPersistentVolumeReclaimPolicy("Retain")
                        .withStorageClassName(claim.getSpec().getStorageClassName())
                        .withNewNfs("/" + claim.getMetadata().getUid(), false, "simulated")
                        .withNewClaimRef()
                        .withNamespace(claim.getMetadata().getNamespace())
                        .withName(claim.getMetadata().getName())
                        .withUid(claim.getMetadata().getUid())
                        .endClaimRef()
                        .endSpec()
                        .build())
                .create());
    }

    /** What changed or went in the meantime comes again as an event. */
    private static void tolerant(Runnable step) {
        try {
            step.run();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }

    private static <T> ResourceEventHandler<T> handler(Consumer<T> action) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                action.accept(object);
            }

            @Override
            public void onUpdate(T before, T after) {
                action.accept(after);
            }

            @Override
            public void onDelete(T object, boolean unknown) {}
        };
    }

    @Override
    public void close() {
        pods.stop();
        claims.stop();
    }
}
