package app.recado.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.devstack.Folders;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The chart, rendered as it comes and with both overlays. */
class ChartTest {

    @Test
    void helm_finds_nothing_to_complain_about(@TempDir Path folder) throws IOException {
        // Linting takes the chart's own values, and those leave out what every installation must say.
        Chart.copy(folder, text -> text);
        var values = Documents.read(folder.resolve("values.yaml"))
                .replaceFirst("host: \"\"", "host: recado.clinics.test")
                .replaceFirst("url: \"\"", "url: https://id.clinics.test")
                .replaceFirst("url: \"\"", "url: jdbc:postgresql://db.internal:5432/recado");
        Files.writeString(folder.resolve("values.yaml"), values);

        var lint = new Helm(folder).lint().strict().call();
        assertThat(lint.isFailed()).as(String.join("\n", lint.getMessages())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "values-k3s.yaml", "values-three-replicas.yaml", "values-cloudnativepg.yaml"})
    void every_object_is_one_kubernetes_knows_field_by_field(String overlay) {
        var objects = Chart.render(overlay, Map.of());

        assertThat(objects).hasSizeGreaterThan(15);
        assertThat(objects.stream().map(KubernetesTypes::problem).flatMap(Optional::stream))
                .isEmpty();
        assertThat(objects.stream().map(object -> object.get("kind").asString() + " " + Chart.nameOf(object)))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "values-k3s.yaml", "values-three-replicas.yaml", "values-cloudnativepg.yaml"})
    void every_pod_runs_as_nobody_special_and_writes_only_where_it_may(String overlay) {
        var pods = Chart.render(overlay, Map.of()).stream()
                .flatMap(Chart::podTemplates)
                .toList();
        assertThat(pods).hasSizeGreaterThanOrEqualTo(9);
        for (var pod : pods) {
            var spec = pod.get("spec");
            assertThat(spec.get("automountServiceAccountToken").asBoolean()).isFalse();
            assertThat(spec.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(spec.at("/securityContext/seccompProfile/type").asString())
                    .isEqualTo("RuntimeDefault");
            for (var container : spec.get("containers")) {
                var security = container.get("securityContext");
                assertThat(security.get("readOnlyRootFilesystem").asBoolean()).isTrue();
                assertThat(security.get("allowPrivilegeEscalation").asBoolean()).isFalse();
                assertThat(security.at("/capabilities/drop").toString()).isEqualTo("[\"ALL\"]");
                assertThat(container.at("/resources/limits/memory").asString(""))
                        .isNotEmpty();
                assertThat(container.at("/resources/requests/cpu").asString("")).isNotEmpty();
                assertThat(container.get("image").asString()).matches("\\S+:\\d+\\.\\d+\\.\\d+");
                for (var variable : container.path("env")) {
                    if (variable.get("name").asString().matches(".*(PASSWORD|SECRET|TOKEN|KEY|DATABASE_URL)")
                            && !variable.get("name").asString().equals("RECADO_DATABASE_URL")) {
                        assertThat(variable.at("/valueFrom/secretKeyRef/name").asString(""))
                                .as(variable.get("name").asString())
                                .isNotEmpty();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "values-k3s.yaml", "values-three-replicas.yaml", "values-cloudnativepg.yaml"})
    void what_points_at_something_finds_it(String overlay) {
        var objects = Chart.render(overlay, Map.of());
        var deployments = Chart.ofKind(objects, "Deployment");

        for (var service : Chart.ofKind(objects, "Service")) {
            assertThat(deployments).anyMatch(deployment -> selects(service.at("/spec/selector"), deployment));
        }
        for (var budget : Chart.ofKind(objects, "PodDisruptionBudget")) {
            assertThat(deployments)
                    .anyMatch(deployment -> selects(budget.at("/spec/selector/matchLabels"), deployment));
        }
        for (var deployment : deployments) {
            assertThat(selects(deployment.at("/spec/selector/matchLabels"), deployment))
                    .isTrue();
            for (var volume : deployment.at("/spec/template/spec/volumes")) {
                var claim = volume.at("/persistentVolumeClaim/claimName");
                if (!claim.isMissingNode()) {
                    Chart.named(objects, "PersistentVolumeClaim", claim.asString());
                }
            }
        }
        for (var rule : Chart.ofKind(objects, "Ingress").getFirst().at("/spec/rules")) {
            for (var path : rule.at("/http/paths")) {
                var service = Chart.named(
                        objects, "Service", path.at("/backend/service/name").asString());
                assertThat(service.at("/spec/ports").findValuesAsString("name"))
                        .contains(path.at("/backend/service/port/name").asString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "values-k3s.yaml", "values-three-replicas.yaml", "values-cloudnativepg.yaml"})
    void only_the_backend_reaches_the_gateway_and_everything_unnamed_is_closed(String overlay) {
        var objects = Chart.render(overlay, Map.of());
        var closed = Chart.named(objects, "NetworkPolicy", "recado-closed");
        assertThat(closed.at("/spec/policyTypes").toString()).isEqualTo("[\"Ingress\",\"Egress\"]");
        assertThat(closed.get("spec").has("ingress")).isFalse();

        var gateway = Chart.named(objects, "NetworkPolicy", "recado-gateway").get("spec");
        assertThat(gateway.at("/ingress/0/from")).hasSize(1);
        assertThat(gateway.get("ingress")
                        .valueStream()
                        .filter(rule -> rule.get("ports").toString().contains("8090")))
                .hasSize(1);
        assertThat(gateway.at("/ingress/0/from/0/podSelector/matchLabels/app.kubernetes.io~1component")
                        .asString())
                .isEqualTo("backend");
        assertThat(gateway.at("/podSelector/matchLabels/app.kubernetes.io~1component")
                        .asString())
                .isEqualTo("gateway");
        assertThat(Chart.ofKind(objects, "Ingress").toString())
                .doesNotContain("gateway")
                .doesNotContain("/internal");
    }

    @Test
    void serving_pods_know_neither_the_owners_password_nor_the_realms_administrator() {
        var objects = Chart.render("", Map.of());
        for (var deployment : Chart.ofKind(objects, "Deployment")) {
            assertThat(deployment.toString()).doesNotContain("owner-password").doesNotContain("admin-client-secret");
        }
        var migration = Chart.named(objects, "Job", "recado-migrate");
        assertThat(migration.toString()).contains("owner-password").doesNotContain("admin-client-secret");
        assertThat(migration
                        .at("/metadata/annotations/" + Chart.HOOK.replace("/", "~1"))
                        .asString())
                .isEqualTo("pre-install,pre-upgrade");
        assertThat(Chart.variable(pod(objects, "backend"), "RECADO_MIGRATE_AT_START")
                        .get("value")
                        .asString())
                .isEqualTo("false");
    }

    @Test
    void after_a_restore_every_part_that_sends_knows_when_it_ended() {
        var objects = Chart.render("", Map.of("restoredAt", "2026-11-22T09:30:00Z"));
        for (var part : List.of("backend", "gateway")) {
            assertThat(Chart.variable(pod(objects, part), "RECADO_RESTORED_AT")
                            .get("value")
                            .asString())
                    .isEqualTo("2026-11-22T09:30:00Z");
        }
    }

    @Test
    void requests_go_through_a_pooler_and_migrations_past_it() {
        var objects = Chart.render(
                "",
                Map.of(
                        "database.pooler", "jdbc:postgresql://pooler:6432/recado?prepareThreshold=0",
                        "database.url", "jdbc:postgresql://db:5432/recado"));
        var backend = pod(objects, "backend");
        assertThat(Chart.variable(backend, "RECADO_DATABASE_URL").get("value").asString())
                .isEqualTo("jdbc:postgresql://pooler:6432/recado?prepareThreshold=0");
        assertThat(Chart.variable(backend, "RECADO_DATABASE_DIRECT_URL")
                        .get("value")
                        .asString())
                .isEqualTo("jdbc:postgresql://db:5432/recado");
        assertThat(Chart.named(objects, "NetworkPolicy", "recado-backend")
                        .at("/spec/egress")
                        .toString())
                .contains("\"port\":6432");
        assertThat(Chart.named(objects, "Job", "recado-migrate").toString())
                .contains("jdbc:postgresql://db:5432/recado")
                .doesNotContain("6432");
    }

    @Test
    void spans_leave_only_where_a_collector_is_named() {
        var named = Chart.render("", Map.of("traces.url", "http://collector:4318/v1/traces"));
        var silent = Chart.render("", Map.of());
        for (var part : List.of("backend", "gateway")) {
            assertThat(Chart.variable(pod(named, part), "RECADO_TRACES_URL")
                            .get("value")
                            .asString())
                    .isEqualTo("http://collector:4318/v1/traces");
            assertThat(Chart.named(named, "NetworkPolicy", "recado-" + part).toString())
                    .contains("\"port\":4318");
            assertThat(pod(silent, part).toString()).doesNotContain("RECADO_TRACES_URL");
            assertThat(Chart.named(silent, "NetworkPolicy", "recado-" + part).toString())
                    .doesNotContain("4318");
        }
    }

    @Test
    void jobs_run_commands_that_the_jar_knows() {
        var commands =
                Documents.read(Folders.root().resolve("backend/src/main/java/app/recado/install/InstallCommands.java"));
        var objects = Chart.render("", Map.of());
        for (var job : Chart.ofKind(objects, "Job")) {
            assertThat(commands)
                    .contains("\""
                            + job.at("/spec/template/spec/containers/0/args/0").asString() + "\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "values-k3s.yaml", "values-three-replicas.yaml", "values-cloudnativepg.yaml"})
    void every_variable_is_a_documented_setting(String overlay) {
        var page = Documents.read(Folders.root().resolve("docs/configuration.md"));
        var names = Chart.render(overlay, Map.of()).stream()
                .flatMap(Chart::podTemplates)
                .flatMap(pod -> pod.at("/spec/containers/0/env").findValuesAsString("name").stream())
                .filter(name -> name.startsWith("RECADO_"))
                .distinct();
        assertThat(names.filter(name -> !page.contains("`" + name + "`"))).isEmpty();
    }

    @Test
    void one_machine_runs_one_of_each_behind_traefik_with_media_on_a_volume() {
        var objects = Chart.render("values-k3s.yaml", Map.of());

        assertThat(Chart.ofKind(objects, "Deployment"))
                .allMatch(deployment -> deployment.at("/spec/replicas").asInt() == 1);
        assertThat(Chart.ofKind(objects, "PodDisruptionBudget")).isEmpty();
        assertThat(Chart.named(objects, "PersistentVolumeClaim", "recado-media")
                        .at("/spec/accessModes")
                        .toString())
                .isEqualTo("[\"ReadWriteOnce\"]");
        var ingress = Chart.ofKind(objects, "Ingress").getFirst();
        assertThat(ingress.at("/spec/ingressClassName").asString()).isEqualTo("traefik");
        assertThat(ingress.at("/metadata/annotations").toString()).contains("websecure");
    }

    @Test
    void three_replicas_scale_under_load_behind_nginx_with_media_in_s3() {
        var objects = Chart.render("values-three-replicas.yaml", Map.of());

        var scaling = Chart.named(objects, "HorizontalPodAutoscaler", "recado-backend");
        assertThat(scaling.at("/spec/minReplicas").asInt()).isEqualTo(3);
        assertThat(Chart.named(objects, "Deployment", "recado-backend")
                        .get("spec")
                        .has("replicas"))
                .isFalse();
        assertThat(Chart.named(objects, "Deployment", "recado-gateway")
                        .at("/spec/replicas")
                        .asInt())
                .isEqualTo(3);
        assertThat(Chart.ofKind(objects, "PodDisruptionBudget")).hasSize(3);
        assertThat(Chart.ofKind(objects, "PersistentVolumeClaim")).isEmpty();
        for (var part : List.of("backend", "gateway")) {
            assertThat(Chart.variable(pod(objects, part), "RECADO_MEDIA_STORE")
                            .get("value")
                            .asString())
                    .isEqualTo("s3://recado-media");
        }
        assertThat(Chart.ofKind(objects, "Ingress")
                        .getFirst()
                        .at("/metadata/annotations")
                        .toString())
                .contains("\"nginx.ingress.kubernetes.io/proxy-buffering\":\"off\"");
    }

    @ParameterizedTest
    @CsvSource({
        "host, not a host",
        "identity.url, http://id.clinics.test",
        "database.url, jdbc:postgresql://app:hunter22@db/recado",
        "backend.image.tag, latest",
        "backend.settings.RECADO_GATEWAY_TOKEN, a-secret-in-values",
        "gateway.allowedRecipients[0], 011-4444",
        "gatway.replicas, 3"
    })
    void values_that_make_no_sense_are_refused_before_anything_is_rendered(String name, String value) {
        assertThatThrownBy(() -> Chart.render("", Map.of(name, value))).hasMessageContaining("schema");
    }

    @Test
    void what_watches_gets_the_numbers_of_both_parts_the_alerts_and_the_dashboards() {
        var objects = Chart.render("values-three-replicas.yaml", Map.of());

        for (var part : List.of("backend", "gateway")) {
            var monitor = Chart.named(objects, "ServiceMonitor", "recado-" + part);
            assertThat(monitor.at("/spec/endpoints/0/relabelings/0/replacement").asString())
                    .isEqualTo(part);
            assertThat(Chart.named(objects, "Service", "recado-" + part)
                            .at("/spec/ports")
                            .findValuesAsString("name"))
                    .contains(monitor.at("/spec/endpoints/0/port").asString());
        }
        assertThat(Chart.named(objects, "PrometheusRule", "recado-alerts").get("spec"))
                .isEqualTo(Yamls.one(Documents.read(Chart.FOLDER.resolve("monitoring/alerts.yaml"))));
        assertThat(Chart.ofKind(objects, "ConfigMap"))
                .hasSize(5)
                .allMatch(map ->
                        map.at("/metadata/labels/grafana_dashboard").asString().equals("1"))
                .allSatisfy(map -> assertThat(Yamls.one(map.get("data")
                                        .valueStream()
                                        .findFirst()
                                        .orElseThrow()
                                        .asString())
                                .get("title")
                                .asString())
                        .startsWith("Recado / "));
    }

    @Test
    void with_cloudnativepg_the_database_is_archived_kept_and_restored_to_a_second() {
        var objects = Chart.render("values-cloudnativepg.yaml", Map.of());
        var cluster = Chart.named(objects, "Cluster", "recado-database");
        assertThat(cluster.at("/metadata/annotations/helm.sh~1resource-policy").asString())
                .isEqualTo("keep");
        assertThat(cluster.at("/spec/plugins/0/isWALArchiver").asBoolean()).isTrue();
        assertThat(cluster.at("/spec/postgresql/parameters/archive_timeout").asString())
                .isEqualTo("60s");
        assertThat(Chart.named(objects, "ObjectStore", "recado-database")
                        .at("/spec/configuration/destinationPath")
                        .asString())
                .isEqualTo("s3://recado-backups");
        assertThat(Chart.named(objects, "ScheduledBackup", "recado-database")
                        .at("/spec/cluster/name")
                        .asString())
                .isEqualTo("recado-database");

        var restored = Chart.named(
                Chart.render(
                        "values-cloudnativepg.yaml",
                        Map.of(
                                "database.cloudNativePg.restore.from", "recado-database",
                                "database.cloudNativePg.restore.targetTime", "2026-11-22T09:30:00Z")),
                "Cluster",
                "recado-database");
        assertThat(restored.at("/spec/bootstrap/recovery/recoveryTarget/targetTime")
                        .asString())
                .isEqualTo("2026-11-22T09:30:00Z");
        assertThat(Chart.ofKind(Chart.render("", Map.of()), "Cluster")).isEmpty();
    }

    @Test
    void nothing_of_the_demo_is_in_the_chart() throws IOException {
        try (var files = Files.walk(Chart.FOLDER)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Documents.read(file))
                        .as(file.toString())
                        .doesNotContain("recado-dev", "dev-only", "almendros", "simulator", "change-me");
            }
        }
    }

    private static JsonNode pod(List<JsonNode> objects, String part) {
        return Chart.named(objects, "Deployment", "recado-" + part).at("/spec/template");
    }

    private static boolean selects(JsonNode selector, JsonNode deployment) {
        var labels = deployment.at("/spec/template/metadata/labels");
        return !selector.isEmpty()
                && selector.properties().stream()
                        .allMatch(label -> labels.path(label.getKey()).equals(label.getValue()));
    }
}
