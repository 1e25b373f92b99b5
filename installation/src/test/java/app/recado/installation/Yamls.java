package app.recado.installation;

import java.util.List;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** YAML as trees. A key given twice is an error: YAML would take the last one silently. */
final class Yamls {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Yamls() {}

    static JsonNode one(String text) {
        return JSON.valueToTree(yaml().load(text));
    }

    static List<JsonNode> all(String text) {
        return StreamSupport.stream(yaml().loadAll(text).spliterator(), false)
                .filter(document -> document != null)
                .map(document -> (JsonNode) JSON.valueToTree(document))
                .toList();
    }

    private static Yaml yaml() {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(options);
    }
}
