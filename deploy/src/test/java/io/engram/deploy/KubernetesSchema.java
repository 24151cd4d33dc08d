package io.engram.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.util.Map;

/**
 * Checks objects against the schemas of the Kubernetes API, offline. The models of the official Java client are generated
 * from the API server's OpenAPI document; they refuse unknown fields, missing ones and wrong types at any depth. Kinds that
 * are not Kubernetes' own are checked by their {@link CustomDefinition}.
 */
final class KubernetesSchema {

    private static final Map<String, Class<?>> KINDS = Map.of(
            "apps/v1/Deployment", V1Deployment.class,
            "apps/v1/StatefulSet", V1StatefulSet.class,
            "networking.k8s.io/v1/NetworkPolicy", V1NetworkPolicy.class,
            "policy/v1/PodDisruptionBudget", V1PodDisruptionBudget.class,
            "v1/Service", V1Service.class,
            "v1/ServiceAccount", V1ServiceAccount.class,
            "v1/PersistentVolumeClaim", V1PersistentVolumeClaim.class);

    private KubernetesSchema() {}

    /** @throws RuntimeException naming the field, where the object does not keep to the schema of its kind */
    static void check(JsonNode object) {
        String kind =
                object.path("apiVersion").asText() + "/" + object.path("kind").asText();
        Class<?> model = KINDS.get(kind);
        if (model != null) {
            JSON.getGson().fromJson(object.toString(), model);
            return;
        }
        CustomDefinition.all().stream()
                .filter(definition -> definition.defines(object))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No schema for the kind " + kind))
                .check(object);
    }
}
