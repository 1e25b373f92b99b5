package app.recado.installation;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Kubernetes' own description of its objects: which fields there are, which must be there, of which type. */
final class KubernetesTypes {

    private static final String MODELS = "io.kubernetes.client.openapi.models.";

    private static final Map<String, String> VERSIONS =
            Map.of("HorizontalPodAutoscaler", "V2", "NetworkPolicy", "V1", "PodDisruptionBudget", "V1");

    /** Belong to operators, not to Kubernetes. */
    private static final Set<String> OF_OTHERS = Set.of(
            "monitoring.coreos.com/v1 ServiceMonitor",
            "monitoring.coreos.com/v1 PrometheusRule",
            "postgresql.cnpg.io/v1 Cluster",
            "postgresql.cnpg.io/v1 ScheduledBackup",
            "barmancloud.cnpg.io/v1 ObjectStore");

    private KubernetesTypes() {}

    /** What is wrong with the object; empty when Kubernetes knows every field of it. */
    static Optional<String> problem(JsonNode object) {
        var kind = object.path("kind").asString("");
        if (OF_OTHERS.contains(object.path("apiVersion").asString("") + " " + kind)) {
            return Optional.empty();
        }
        try {
            var type = Class.forName(MODELS + VERSIONS.getOrDefault(kind, "V1") + kind);
            type.getMethod("validateJsonElement", JsonElement.class)
                    .invoke(null, JsonParser.parseString(object.toString()));
            type.getMethod("fromJson", String.class).invoke(null, object.toString());
            return Optional.empty();
        } catch (InvocationTargetException e) {
            return Optional.of(kind + " " + object.at("/metadata/name").asString("") + ": " + e.getCause());
        } catch (ReflectiveOperationException e) {
            return Optional.of("Kubernetes has no " + kind);
        }
    }
}
