package app.recado.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What alerts and dashboards ask for. */
final class WatchedNames {

    private static final Pattern METRIC =
            Pattern.compile("\\b(?:recado|http_server|hikaricp|jvm|process|nodejs)_[a-z0-9_]+");

    private WatchedNames() {}

    /** One question of a dashboard. @param where the dashboard and its panel */
    record Question(String where, String text) {}

    /** Alerts by name, as they stand in the file. */
    static List<JsonNode> alerts() {
        return Yamls.one(Documents.read(Watching.ALERTS))
                .get("groups")
                .valueStream()
                .flatMap(group -> group.get("rules").valueStream())
                .toList();
    }

    /** Questions of all dashboards over Prometheus, variables of Grafana filled in. */
    static List<Question> questions() {
        return targets("expr").stream()
                .map(one -> new Question(one.where(), one.text().replace("$__rate_interval", "1m")))
                .toList();
    }

    /** Statements of all dashboards over the database, variables of Grafana filled in. */
    static List<Question> statements() {
        return targets("rawSql").stream()
                .map(one -> new Question(
                        one.where(),
                        one.text()
                                .replace("${clinic:sqlstring}", "'00000000-0000-0000-0000-000000000000'")
                                .replaceAll("\\$__timeFilter\\((\\w+)\\)", "$1 > now() - interval '6 hours'")))
                .toList();
    }

    /** Names of metrics in alerts and dashboards. */
    static Set<String> metrics() {
        var names = new TreeSet<String>();
        alerts().forEach(alert -> addTo(names, alert.get("expr").asString()));
        questions().forEach(question -> addTo(names, question.text()));
        return names;
    }

    private static void addTo(Set<String> names, String expression) {
        METRIC.matcher(expression).results().forEach(found -> names.add(found.group()));
    }

    private static List<Question> targets(String field) {
        var found = new ArrayList<Question>();
        try (var files = Files.list(Chart.FOLDER.resolve("monitoring/dashboards"))) {
            for (var file : files.sorted().toList()) {
                for (var panel : Yamls.one(Documents.read(file)).get("panels")) {
                    for (var target : panel.path("targets")) {
                        if (target.has(field)) {
                            found.add(new Question(
                                    file.getFileName() + ", "
                                            + panel.get("title").asString(),
                                    target.get(field).asString()));
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
