package app.recado.kernel.api;

import app.recado.kernel.Versioned;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Says which answers carry an {@code ETag}: those whose body is a {@link Versioned} record, as {@code ETags} sends it. A
 * client learns there what {@code If-Match} wants.
 */
@Component
@Order(60)
class ApiHeaders implements GlobalOpenApiCustomizer {

    private final ApiTypes types;

    ApiHeaders(ApiTypes types) {
        this.types = types;
    }

    @Override
    public void customise(OpenAPI document) {
        document.getPaths()
                .values()
                .forEach(path -> path.readOperations()
                        .forEach(operation -> operation.getResponses().values().stream()
                                .filter(this::isVersioned)
                                .forEach(answer -> answer.setHeaders(Map.of("ETag", etag())))));
    }

    private boolean isVersioned(ApiResponse answer) {
        return answer.getContent() != null
                && answer.getContent().values().stream()
                        .map(MediaType::getSchema)
                        .anyMatch(schema -> isVersioned(schema));
    }

    private boolean isVersioned(@Nullable Schema<?> schema) {
        return schema != null
                && schema.get$ref() != null
                && types.of(ApiTypes.nameOf(schema.get$ref()))
                        .filter(Versioned.class::isAssignableFrom)
                        .isPresent();
    }

    private static Header etag() {
        return new Header()
                .required(true)
                .description("The version of the record; `If-Match` wants it to change exactly this one.")
                .schema(new StringSchema().pattern("^\"v\\d+\"$"));
    }
}
