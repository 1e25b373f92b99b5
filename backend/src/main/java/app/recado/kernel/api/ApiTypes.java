package app.recado.kernel.api;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Remembers which Java type each named schema of the document was made from, so that {@link ApiSchemas} can ask the type
 * what the schema does not say. Two types with one name would silently become one schema: that is refused.
 */
@Component
class ApiTypes implements ModelConverter {

    /** The library keeps its converters for the whole process, the first of each kind; so is kept here what they see. */
    private static final Map<String, Class<?>> BY_NAME = new TreeMap<>();

    private static final TreeSet<String> AMBIGUOUS = new TreeSet<>();

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        var schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        if (schema == null || type.getType() == null) {
            return schema;
        }
        var raw = Json.mapper().constructType(type.getType()).getRawClass();
        var name = schema.get$ref() == null ? schema.getName() : nameOf(schema.get$ref());
        boolean named = raw.isRecord() || raw.isEnum() || raw.isSealed();
        if (named && name != null && raw.getPackageName().startsWith("app.recado")) {
            synchronized (BY_NAME) {
                var before = BY_NAME.putIfAbsent(name, raw);
                if (before != null && before != raw) {
                    AMBIGUOUS.add("%s and %s are both called %s".formatted(before.getName(), raw.getName(), name));
                }
            }
        }
        return schema;
    }

    /** Empty for schemas that are written by hand. */
    Optional<Class<?>> of(String schemaName) {
        synchronized (BY_NAME) {
            if (!AMBIGUOUS.isEmpty()) {
                throw new IllegalStateException("Name one of each pair by @Schema(name): " + AMBIGUOUS);
            }
            return Optional.ofNullable(BY_NAME.get(schemaName));
        }
    }

    static String nameOf(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }
}
