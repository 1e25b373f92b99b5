package app.recado.kernel.api;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Gives every request and every successful answer of the document an example. They are made from the examples of
 * the fields ({@link ApiWords}), so they cannot fall behind the schemas; tests fail when an operation has none and when
 * the server would not take one.
 */
@Component
@Order(100)
class ApiExamples implements GlobalOpenApiCustomizer {

    private static final int DEPTH = 9;

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
                media.setExample("id: 5f0c-12\nevent: hint\ndata: {\"kind\":\"appointment\",\"id\":\"" + ApiWords.ID
                        + "\"}\n\n");
            } else if (media.getSchema() != null && media.getExample() == null) {
                var made = example(document, media.getSchema(), 0);
                // Bytes have no example that could be written as JSON.
                media.setExample(made == null ? "" : made);
            }
        });
    }

    private static @Nullable Object example(OpenAPI document, Schema<?> given, int depth) {
        var schema = resolve(document, given);
        if (depth > DEPTH) {
            return null;
        }
        if (schema.getOneOf() != null && !schema.getOneOf().isEmpty()) {
            return schema.getExamples() == null
                    ? example(document, schema.getOneOf().getFirst(), depth)
                    : schema.getExamples().getFirst();
        }
        if (schema.getExamples() != null && !schema.getExamples().isEmpty()) {
            return schema.getExamples().getFirst();
        }
        if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
            return schema.getEnum().getFirst();
        }
        var properties = schema.getProperties();
        if (properties != null && !properties.isEmpty()) {
            var object = new LinkedHashMap<String, Object>();
            properties.forEach((key, value) -> {
                if (schema.getMaxProperties() != null && object.size() >= schema.getMaxProperties()) {
                    return;
                }
                var made = key.equals("nextCursor") ? null : example(document, value, depth + 1);
                if (made != null || ApiWords.mayBeNull(value)) {
                    object.put(key, made);
                }
            });
            return object;
        }
        if (schema.getItems() != null) {
            var item = example(document, schema.getItems(), depth + 1);
            return item == null ? List.of() : List.of(item);
        }
        return null;
    }

    private static Schema<?> resolve(OpenAPI document, Schema<?> schema) {
        var reference = schema.get$ref();
        if (reference == null) {
            return schema;
        }
        var target = document.getComponents().getSchemas().get(ApiTypes.nameOf(reference));
        return target == null ? schema : target;
    }
}
