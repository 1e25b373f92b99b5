package app.recado.integrations;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Says in the API's document what receivers are sent. */
@Configuration(proxyBeanMethods = false)
class WebhookDocument {

    private static final String ID = "01937f3e-0000-7000-8000-000000000041";

    @Bean
    OpenApiCustomizer webhooksOfTheDocument() {
        return document -> {
            for (var type : WebhookEventType.values()) {
                document.addWebhooks(type.wireName(), new PathItem().post(operation(type)));
            }
        };
    }

    private static Operation operation(WebhookEventType type) {
        return new Operation()
                .operationId("on-" + type.wireName().replaceAll("[._]", "-"))
                .summary(type.meaning())
                .addTagsItem("Webhooks")
                .security(List.of())
                .parameters(List.of(
                        header("webhook-id", "The event, the same at every attempt"),
                        header("webhook-timestamp", "When this attempt was made, in seconds since 1970"),
                        header("webhook-signature", "One signature or, while a secret is replaced, two")))
                .requestBody(new RequestBody()
                        .required(true)
                        .content(new Content().addMediaType("application/json", new MediaType().schema(payload(type)))))
                .responses(new ApiResponses()
                        .addApiResponse("2XX", new ApiResponse().description("It was taken"))
                        .addApiResponse("410", new ApiResponse().description("Never tell this endpoint again"))
                        .addApiResponse("default", new ApiResponse().description("Tell it again later")));
    }

    private static Parameter header(String name, String description) {
        return new Parameter()
                .name(name)
                .in("header")
                .required(true)
                .description(description)
                .schema(string());
    }

    private static Schema<?> payload(WebhookEventType type) {
        var data = object(Map.of(
                        "organizationId", uuid("Whose it is"),
                        "id", uuid("The record it happened to"),
                        "sequence", integer()))
                .description("Ids, kinds and states; ask the API for the rest");
        data.setAdditionalProperties(string());
        var payload = object(Map.of(
                "type", string().description("What happened").example(type.wireName()),
                "timestamp",
                        string().format("date-time")
                                .description("When it happened")
                                .example("2026-12-01T12:00:00Z"),
                "data", data));
        return payload.description("The body, in the form of the Standard Webhooks specification");
    }

    private static Schema<?> object(Map<String, Schema<?>> properties) {
        var schema = new Schema<>();
        schema.setTypes(java.util.Set.of("object"));
        schema.setProperties(new LinkedHashMap<>());
        properties.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(property -> schema.addProperty(property.getKey(), property.getValue()));
        schema.setRequired(properties.keySet().stream().sorted().toList());
        return schema;
    }

    private static Schema<Object> string() {
        var schema = new Schema<>();
        schema.setTypes(java.util.Set.of("string"));
        return schema;
    }

    private static Schema<?> uuid(String description) {
        return string().format("uuid").description(description).example(ID);
    }

    private static Schema<?> integer() {
        var schema = new Schema<>();
        schema.setTypes(java.util.Set.of("integer"));
        return schema.format("int64")
                .description(
                        "Grows with each event of a record: what is not greater than what you know tells nothing new")
                .example(1207);
    }
}
