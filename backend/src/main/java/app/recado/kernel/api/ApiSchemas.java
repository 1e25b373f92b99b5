package app.recado.kernel.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Completes the document's schemas from the records they stand for, so that nothing is said twice:
 *
 * <ul>
 *   <li>A component that is not {@code @Nullable} is required. In answers a nullable one is required as well, because
 *       Recado writes null rather than leaving a field out; its type then includes {@code null}.
 *   <li>Patterns of Bean Validation match the whole text, those of JSON Schema any part of it: they are anchored. A
 *       pattern that only lists words becomes an enumeration.
 *   <li>A sealed interface with {@code kind} becomes a choice with a discriminator.
 *   <li>Fields that mean the same everywhere ({@link ApiWords}) are described once.
 * </ul>
 */
@Component
@Order(50)
class ApiSchemas implements GlobalOpenApiCustomizer {

    private static final Pattern LIST_OF_WORDS = Pattern.compile("[A-Za-z-]+(\\|[A-Za-z-]+)+");

    private final ApiTypes types;

    ApiSchemas(ApiTypes types) {
        this.types = types;
    }

    @Override
    public void customise(OpenAPI document) {
        var schemas = document.getComponents().getSchemas();
        List.copyOf(schemas.keySet())
                .forEach(name -> types.of(name).filter(Class::isSealed).ifPresent(type -> choose(schemas, name, type)));
        var asked = asked(document);
        schemas.forEach((name, schema) -> types.of(name)
                .filter(Class::isRecord)
                .ifPresent(type -> complete(name, schema, type, asked.contains(name))));
        schemas.forEach((name, schema) -> {
            schema.setDescription(plain(schema.getDescription()));
            ApiWords.describe(name, schema);
        });
    }

    /** Names of the schemas that requests are made of. */
    private static Set<String> asked(OpenAPI document) {
        var names = new HashSet<String>();
        document.getPaths()
                .values()
                .forEach(path -> path.readOperations().forEach(operation -> {
                    if (operation.getRequestBody() != null) {
                        schemasOf(operation.getRequestBody().getContent())
                                .forEach(schema -> collect(document, schema, names));
                    }
                }));
        return names;
    }

    private static List<Schema<?>> schemasOf(@Nullable Content content) {
        var schemas = new ArrayList<Schema<?>>();
        if (content != null) {
            content.values().stream()
                    .map(media -> (Schema<?>) media.getSchema())
                    .filter(schema -> schema != null)
                    .forEach(schemas::add);
        }
        return schemas;
    }

    private static void collect(OpenAPI document, Schema<?> schema, Set<String> names) {
        if (schema.get$ref() != null) {
            var name = ApiTypes.nameOf(schema.get$ref());
            var target = document.getComponents().getSchemas().get(name);
            if (target != null && names.add(name)) {
                collect(document, target, names);
            }
        }
        if (schema.getItems() != null) {
            collect(document, schema.getItems(), names);
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(property -> collect(document, property, names));
        }
        if (schema.getOneOf() != null) {
            schema.getOneOf().forEach(one -> collect(document, one, names));
        }
    }

    /** One of several records, told apart by a field that Jackson adds. */
    private static void choose(Map<String, Schema> schemas, String name, Class<?> type) {
        var info = type.getAnnotation(JsonTypeInfo.class);
        var subTypes = type.getAnnotation(JsonSubTypes.class);
        if (info == null || subTypes == null) {
            return;
        }
        var choice = new Schema<Object>(SpecVersion.V31);
        var known = schemas.get(name);
        choice.setDescription(known == null ? null : known.getDescription());
        var discriminator = new Discriminator().propertyName(info.property());
        for (var subType : subTypes.value()) {
            var subName = nameOf(subType.value());
            var old = schemas.getOrDefault(subName, new Schema<Object>(SpecVersion.V31));
            var kind = new Schema<String>(SpecVersion.V31);
            kind.setTypes(Set.of("string"));
            kind.setEnum(List.of(subType.name()));
            kind.setDescription("Says which of the kinds this is.");
            kind.setExamples(List.of(subType.name()));
            var own = new TreeMap<String, Schema>(propertiesOf(old));
            own.put(info.property(), kind);
            var flat = new Schema<Object>(SpecVersion.V31);
            flat.setTypes(Set.of("object"));
            flat.setProperties(own);
            flat.setDescription(old.getDescription());
            flat.setRequired(List.of(info.property()));
            schemas.put(subName, flat);
            var reference = "#/components/schemas/" + subName;
            choice.addOneOfItem(new Schema<>(SpecVersion.V31).$ref(reference));
            discriminator.mapping(subType.name(), reference);
        }
        choice.setDiscriminator(discriminator);
        schemas.put(name, choice);
        var kinds = references(choice);
        for (var schema : schemas.values()) {
            var properties = new TreeMap<String, Schema>(propertiesOf(schema));
            var reference = "#/components/schemas/" + name;
            properties.replaceAll((field, property) -> references(property).equals(kinds)
                    ? new Schema<>(SpecVersion.V31).$ref(reference).description(property.getDescription())
                    : property);
            properties.values().stream()
                    .filter(property -> property.getItems() != null
                            && references(property.getItems()).equals(kinds))
                    .forEach(list -> list.setItems(new Schema<>(SpecVersion.V31).$ref(reference)));
            if (schema.getProperties() != null) {
                schema.setProperties(properties);
            }
        }
    }

