package app.recado.installation;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules by which people are woken up, tried with Prometheus' and Alertmanager's own tools. */
class AlertsTest {

    private static final Path SCENARIOS = Path.of("installation/src/test/resources/monitoring/alerts-test.yaml");

    @Test
    void every_alert_fires_in_its_scenario_and_all_are_silent_when_nothing_is_wrong(@TempDir Path folder)
            throws IOException {
        Files.copy(Watching.ALERTS, folder.resolve("alerts.yaml"));
        Files.copy(Folders.root().resolve(SCENARIOS), folder.resolve("alerts-test.yaml"));
        var shell = new Shell(folder, Map.of());

        assertThat(shell.succeed("promtool check rules alerts.yaml")).contains("SUCCESS");
        assertThat(shell.succeed("promtool test rules alerts-test.yaml")).contains("SUCCESS");
    }

    @Test
    void every_alert_is_in_both_kinds_of_scenario() {
        var scenarios =
                Yamls.one(Documents.read(Folders.root().resolve(SCENARIOS))).get("tests");
        var healthy = scenarios.get(0).get("alert_rule_test").toString();
        for (var alert : WatchedNames.alerts()) {
            var name = alert.get("alert").asString();
            assertThat(healthy).contains("\"" + name + "\"");
            assertThat(scenarios
                            .valueStream()
                            .skip(1)
                            .map(scenario -> scenario.get("name").asString()))
                    .contains(name);
        }
    }

    @Test
    void every_alert_says_how_urgent_it_is_and_what_to_do() {
        for (var alert : WatchedNames.alerts()) {
            var name = alert.get("alert").asString();
            assertThat(alert.at("/labels/severity").asString("")).as(name).isIn("page", "ticket");
            var runbook = alert.at("/annotations/runbook").asString("");
            assertThat(runbook).isEqualTo("docs/runbooks/" + name + ".md");
            assertThat(Documents.read(Folders.root().resolve(runbook)))
                    .startsWith("# " + name + "\n")
                    .contains("\n## Look\n", "\n## Do\n");
        }
    }

    @Test
    void alertmanager_and_prometheus_take_their_configuration(@TempDir Path folder) throws IOException {
        var installation = Folders.root().resolve("installation");
        var shell = new Shell(folder, Map.of());
        assertThat(shell.succeed("amtool check-config " + installation.resolve("alertmanager.yaml")))
                .contains("SUCCESS");
        Files.copy(Watching.ALERTS, folder.resolve("alerts.yaml"));
        Files.writeString(
                folder.resolve("prometheus.yaml"),
                Documents.read(installation.resolve("prometheus.yaml"))
                        .replace("/etc/prometheus/recado/", folder + "/"));
        assertThat(shell.succeed("promtool check config prometheus.yaml")).contains("SUCCESS");
        for (var urgency : Map.of("page", "now", "ticket", "morning").entrySet()) {
            assertThat(shell.succeed("amtool config routes test --config.file="
                            + installation.resolve("alertmanager.yaml") + " severity=" + urgency.getKey()))
                    .contains(urgency.getValue());
        }
    }
}
