package app.recado.kernel.api;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Permission;
import app.recado.kernel.security.Scope;
import app.recado.kernel.web.Costs;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.core.jackson.ModelResolver;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * What the mechanisms shared by all operations add to the published document: access rules, preconditions, idempotency
 * and the problems they answer with. Controllers describe only what is their own.
 */
@Configuration(proxyBeanMethods = false)
class ApiDocument {

    /** The codes that an answer may carry, for programs. */
    static final String PROBLEMS = "x-recado-problems";

    /** What the edge answers before, or whichever, operation is reached. */
    private static final Set<Problem> EVERYWHERE = EnumSet.of(
            Problem.ADDRESS_MALFORMED,
            Problem.INVALID_PARAMETER,
            Problem.METHOD_NOT_ALLOWED,
            Problem.NOT_ACCEPTABLE,
            Problem.REQUEST_TOO_SLOW,
            Problem.HOST_NOT_SERVED,
            Problem.TOO_MANY_REQUESTS,
            Problem.UNAUTHENTICATED,
            Problem.INTERNAL);

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(ExpectedVersion.class);
        SpringDocUtils.getConfig().replaceWithClass(SseEmitter.class, String.class);
        // A closed set of words has a name of its own, which clients get a type for.
        ModelResolver.enumsAsRef = true;
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
                        .addSchemas("Problem", problemSchema())
                        .addSchemas("FieldProblem", fieldProblemSchema())
                        .addSchemas("SlotConflict", conflictSchema())
                        .addSchemas("SlotActor", actorSchema())
                        .addSchemas("SlotKept", keptSchema())
                        .addSchemas(
                                "SlotInstead", stretch("SlotInstead", "practitionerId", "A time that is free instead."))
                        .addSchemas("ProblemCode", problemCodes()));
    }

    private static Schema<?> problemSchema() {
        var problem = new ObjectSchema()
                .addProperty(
                        "type",
                        text("A URI of the kind of problem; `about:blank` when the code says it all.", "uri-reference"))
                .addProperty("title", text("The problem in a sentence, the same for all problems of this code.", null))
                .addProperty("status", new IntegerSchema().description("HTTP status."))
                .addProperty("detail", text("What is wrong in this case.", null))
                .addProperty("instance", text("The path that was asked for.", "uri-reference"))
                .addProperty("code", new Schema<>().$ref("#/components/schemas/ProblemCode"))
                .addProperty("traceId", text("Finds this request in the logs.", null))
                .addProperty(
                        "errors",
                        new ArraySchema()
                                .items(new Schema<>().$ref("#/components/schemas/FieldProblem"))
                                .description(
                                        "What is wrong with single fields; only with `invalid-fields` and `invalid-json`."));
        problem.addProperty(
                        "conflicts",
                        new ArraySchema()
                                .items(new Schema<>().$ref("#/components/schemas/SlotConflict"))
                                .description(
                                        "All visits that stand in the way, once for each of their actors that is wanted; only with `slot-taken`."))
                .addProperty(
                        "occurrences",
                        new ArraySchema()
                                .items(new Schema<>().$ref("#/components/schemas/AppointmentOccurrence"))
                                .description("The visits that have no place; only with `series-not-free`."))
                .addProperty(
                        "holds",
                        new ArraySchema()
                                .items(new Schema<>().$ref("#/components/schemas/SlotKept"))
                                .description(
                                        "Times that others keep in the way while they fill a form; only with `slot-taken`."))
                .addProperty(
                        "messages",
                        new IntegerSchema()
                                .description(
                                        "How many messages would leave within a day; only with `rule-writes-to-many`."))
                .addProperty(
                        "limit",
                        new StringSchema()
                                .description("Which limit of the plan is reached; only with `limit-reached`.")
                                .example("lines"))
                .addProperty(
                        "most",
                        new IntegerSchema().description("How much the plan includes; only with `limit-reached`."))
                .addProperty(
                        "freeSlots",
                        new ArraySchema()
                                .items(new Schema<>().$ref("#/components/schemas/SlotInstead"))
                                .description("The nearest free times; only with `slot-taken`."))
                .addProperty(
                        "patientId",
                        new StringSchema()
                                .format("uuid")
                                .description("Who has it already; only with `identifier-taken`."));
        problem.setDescription("RFC 9457 problem details");
        problem.setRequired(List.of("type", "title", "status", "code", "traceId"));
        ApiWords.describeAll("Problem", problem);
        return problem;
    }

    /** Time of somebody or something, in an extension member of a problem. */
    private static Schema<?> stretch(String name, String idName, String description) {
        var stretch = new ObjectSchema()
                .addProperty(idName, new StringSchema().format("uuid"))
                .addProperty("start", new StringSchema().format("date-time"))
                .addProperty("end", new StringSchema().format("date-time"));
        stretch.setDescription(description);
        stretch.setRequired(List.of(idName, "end", "start"));
        ApiWords.describeAll(name, stretch);
        return stretch;
    }

    private static Schema<?> conflictSchema() {
        var conflict = stretch("SlotConflict", "appointmentId", "A visit that stands in the way, and of whom.")
                .addProperty(
                        "actor",
                        new Schema<>()
                                .$ref("#/components/schemas/SlotActor")
                                .description("Whom or what the visit occupies."));
        conflict.addRequiredItem("actor");
        return conflict;
    }

    private static Schema<?> keptSchema() {
        var kept = new ObjectSchema()
                .addProperty("start", new StringSchema().format("date-time"))
                .addProperty("end", new StringSchema().format("date-time"))
                .addProperty(
                        "expiresAt",
                        new StringSchema()
                                .format("date-time")
                                .description("From then on it counts no more.")
                                .example("2026-11-24T12:05:00Z"))
                .addProperty(
                        "heldBy",
                        new Schema<String>()
                                .types(new LinkedHashSet<>(List.of("string", "null")))
                                .description("Who fills a form at the desk; null for a patient on the booking page.")
                                .example("Carla Ruiz"));
        kept.setDescription("A time that somebody keeps while they fill a form.");
        kept.setRequired(List.of("end", "expiresAt", "heldBy", "start"));
        ApiWords.describeAll("SlotKept", kept);
        return kept;
    }

    private static Schema<?> actorSchema() {
        var actor = new ObjectSchema()
                .addProperty(
                        "kind",
                        new StringSchema()
                                ._enum(List.of("practitioner", "room"))
                                .description("A practitioner, or a room or equipment."))
                .addProperty("id", new StringSchema().format("uuid").description("The practitioner or the room."))
                .addProperty("name", text("As staff know it.", null).example("Consultorio 2"));
        actor.setDescription("Whom or what a visit occupies.");
        actor.setRequired(List.of("id", "kind", "name"));
        ApiWords.describeAll("SlotActor", actor);
        return actor;
    }

    private static Schema<?> fieldProblemSchema() {
        var field = new ObjectSchema()
                .addProperty(
                        "pointer", text("JSON pointer to the field; empty for the body as a whole.", "json-pointer"))
                .addProperty("code", text("What is wrong with it, as a code.", null))
                .addProperty("detail", text("What is wrong with it, in English.", null))
                .addProperty(
                        "minimum",
                        new IntegerSchema()
                                .format("int64")
                                .description(
                                        "The least that is allowed, of a number or of the characters of a text, where it is less."))
                .addProperty(
                        "maximum",
                        new IntegerSchema()
                                .format("int64")
                                .description(
                                        "The most that is allowed, of a number or of the characters of a text, where it is more."));
        field.setDescription("What is wrong with one field.");
        field.setRequired(List.of("code", "detail", "pointer"));
        ApiWords.describeAll("FieldProblem", field);
        return field;
    }

    private static Schema<?> problemCodes() {
        var codes = new StringSchema();
        Arrays.stream(Problem.values()).map(Problem::code).forEach(codes::addEnumItem);
        codes.setDescription("The stable name of a problem. More may come: treat an unknown one by its status.");
        return codes;
    }

    private static Schema<?> text(String description, @Nullable String format) {
        return new StringSchema().format(format).description(description);
    }

    @Bean
    OperationCustomizer sharedMechanisms() {
        return (operation, method) -> {
            var access = method.getMethodAnnotation(Access.class);
            var allowed = access == null ? List.<Allow>of() : List.of(access.value());
            operation.addExtension(
                    "x-recado-access",
                    allowed.stream().map(ApiDocument::roleName).toList());
            var scopes = access == null
                    ? List.<String>of()
                    : Arrays.stream(access.scopes()).map(Scope::wireName).toList();
            // What an API client needs, all of it; empty where none may.
            operation.addExtension("x-recado-scopes", scopes);
            var permissions = access == null
                    ? List.<String>of()
                    : Arrays.stream(access.permissions())
                            .map(Permission::wireName)
                            .toList();
            // What a person needs besides, all of it, as the clinic decides; empty where the role suffices.
            operation.addExtension("x-recado-permissions", permissions);
            // For how many requests it counts; one, where it is not said.
            if (method.getMethodAnnotation(Costs.class) instanceof Costs costs) {
                operation.addExtension("x-recado-cost", costs.value());
            }
            if (!allowed.contains(Allow.EVERYONE)) {
                var roles = allowed.stream().map(ApiDocument::roleName).collect(Collectors.joining(", "));
                var description = operation.getDescription() == null ? "" : operation.getDescription() + "\n\n";
                operation.setDescription(description + "Needs: " + roles
                        + (permissions.isEmpty()
                                ? ""
                                : ", with the permission " + String.join(", ", permissions) + " of the clinic")
                        + (scopes.isEmpty() ? "." : "; of an API client: " + String.join(", ", scopes) + "."));
            }
            var problems = problemsOf(method, allowed);
            if (method.getMethodAnnotation(Idempotent.class) != null) {
                // A controller that reads the key itself declares it as well.
                if (operation.getParameters() != null) {
                    operation.getParameters().removeIf(parameter -> "Idempotency-Key".equals(parameter.getName()));
                }
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
            problems.addAll(List.of(Problem.FORBIDDEN, Problem.NOT_MEMBER, Problem.ORGANIZATION_SUSPENDED));
        } else if (allowed.contains(Allow.PLATFORM_ADMIN) || allowed.contains(Allow.SIGNED_IN)) {
            problems.add(Problem.FORBIDDEN); // also to API clients, which nobody is behind
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
        if (Arrays.stream(parameters).anyMatch(p -> p.getParameter().getName().equals("cursor"))) {
            problems.add(Problem.INVALID_CURSOR);
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
                .addApiResponse(String.valueOf(status), problem("Problem: " + String.join(", ", codes), codes)));
        var everywhere = EVERYWHERE.stream().map(Problem::code).toList();
        operation
                .getResponses()
                .addApiResponse(
                        "default", problem("Any request may meet: " + String.join(", ", everywhere), everywhere));
    }

    private static ApiResponse problem(String description, List<String> codes) {
        var answer = new ApiResponse()
                .description(description)
                .content(new Content()
                        .addMediaType(
                                "application/problem+json",
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"))));
        answer.addExtension(PROBLEMS, codes);
        return answer;
    }

    /** A document that is compared byte by byte must not name the host it was read from. */
    @Bean
    OpenApiCustomizer stable() {
        return document -> document.setServers(List.of(new io.swagger.v3.oas.models.servers.Server().url("/")));
    }
}
