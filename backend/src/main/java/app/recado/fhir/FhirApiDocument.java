package app.recado.fhir;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The facade in the API's document: parameters and forms from what each type says of itself, answers as FHIR's media type.
 * The structure of resources is FHIR's and is not repeated.
 */
@Component
@Order(FhirApiDocument.ORDER)
class FhirApiDocument implements GlobalOpenApiCustomizer {

    /** Before the schemas are completed and examples are made. */
    static final int ORDER = 40;

    private static final String JSON = "application/fhir+json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String RESOURCE = "FhirResource";
    private static final String SEARCH = "/_search";
    private static final String ID = "0199c7a4-6f3e-7c52-9b1d-2f6a8e0c4d11";

    private static final SearchParameter COUNT = SearchParameter.of(
            "_count", SearchParamType.NUMBER, "How many a page has at most, 200 at the utmost", "50");

    private static final SearchParameter CURSOR = SearchParameter.of(
            "_cursor",
            SearchParamType.STRING,
            "The next page, as its link says; alone, it holds the whole search",
            "AVhQ0gkq7sWc");

    private final List<FhirResources> types;

    FhirApiDocument(List<FhirResources> types) {
        this.types = types;
    }

    @Override
    public void customise(OpenAPI document) {
        document.getComponents().addSchemas(RESOURCE, resource());
        document.getPaths().forEach((path, item) -> {
            int root = path.indexOf(FhirController.ROOT + "/");
            if (root >= 0) {
                describe(path.substring(root + FhirController.ROOT.length()), item);
            }
        });
    }

    private static Schema<?> resource() {
        var type = new StringSchema().description("FHIR's name of the type.");
        type.setExamples(List.of("Bundle"));
        var resource = new ObjectSchema().addProperty("resourceType", type);
        resource.setDescription("A resource of FHIR R4 (4.0.1), whose structure hl7.org/fhir/R4 describes.");
        resource.setRequired(List.of("resourceType"));
        resource.setAdditionalProperties(Boolean.TRUE);
        return resource;
    }

    /** @param path within the facade, for example {@code /Patient/_search} */
    private void describe(String path, PathItem item) {
        var resources = types.stream()
                .filter(one -> (path + "/").startsWith("/" + one.type().name() + "/"))
                .findFirst()
                .orElse(null);
        for (var operation : item.readOperations()) {
            if (resources == null) {
                answer(operation, "CapabilityStatement", false);
            } else if (path.endsWith("/{id}")) {
                answer(operation, resources.type().name(), resources.versioned());
            } else {
                answer(operation, "Bundle", false);
                ask(operation, path.endsWith(SEARCH), resources);
            }
        }
    }

    private static void ask(Operation operation, boolean byForm, FhirResources resources) {
        var all = new ArrayList<>(resources.parameters());
        all.add(COUNT);
        all.add(CURSOR);
        if (!byForm) {
            all.stream()
                    .filter(one -> !one.personal())
                    .forEach(one -> operation.addParametersItem(new QueryParameter()
                            .name(one.name())
                            .description(one.documentation())
                            .schema(new StringSchema())
                            .example(one.example())));
            return;
        }
        // Said in words: generators of clients want one more library for a form, and FHIR's own know how it is sent.
        operation.setDescription("Takes, as " + FORM + ":\n\n"
                + all.stream()
                        .map(one -> "- `%s` (`%s`): %s\n".formatted(one.name(), one.example(), one.documentation()))
                        .collect(Collectors.joining())
                + "\n" + operation.getDescription());
    }

    private static void answer(Operation operation, String type, boolean versioned) {
        operation.getResponses().forEach((status, response) -> {
            if (status.startsWith("2")) {
                var example = new LinkedHashMap<String, Object>();
                example.put("resourceType", type);
                if (!type.equals("Bundle") && !type.equals("CapabilityStatement")) {
                    example.put("id", ID);
                }
                response.setDescription("A resource of type " + type);
                response.setContent(new Content().addMediaType(JSON, media(reference(), example)));
                if (versioned) {
                    response.addHeaderObject("ETag", etag());
                }
            } else if (response.getContent() != null) {
                // What the operation refuses is an OperationOutcome; whoever may not ask gets a problem like
                // everywhere.
                response.getContent().addMediaType(JSON, media(reference(), null));
            }
        });
    }

    private static Header etag() {
        return new Header()
                .required(true)
                .description("The version of the record, weak: names of others in it may change without it.")
                .schema(new StringSchema().pattern("^W/\"\\d+\"$"));
    }

    private static Schema<?> reference() {
        return new Schema<>().$ref("#/components/schemas/" + RESOURCE);
    }

    private static MediaType media(Schema<?> schema, @Nullable Object example) {
        var media = new MediaType().schema(schema);
        if (example != null) {
            media.setExample(example);
        }
        return media;
    }
}
