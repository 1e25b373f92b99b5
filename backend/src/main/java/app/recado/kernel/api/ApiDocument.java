package app.recado.kernel.api;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;

/**
 * What the mechanisms shared by all operations add to the published document: access rules, preconditions, idempotency
 * and the problems they answer with. Controllers describe only what is their own.
 */
@Configuration(proxyBeanMethods = false)
class ApiDocument {

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(ExpectedVersion.class);
    }

    @Bean
    OpenAPI document() {
        return new OpenAPI()
                .info(new Info()
                        .title("Recado")
                        .version("1")
                        .description(
                                "The WhatsApp front desk for clinics. Instants are UTC; dates are the clinic's own.")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .addSecurityItem(new SecurityRequirement().addList("bearer"))
                .components(new Components()
                        .addSecuritySchemes(
                                "bearer",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT")
                                        .description("Access token of the realm, with scope openid organization:*"))
                        .addSchemas("Problem", problemSchema()));
    }

    private static Schema<?> problemSchema() {
        var field = new ObjectSchema()
                .addProperty("pointer", new StringSchema().description("JSON pointer to the field"))
                .addProperty("code", new StringSchema())
                .addProperty("detail", new StringSchema());
        field.setRequired(List.of("pointer", "code", "detail"));
        var codes = new StringSchema();
        Arrays.stream(Problem.values()).map(Problem::code).forEach(codes::addEnumItem);
        var problem = new ObjectSchema()
                .addProperty("type", new StringSchema())
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("instance", new StringSchema())
                .addProperty("code", codes)
                .addProperty("traceId", new StringSchema())
                .addProperty("errors", new ArraySchema().items(field));
        problem.setDescription("RFC 9457 problem details");
        problem.setRequired(List.of("type", "title", "status", "code", "traceId"));
        return problem;
    }

    @Bean
    OperationCustomizer sharedMechanisms() {
        return (operation, method) -> {
            var access = method.getMethodAnnotation(Access.class);
            var allowed = access == null ? List.<Allow>of() : List.of(access.value());
            operation.addExtension(
                    "x-recado-access",
                    allowed.stream().map(ApiDocument::roleName).toList());
            if (!allowed.contains(Allow.EVERYONE)) {
                var roles = allowed.stream().map(ApiDocument::roleName).collect(Collectors.joining(", "));
                var description = operation.getDescription() == null ? "" : operation.getDescription() + "\n\n";
                operation.setDescription(description + "Needs: " + roles + ".");
            }
            var problems = problemsOf(method, allowed);
            if (method.getMethodAnnotation(Idempotent.class) != null) {
                operation.addParametersItem(new HeaderParameter()
                        .name("Idempotency-Key")
                        .required(true)
                        .description("A new UUID per intention; repeat it on retries")
                        .schema(new StringSchema().minLength(8).maxLength(128)));
            }
            if (expectsVersion(method)) {
                operation.addParametersItem(new HeaderParameter()
                        .name("If-Match")
                        .required(true)
                        .description("ETag of the record being changed")
                        .schema(new StringSchema().pattern("^\"v\\d+\"$")));
            }
            addProblems(operation, problems);
            return operation;
        };
    }

    private static String roleName(Allow allow) {
        return allow.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static boolean expectsVersion(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters()).anyMatch(p -> p.getParameterType() == ExpectedVersion.class);
    }

    /** Problems that follow from the mechanisms an operation uses; its own refusals it declares by {@link Refuses}. */
    private static Set<Problem> problemsOf(HandlerMethod method, List<Allow> allowed) {
        var problems = EnumSet.noneOf(Problem.class);
        if (!allowed.contains(Allow.EVERYONE)) {
            problems.add(Problem.UNAUTHENTICATED);
        }
        if (allowed.stream().anyMatch(a -> a.isOrganizationRole())) {
            problems.addAll(List.of(Problem.FORBIDDEN, Problem.NOT_MEMBER));
        } else if (allowed.contains(Allow.PLATFORM_ADMIN)) {
            problems.add(Problem.FORBIDDEN);
        }
        var parameters = method.getMethodParameters();
        if (Arrays.stream(parameters).anyMatch(p -> p.hasParameterAnnotation(RequestBody.class))) {
            problems.addAll(List.of(
                    Problem.INVALID_JSON,
                    Problem.INVALID_FIELDS,
                    Problem.BODY_TOO_LARGE,
                    Problem.UNSUPPORTED_MEDIA_TYPE));
        }
        if (Arrays.stream(parameters)
                        .filter(p ->
                                p.hasParameterAnnotation(org.springframework.web.bind.annotation.PathVariable.class))
                        .count()
                > 1) {
            problems.add(Problem.NOT_FOUND);
        }
        if (Arrays.stream(parameters)
                .anyMatch(p -> p.hasParameterAnnotation(org.springframework.web.bind.annotation.RequestParam.class))) {
            problems.add(Problem.INVALID_PARAMETER);
        }
        if (method.getMethodAnnotation(Idempotent.class) != null) {
            problems.addAll(List.of(
                    Problem.IDEMPOTENCY_KEY_REQUIRED, Problem.IDEMPOTENCY_KEY_REUSED, Problem.REQUEST_IN_PROGRESS));
        }
        if (expectsVersion(method)) {
            problems.addAll(List.of(Problem.IF_MATCH_REQUIRED, Problem.STALE, Problem.NOT_FOUND));
        }
        var refuses = method.getMethodAnnotation(Refuses.class);
        if (refuses != null) {
            problems.addAll(List.of(refuses.value()));
        }
        return problems;
    }

    private static void addProblems(Operation operation, Set<Problem> problems) {
        var byStatus = new TreeMap<Integer, List<String>>(problems.stream()
                .collect(Collectors.groupingBy(
                        p -> p.status().value(), Collectors.mapping(Problem::code, Collectors.toList()))));
        byStatus.forEach((status, codes) -> operation
                .getResponses()
                .addApiResponse(
                        String.valueOf(status),
                        new ApiResponse()
                                .description("Problem: " + String.join(", ", codes))
                                .content(new Content()
                                        .addMediaType(
                                                "application/problem+json",
                                                new MediaType()
                                                        .schema(new Schema<>()
                                                                .$ref("#/components/schemas/Problem"))))));
    }

    /** A document that is compared byte by byte must not name the host it was read from. */
    @Bean
    OpenApiCustomizer stable() {
        return document -> document.setServers(List.of(new io.swagger.v3.oas.models.servers.Server().url("/")));
    }
}
