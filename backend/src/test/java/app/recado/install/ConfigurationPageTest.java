package app.recado.install;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.json.JsonMapper;

/**
 * docs/configuration.md lists every setting of the backend: those of the typed records with their documented meaning, those
 * of application.yaml with the comment above them, those of the commands. {@code ./dev api} writes it anew.
 */
class ConfigurationPageTest {

    private static final Path PAGE = Folders.root().resolve("docs/configuration.md");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(RECADO_[A-Z_]+)(:[^}]*)?}");

    /** One row. The default is null where there is none and the setting is needed. */
    private record Row(@Nullable String standard, String meaning) {}

    @Test
    void every_setting_stands_there_with_its_default_and_meaning() throws IOException {
        var rows = backendRows();
        assertThat(rows).hasSizeGreaterThan(30);
        assertThat(rows.values()).noneMatch(row -> row.meaning().isBlank());

        var page = Files.readString(PAGE);
        var wanted = section(page, "backend", table(rows));
        wanted = section(wanted, "commands", table(commandRows(rows)));
        if (Boolean.getBoolean("recado.regenerate")) {
            Files.writeString(PAGE, wanted);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(wanted);
    }

    private static Map<String, Row> backendRows() throws IOException {
        var meanings = new HashMap<String, String>();
        var standards = new HashMap<String, String>();
        readRecords(meanings, standards);
        var comments = commentsOfYaml();
        var rows = new TreeMap<String, Row>();
        var bound = new YamlPropertiesFactoryBean();
        bound.setResources(new ClassPathResource("application.yaml"));
        var properties = new LinkedHashMap<String, String>();
        java.util.Objects.requireNonNull(bound.getObject())
                .forEach((name, value) -> properties.put(name.toString(), value.toString()));
        properties.forEach((property, value) -> {
            var found = VARIABLE.matcher(value);
            while (found.find()) {
                var variable = found.group(1);
                var given = found.group(2) == null ? null : found.group(2).substring(1);
                var standard = given != null && given.isEmpty() ? standards.getOrDefault(property, "") : given;
                var meaning = comments.getOrDefault(variable, meanings.getOrDefault(property, ""));
                rows.merge(
                        variable,
                        new Row(standard, meaning),
                        (a, b) -> a.meaning().isBlank() ? b : a);
            }
        });
        // Settings with a sensible default have no variable of their own; any property can be set by its upper-case
        // name.
        meanings.forEach((property, meaning) -> {
            if (!properties.containsKey(property)) {
                rows.put(
                        property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT),
                        new Row(standards.getOrDefault(property, ""), meaning));
            }
        });
        return rows;
    }

    private static Map<String, Row> commandRows(Map<String, Row> backend) {
        var rows = new LinkedHashMap<String, Row>();
        Arrays.stream(InstallSetting.values())
                .filter(setting -> !backend.containsKey(setting.variable))
                .forEach(setting -> rows.put(setting.variable, new Row(setting.standard, setting.meaning)));
        return rows;
    }

    /** What the compiler wrote down about the records annotated with ConfigurationProperties. */
    private static void readRecords(Map<String, String> meanings, Map<String, String> standards) throws IOException {
        try (var in = new ClassPathResource("META-INF/spring-configuration-metadata.json").getInputStream()) {
            JsonMapper.builder().build().readTree(in).get("properties").forEach(property -> {
                var name = property.get("name").asString();
                meanings.put(name, property.path("description").asString(""));
                var standard = property.path("defaultValue");
                if (!standard.isMissingNode()) {
                    standards.put(
                            name,
                            standard.isArray()
                                    ? standard.valueStream()
                                            .map(one -> one.asString())
                                            .collect(Collectors.joining(","))
                                    : standard.asString());
                }
            });
        }
    }

    /** The comment right above the line in which a variable occurs first. */
    private static Map<String, String> commentsOfYaml() throws IOException {
        var comments = new HashMap<String, String>();
        var above = new StringBuilder();
        for (var line : Files.readAllLines(Folders.root().resolve("backend/src/main/resources/application.yaml"))) {
            if (line.strip().startsWith("#")) {
                above.append(above.isEmpty() ? "" : " ")
                        .append(line.strip().substring(1).strip());
                continue;
            }
            var found = VARIABLE.matcher(line);
            if (found.find() && !above.isEmpty()) {
                comments.putIfAbsent(found.group(1), above.toString());
            }
            above.setLength(0);
        }
        return comments;
    }

    private static String table(Map<String, Row> rows) {
        return rows.entrySet().stream()
                .map(row -> "| `%s` | %s | %s |"
                        .formatted(
                                row.getKey(),
                                shown(row.getValue().standard()),
                                row.getValue()
                                        .meaning()
                                        .replaceAll("\\{@code ([^}]*)}", "`$1`")
                                        .replace("|", "\\|")))
                .collect(Collectors.joining("\n", "| variable | default | meaning |\n|---|---|---|\n", "\n"));
    }

    private static String shown(@Nullable String standard) {
        return standard == null ? "**required**" : standard.isEmpty() ? "" : "`" + standard + "`";
    }

    private static String section(String page, String name, String content) {
        return Pattern.compile("(<!-- " + name + ": begin -->\n).*(<!-- " + name + ": end -->)", Pattern.DOTALL)
                .matcher(page)
                .replaceFirst("$1" + Matcher.quoteReplacement(content) + "$2");
    }
}
