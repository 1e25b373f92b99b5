package app.recado.guards;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A name, a phone and a text that nobody else has, put into what operations take. */
final class Marks {

    static final String NAME = "Zyxquariel";
    static final String PHONE = "+5491177665544";
    static final String TEXT = "Zyxquariel tiene miedo de la anestesia";
    private static final String MAIL = "zyxquariel@clinic.test";
    private static final Pattern MARK = Pattern.compile("zyxquariel|7766-?5544", Pattern.CASE_INSENSITIVE);

    private final JsonNode document;

    Marks(JsonNode document) {
        this.document = document;
    }

    /** Whether a mark stands in it, whatever its case and the phone's spelling. */
    static boolean in(Object where) {
        return MARK.matcher(String.valueOf(where)).find();
    }

    /** A valid body with a mark wherever words are free, also in fields that it leaves out. */
    Object in(Map<String, Object> body, String method, String path) {
        return marked(body, resolved(operation(method, path).at("/requestBody/content/application~1json/schema")));
    }

    /** The same with a mark in place of every text, dates and ids included. */
    Object everywhereIn(Object value) {
        return switch (value) {
            case Map<?, ?> fields -> {
                var all = new LinkedHashMap<Object, Object>();
                fields.forEach((name, field) -> all.put(name, everywhereIn(field)));
                yield all;
            }
            case List<?> items -> items.stream().map(this::everywhereIn).toList();
            case Boolean truth -> truth;
            case Number number -> number;
            default -> NAME;
        };
    }

    /** A query with a mark in each parameter that is text; empty when the operation has none. */
    String queryOf(String method, String path) {
        var query = new StringBuilder();
        for (var parameter : operation(method, path).path("parameters")) {
            if (parameter.path("in").asString("").equals("query")) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(parameter.path("name").asString())
                        .append('=')
                        .append(URLEncoder.encode(NAME, StandardCharsets.UTF_8));
            }
        }
        return query.toString();
    }

    private JsonNode operation(String method, String path) {
        return document.path("paths").path(path).path(method.toLowerCase(java.util.Locale.ROOT));
    }

    private JsonNode resolved(JsonNode schema) {
        var reference = schema.path("$ref").asString("");
        return reference.isEmpty() ? schema : resolved(document.at(reference.substring(1)));
    }

    private Object marked(Object value, JsonNode schema) {
        return switch (value) {
            case Map<?, ?> fields -> {
                var all = new TreeMap<String, Object>();
                fields.forEach((name, field) -> all.put(
                        String.valueOf(name),
                        marked(field, resolved(schema.path("properties").path(String.valueOf(name))))));
                schema.path("properties").properties().forEach(property -> {
                    var left = resolved(property.getValue());
                    if (isFree(left)
                            && property.getKey()
                                    .matches("(?i).*(name|text|note|reason|comment|email|phone|evidence)")) {
                        all.putIfAbsent(property.getKey(), mark(property.getKey(), left));
                    }
                });
                yield all;
            }
            case List<?> items ->
                items.stream()
                        .map(item -> marked(item, resolved(schema.path("items"))))
                        .toList();
            case String text -> isFree(schema) ? markFor(text, schema) : text;
            default -> value;
        };
    }

    private static String markFor(String text, JsonNode schema) {
        return text.matches("\\+?[0-9 -]{8,}") ? PHONE : mark("", schema);
    }

    private static boolean isFree(JsonNode schema) {
        var type = schema.path("type");
        boolean text = type.asString("").equals("string")
                || type.valueStream().anyMatch(one -> one.asString("").equals("string"));
        var format = schema.path("format").asString("");
        return text && !schema.has("enum") && !schema.has("pattern") && (format.isEmpty() || format.equals("email"));
    }

    private static String mark(String field, JsonNode schema) {
        if (field.toLowerCase(java.util.Locale.ROOT).endsWith("phone")) {
            return PHONE;
        }
        return schema.path("format").asString("").equals("email") || field.endsWith("mail") ? MAIL : NAME;
    }
}
