package app.recado.kernel.api;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Gives every request and every successful answer of the document an example. They are made from the schemas, so they
 * cannot fall behind them, with values that read like a clinic's; a test fails when an operation has none.
 */
@Component
@Order(100)
class ApiExamples implements GlobalOpenApiCustomizer {

    private static final String ID = "0199c7a4-6f3e-7c52-9b1d-2f6a8e0c4d11";
    private static final int DEPTH = 6;

    /** By property name; what is not listed follows from its type. */
    private static final Map<String, Object> VALUES = Map.ofEntries(
            Map.entry("givenName", "Ana"),
            Map.entry("familyName", "Sosa"),
            Map.entry("displayName", "Ana Sosa"),
            Map.entry("email", "ana@losalmendros.example"),
            Map.entry("phone", "+5491123456789"),
            Map.entry("phoneNational", "011 15-2345-6789"),
            Map.entry("alias", "los-almendros"),
            Map.entry("country", "AR"),
            Map.entry("timeZone", "America/Argentina/Buenos_Aires"),
            Map.entry("locale", "es"),
            Map.entry("language", "es"),
            Map.entry("specialty", "Pediatría"),
            Map.entry("durationMinutes", 30),
            Map.entry("reminderLeadMinutes", 1440),
            Map.entry("start", "2026-11-24T13:00:00Z"),
            Map.entry("end", "2026-11-24T13:30:00Z"),
            Map.entry("text", "Ana"),
            Map.entry("body", "Hola {{patient.givenName}}, te esperamos el {{appointment.date}}."),
            Map.entry("reason", "viaje"),
            Map.entry("visitWord", "turno"),
            Map.entry("declineAction", "ask-staff"),
            Map.entry("issuer", "https://identity.example/realms/recado"),
            Map.entry("clientId", "recado-console"),
            Map.entry("from", "21:00:00"),
            Map.entry("to", "08:00:00"),
            Map.entry("value", "2@…"));

    @Override
    public void customise(OpenAPI document) {
        document.getPaths()
                .values()
                .forEach(path -> path.readOperations().forEach(operation -> {
                    if (operation.getRequestBody() != null) {
                        illustrate(document, operation.getRequestBody().getContent());
                    }
                    operation.getResponses().forEach((status, response) -> {
                        if (status.startsWith("2")) {
                            illustrate(document, response.getContent());
                        }
                    });
                }));
    }

    private static void illustrate(OpenAPI document, @Nullable Content content) {
        if (content == null) {
            return;
        }
        content.forEach((type, media) -> {
            if (type.equals("text/event-stream")) {
                media.setExample(
                        "id: 5f0c-12\nevent: hint\ndata: {\"kind\":\"appointment\",\"id\":\"" + ID + "\"}\n\n");
            } else if (media.getSchema() != null && media.getExample() == null) {
                media.setExample(example(document, "", media.getSchema(), 0));
            }
        });
    }

    private static @Nullable Object example(OpenAPI document, String name, Schema<?> given, int depth) {
        var schema = resolve(document, given);
        if (depth > DEPTH) {
            return null;
        }
        if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
            return schema.getEnum().getFirst();
        }
        var properties = schema.getProperties();
        if (properties != null && !properties.isEmpty()) {
            var object = new LinkedHashMap<String, Object>();
            properties.forEach((key, value) -> {
                var made = key.equals("nextCursor") ? null : example(document, key, value, depth + 1);
                if (made != null || key.equals("nextCursor")) {
                    object.put(key, made);
                }
            });
            return object;
        }
        if (schema.getItems() != null) {
            var item = example(document, name, schema.getItems(), depth + 1);
            return item == null ? List.of() : List.of(item);
        }
        return scalar(name, schema);
    }

    private static @Nullable Object scalar(String name, Schema<?> schema) {
        var type = type(schema);
        var known = VALUES.get(name);
        var format = schema.getFormat();
        if ("date-time".equals(format)) {
            return name.equals("end") ? VALUES.get("end") : "2026-11-24T13:00:00Z";
        }
        if ("uuid".equals(format)) {
            return ID;
        }
        if ("date".equals(format)) {
            return "1990-05-17";
        }
        if (known != null && fits(known, type)) {
            return known;
        }
        return switch (type) {
            case "integer", "number" -> schema.getMinimum() == null ? 1 : schema.getMinimum();
            case "boolean" -> true;
            case "string" -> name.isEmpty() ? "text" : name;
            default -> null;
        };
    }

    private static boolean fits(Object value, String type) {
        return value instanceof String ? type.equals("string") : type.equals("integer");
    }

    private static String type(Schema<?> schema) {
        Set<String> types = schema.getTypes();
        if (types != null) {
            return types.stream().filter(one -> !one.equals("null")).findFirst().orElse("null");
        }
        return schema.getType() == null ? "null" : schema.getType();
    }

    private static Schema<?> resolve(OpenAPI document, Schema<?> schema) {
        var reference = schema.get$ref();
        if (reference == null) {
            return schema;
        }
        var target = document.getComponents().getSchemas().get(reference.substring(reference.lastIndexOf('/') + 1));
        return target == null ? schema : target;
    }
}