    private static Set<String> references(Schema<?> choice) {
        var references = new HashSet<String>();
        if (choice.getOneOf() != null) {
            choice.getOneOf().stream()
                    .map(Schema::get$ref)
                    .filter(one -> one != null)
                    .forEach(references::add);
        }
        return references;
    }

    private static String nameOf(Class<?> type) {
        var named = type.getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
        return named == null || named.name().isEmpty() ? type.getSimpleName() : named.name();
    }

    private static Map<String, Schema> propertiesOf(Schema<?> schema) {
        var properties = new TreeMap<String, Schema>();
        if (schema.getProperties() != null) {
            properties.putAll(schema.getProperties());
        }
        if (schema.getAllOf() != null) {
            schema.getAllOf().forEach(part -> properties.putAll(propertiesOf(part)));
        }
        return properties;
    }

    private static void complete(String name, Schema<?> schema, Class<?> type, boolean asked) {
        var properties = schema.getProperties();
        if (properties == null) {
            return;
        }
        var required = new LinkedHashSet<String>();
        if (schema.getRequired() != null) {
            required.addAll(schema.getRequired());
        }
        for (var component : type.getRecordComponents()) {
            var property = jsonName(component);
            var described = properties.get(property);
            if (described == null) {
                continue;
            }
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            if (!nullable || !asked) {
                required.add(property);
            }
            if (asked) {
                limit(component, described);
            }
            described.setDescription(plain(described.getDescription()));
            ApiWords.describe(name, property, described, asked);
            if (nullable) {
                properties.put(property, orNull(described));
            }
        }
        schema.setRequired(required.stream().sorted().toList());
    }

    private static String jsonName(RecordComponent component) {
        var named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named == null ? component.getName() : named.value();
    }

    private static void limit(RecordComponent component, Schema<?> schema) {
        var accessor = component.getAccessor();
        boolean filled = accessor.isAnnotationPresent(NotBlank.class) || accessor.isAnnotationPresent(NotEmpty.class);
        if (schema.getMinLength() != null && schema.getMinLength() == 0) {
            schema.setMinLength(null);
        }
        if (schema.getMinItems() != null && schema.getMinItems() == 0) {
            schema.setMinItems(null);
        }
        if (filled && accessor.getReturnType() == String.class) {
            schema.setMinLength(1);
        }
        var pattern = schema.getPattern();
        if (pattern == null) {
            return;
        }
        if (LIST_OF_WORDS.matcher(pattern).matches()) {
            @SuppressWarnings("unchecked")
            var text = (Schema<Object>) schema;
            text.setEnum(List.copyOf(Arrays.asList(pattern.split("\\|"))));
            schema.setPattern(null);
            schema.setMinLength(null);
        } else {
            // What ECMAScript calls the same; \A and \z are not known there.
            schema.setPattern("^(?:" + pattern.replace("\\p{Cntrl}", "\\u0000-\\u001f\\u007f") + ")$");
        }
    }

    /** The same, or null. A reference or an enumeration cannot say so itself. */
    private static Schema<?> orNull(Schema<?> given) {
        @SuppressWarnings("unchecked")
        var schema = (Schema<Object>) given;
        if (schema.get$ref() == null
                && (schema.getEnum() == null || schema.getEnum().isEmpty())) {
            var with = new LinkedHashSet<String>(typesOf(schema));
            with.add("null");
            schema.setTypes(with);
            return schema;
        }
        var nothing = new Schema<Object>(SpecVersion.V31);
        nothing.setTypes(Set.of("null"));
        var either = new Schema<Object>(SpecVersion.V31);
        either.setDescription(schema.getDescription());
        either.setExamples(schema.getExamples());
        schema.setDescription(null);
        schema.setExamples(null);
        either.setOneOf(List.of(schema, nothing));
        return either;
    }

    private static Set<String> typesOf(Schema<?> schema) {
        if (schema.getTypes() != null) {
            return schema.getTypes();
        }
        return schema.getType() == null ? Set.of() : Set.of(schema.getType());
    }

    /** Javadoc's markup as Markdown. */
    private static @Nullable String plain(@Nullable String description) {
        if (description == null || description.isBlank()) {
            return null;
        }
        var text = description
                .replaceAll("</?code>", "`")
                .replaceAll("\\{@code ([^}]*)\\}", "`$1`")
                .replaceAll("\\{@link [^}\\s]*?\\.?([A-Za-z]+)(?: [^}]*)?\\}", "`$1`")
                .replaceAll("<[^>]+>", "")
                .replace("&quot;", "\"")
                .replaceAll("\\s+", " ")
                .strip();
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + (text.matches(".*[.;:!?]") ? "" : ".");
    }
}
