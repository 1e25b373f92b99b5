package app.recado.installation;

import app.recado.devstack.Folders;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** helm/recado as Helm's own library renders it, without a helm binary. */
final class Chart {

    static final Path FOLDER = Folders.root().resolve("helm/recado");

    /** Stands in for the annotation that makes an object a hook. */
    static final String HOOK = "rendered.test/hook";

    /** What every installation must say; the rest has defaults. */
    static final Map<String, String> NEEDED = Map.of(
            "host", "recado.clinics.test",
            "identity.url", "https://id.clinics.test",
            "database.url", "jdbc:postgresql://db.internal:5432/recado");

    /** Helm's library renders a release without its hooks, so they are rendered from a copy in which they are none. */
    private static final Path WITH_HOOKS = copyWithHooksAsObjects();

    private Chart() {}

    /**
     * Renders it.
     *
     * @param overlay file name of further values; empty for none
     * @param values set on top of those and of what is needed
     * @throws RuntimeException with Helm's reason when the values are refused
     */
    static List<JsonNode> render(String overlay, Map<String, String> values) {
        var template = new Helm(WITH_HOOKS)
                .template()
                .withName("recado")
                .withNamespace("clinics")
                .withKubeVersion("1.33.0");
        if (!overlay.isEmpty()) {
            template.withValuesFile(WITH_HOOKS.resolve(overlay));
        }
        NEEDED.forEach(template::set);
        values.forEach(template::set);
        return Yamls.all(template.call());
    }

    /** Copies the chart, each file's text as the edit has it. */
    static void copy(Path to, UnaryOperator<String> edit) {
        try (var files = Files.walk(FOLDER)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = to.resolve(FOLDER.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, edit.apply(Files.readString(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path copyWithHooksAsObjects() {
        try {
            var folder = Files.createTempDirectory("recado-chart-");
            copy(folder, text -> text.replace("helm.sh/hook:", HOOK + ":"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonNode> ofKind(List<JsonNode> objects, String kind) {
        return objects.stream()
                .filter(object -> object.path("kind").asString("").equals(kind))
                .toList();
    }

    static JsonNode named(List<JsonNode> objects, String kind, String name) {
        return ofKind(objects, kind).stream()
                .filter(object -> nameOf(object).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + kind + " " + name));
    }

    static String nameOf(JsonNode object) {
        return object.at("/metadata/name").asString();
    }

    /** The part of an object that describes pods, labels included; empty for objects without. */
    static Stream<JsonNode> podTemplates(JsonNode object) {
        return switch (object.path("kind").asString("")) {
            case "Deployment", "Job" -> Stream.of(object.at("/spec/template"));
            case "CronJob" -> Stream.of(object.at("/spec/jobTemplate/spec/template"));
            case "Pod" -> Stream.of(object);
            default -> Stream.empty();
        };
    }

    static JsonNode variable(JsonNode pod, String name) {
        return pod.at("/spec/containers/0/env")
                .valueStream()
                .filter(variable -> variable.get("name").asString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No variable " + name));
    }
}
