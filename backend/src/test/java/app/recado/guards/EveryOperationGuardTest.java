package app.recado.guards;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.Clinics.Clinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.TestTokens;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/**
 * Every operation of the published document, tried without a token, from a foreign clinic, with a missing role, by the
 * platform's admin, and with ids of another clinic in path and body. An operation that none of this classifies fails here.
 * Somebody else asks after a while: together these are more requests than one person may make.
 */
@RecadoTest
class EveryOperationGuardTest {

    /** Reviewed: what anybody may read. */
    static final Set<String> PUBLIC = Set.of(
            "GET /api/health",
            "GET /api/readiness",
            "GET /api/console-config",
            "GET /api/v1/public/calendar-feeds/{clinic}/{token}.ics",
            "GET /api/v1/public/booking/{alias}",
            "GET /api/v1/public/booking/{alias}/slots",
            "POST /api/v1/public/booking/{alias}/bookings",
            "PUT /api/v1/public/booking/{alias}/bookings",
            "DELETE /api/v1/public/booking/{alias}/bookings",
            "POST /api/v1/public/booking/{alias}/bookings/code",
            "POST /api/v1/public/booking/{alias}/bookings/confirm",
            "GET /api/v1/public/booking/{alias}/preregistration",
            "POST /api/v1/public/booking/{alias}/preregistration",
            "GET /api/v1/public/booking/{alias}/visit",
            "GET /api/v1/public/booking/{alias}/visit/slots",
            "POST /api/v1/public/booking/{alias}/visit/cancel",
            "POST /api/v1/public/booking/{alias}/visit/move");

    /** Reviewed: what concerns the caller alone, whoever they are. */
    static final Set<String> ABOUT_ONESELF = Set.of(
            "GET /api/v1/me",
            "GET /api/v1/me/sessions",
            "DELETE /api/v1/me/sessions",
            "DELETE /api/v1/me/sessions/{sessionId}",
            "GET /api/v1/me/invitations/{organizationId}/{invitationId}",
            "POST /api/v1/me/invitations/{organizationId}/{invitationId}/accept",
            "POST /api/v1/me/invitations/{organizationId}/{invitationId}/decline");

    /** Reviewed: ids in bodies that name no record of a clinic. Accounts of the identity server belong to none, and numbers of
     * a Chatwoot server are nobody's here. */
    private static final Set<String> NO_RECORD = Set.of("memberId", "accountId", "inboxId");

    private static final String TENANT = "/api/v1/organizations/{organizationId}";

    @Autowired
    Clinics clinics;

    @Autowired
    ClinicRecords records;

    @Autowired
    @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings;

    private List<Operation> operations = List.of();
    private int asked;

    /** One operation of the document. */
    record Operation(
            String method,
            String path,
            List<Allow> access,
            List<String> permissions,
            List<String> scopes,
            boolean hasBody) {

        String name() {
            return method + " " + path;
        }

        boolean isTenant() {
            return path.startsWith(TENANT);
        }

        /** Relative to the organization. */
        String tenantPath() {
            return path.substring(TENANT.length());
        }

        boolean addressesARecord() {
            return isTenant() && tenantPath().contains("{");
        }
    }

    @BeforeEach
    void readDocument() {
        operations = operationsOf(clinics.anonymous().get("/v3/api-docs").json());
    }

    /** All operations of the document. */
    static List<Operation> operationsOf(JsonNode document) {
        var found = new ArrayList<Operation>();
        ApiContractTest.forEachOperation(document, (name, operation) -> {
            var access = operation
                    .path("x-recado-access")
                    .valueStream()
                    .map(role -> Allow.valueOf(role.asString().toUpperCase(Locale.ROOT)))
                    .toList();
            var parts = name.split(" ", 2);
            var scopes = operation
                    .path("x-recado-scopes")
                    .valueStream()
                    .map(scope -> scope.asString())
                    .toList();
            var permissions = operation
                    .path("x-recado-permissions")
                    .valueStream()
                    .map(permission -> permission.asString())
                    .toList();
            found.add(new Operation(
                    parts[0],
                    parts[1],
                    access,
                    permissions,
                    scopes,
                    !operation.path("requestBody").isMissingNode()));
        });
        assertThat(found).hasSizeGreaterThan(30);
        return found;
    }

    @Test
    void every_operation_belongs_to_exactly_one_class() {
        var unclassified = operations.stream()
                .filter(operation -> Stream.of(
                                        PUBLIC.contains(operation.name())
                                                && operation.access().equals(List.of(Allow.EVERYONE)),
                                        ABOUT_ONESELF.contains(operation.name())
                                                && operation.access().equals(List.of(Allow.SIGNED_IN)),
                                        operation.isTenant()
                                                && !operation.access().isEmpty()
                                                && operation.access().stream().allMatch(Allow::isOrganizationRole),
                                        !operation.isTenant()
                                                && operation.access().equals(List.of(Allow.PLATFORM_ADMIN)))
                                .filter(matches -> matches)
                                .count()
                        != 1)
                .map(Operation::name)
                .toList();
        assertThat(unclassified).isEmpty();
    }

    @Test
    void without_a_token_every_operation_but_the_public_ones_answers_401() {
        var clinic = clinics.open();
        var open = new ArrayList<String>();
        for (var operation : operations) {
            var answer =
                    call(clinics.anonymous(), operation, fill(operation.path(), clinic.id(), UUID.randomUUID()), null);
            if (PUBLIC.contains(operation.name()) == (answer.status() == 401)) {
                open.add(operation.name() + " -> " + answer.status());
            }
        }
        assertThat(open).isEmpty();
    }

    /** What a clinic does not publish is as little there as a clinic that does not exist. */
    @Test
    void every_public_operation_of_a_clinic_that_takes_no_bookings_answers_as_for_nobody() {
        var clinic = clinics.open();
        var alias = "clinic-" + clinic.id();
        var told = new ArrayList<String>();
        for (var operation : operations) {
            if (!operation.path().contains("{alias}")) {
                continue;
            }
            var caller = clinics.anonymous().with("Booking-Token", "x".repeat(60));
            var body = ClinicRecords.publicBodyFor(operation.method() + " " + operation.path());
            var query = operation.path().endsWith("/slots")
                    ? "?from=2031-01-01&to=2031-01-08&healthcareServiceId=" + UUID.randomUUID()
                    : "";
            var there = call(caller, operation, operation.path().replace("{alias}", alias) + query, body);
            var nowhere = call(caller, operation, operation.path().replace("{alias}", "nobody-here") + query, body);
            if (there.status() != 404 || nowhere.status() != 404) {
                told.add(operation.name() + " -> " + there.status() + " and " + nowhere.status());
            }
        }
        assertThat(told).isEmpty();
    }

    @Test
    void a_member_of_another_clinic_and_the_platforms_admin_get_403_everywhere() {
        var mine = clinics.open();
        var other = clinics.open();
        var wrong = new ArrayList<String>();
        var callers = Map.of(
                "member of another clinic",
                TestTokens.member(
                        "eva-" + UUID.randomUUID(),
                        mine.id(),
                        List.of(Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER)),
                "platform admin",
                TestTokens.platformAdmin());
        callers.forEach((who, token) -> {
            for (var operation : tenantOperations()) {
                var caller = clinics.anonymous().with("Authorization", "Bearer " + token);
                var answer = call(caller, operation, fill(operation.path(), other.id(), UUID.randomUUID()), null);
                if (answer.status() != 403 || !"not-member".equals(answer.code())) {
                    wrong.add(who + ": " + operation.name() + " -> " + answer.status());
                }
            }
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void a_role_that_is_not_named_gets_403_before_anything_else_is_looked_at() {
        var clinic = clinics.open();
        var wrong = new ArrayList<String>();
        for (var operation : tenantOperations()) {
            for (var role : List.of(Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER)) {
                if (operation.access().contains(role)) {
                    continue;
                }
                var answer = call(
                        somebody(clinic, role),
                        operation,
                        fill(operation.path(), clinic.id(), UUID.randomUUID()),
                        null);
                if (answer.status() != 403 || !"forbidden".equals(answer.code())) {
                    wrong.add(role + ": " + operation.name() + " -> " + answer.status());
                }
            }
        }
        for (var operation : operations) {
            if (operation.access().equals(List.of(Allow.PLATFORM_ADMIN))) {
                var answer = call(
                        somebody(clinic, Allow.OWNER),
                        operation,
                        fill(operation.path(), clinic.id(), UUID.randomUUID()),
                        null);
                if (answer.status() != 403) {
                    wrong.add("owner: " + operation.name() + " -> " + answer.status());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void a_record_of_another_clinic_is_not_there() {
        var mine = records.of(clinics.open());
        var foreign = records.of(clinics.open());
        var wrong = new ArrayList<String>();
        for (var operation : tenantOperations()) {
            if (!operation.addressesARecord()
                    || ClinicRecords.ASKED_AT_THE_IDENTITY_SERVER.contains(operation.tenantPath())
                    || ClinicRecords.NAMED_BY_THEIR_DAY.contains(operation.tenantPath())) {
                continue;
            }
            var id = foreign.idFor(operation.tenantPath());
            if (id == null) {
                wrong.add(operation.name() + " addresses a kind of record this guard does not know");
                continue;
            }
            var body = operation.hasBody() ? mine.bodyFor(operation.method(), operation.tenantPath()) : null;
            if (operation.hasBody() && body == null) {
                wrong.add(operation.name() + " needs a valid body in this guard");
                continue;
            }
            var answer = call(
                    everyRole(mine.clinic()),
                    operation,
                    fill(operation.path(), mine.clinic().id(), id),
                    body);
            if (answer.status() != 404) {
                wrong.add(operation.name() + " -> " + answer.status() + " " + answer.code());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void an_id_of_another_clinic_in_a_body_is_unknown() {
        var mine = records.of(clinics.open());
        var foreign = records.of(clinics.open());
        var wrong = new ArrayList<String>();
        int tried = 0;
        for (var operation : tenantOperations()) {
            var body = operation.hasBody() ? mine.bodyFor(operation.method(), operation.tenantPath()) : null;
            if (body == null) {
                continue;
            }
            for (var field : body.keySet().stream()
                    .filter(EveryOperationGuardTest::namesARecord)
                    .collect(Collectors.toSet())) {
                var forged = new LinkedHashMap<>(body);
                forged.put(field, foreign.idOfField(field));
                var own = mine.idFor(operation.tenantPath());
                var answer = call(
                        everyRole(mine.clinic()),
                        operation,
                        fill(operation.path(), mine.clinic().id(), own == null ? UUID.randomUUID() : own),
                        forged,
                        own == null ? "\"v0\"" : mine.etagFor(operation.tenantPath()));
                tried++;
                // The code too: a body that is refused for another reason would prove nothing.
                boolean named = answer.at("/errors/0/pointer").equals("/" + field)
                        && answer.at("/errors/0/code").equals("unknown-value");
                if (answer.status() != 422
                        || !named && !String.valueOf(answer.code()).endsWith("-unknown")) {
                    wrong.add(operation.name() + " " + field + " -> " + answer.status() + " " + answer.code());
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(tried).isGreaterThanOrEqualTo(4);
    }

    @Test
    void no_list_of_a_clinic_shows_a_record_of_another() {
        var mine = records.of(clinics.open());
        var foreign = records.of(clinics.open());
        for (var operation : tenantOperations()) {
            if (operation.method().equals("GET")
                    && !operation.addressesARecord()
                    && !operation.path().endsWith("/events")) {
                var answer = call(
                        everyRole(mine.clinic()),
                        operation,
                        fill(operation.path(), mine.clinic().id(), UUID.randomUUID())
                                + ClinicRecords.queryFor(operation.tenantPath()),
                        null);
                foreign.ids()
                        .forEach(id ->
                                assertThat(answer.text()).as(operation.name()).doesNotContain(id.toString()));
            }
        }
    }

    @Test
    void providers_may_knock_at_webhooks_only_and_every_webhook_turns_strangers_away() {
        var wrong = new ArrayList<String>();
        int tried = 0;
        for (var route : mappings.getHandlerMethods().entrySet()) {
            var access = route.getValue().getMethodAnnotation(Access.class);
            boolean provider = access != null && List.of(access.value()).contains(Allow.PROVIDER);
            for (var path : route.getKey().getPatternValues()) {
                if (provider != path.startsWith("/webhooks/")) {
                    wrong.add(path + " is for " + access);
                }
                if (!provider) {
                    continue;
                }
                tried++;
                var verb = route.getKey()
                        .getMethodsCondition()
                        .getMethods()
                        .iterator()
                        .next()
                        .name();
                var address = path.replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
                var answer = clinics.anonymous().send(verb, address, verb.equals("GET") ? null : "{}");
                if (answer.status() != 401 && answer.status() != 404) {
                    wrong.add(verb + " " + path + " -> " + answer.status());
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(tried).isGreaterThanOrEqualTo(6);
    }

    /** Whether a field of a body is tried with an id of another clinic. */
    static boolean namesARecord(String field) {
        return field.endsWith("Id") && !NO_RECORD.contains(field);
    }

    private List<Operation> tenantOperations() {
        return operations.stream().filter(Operation::isTenant).toList();
    }

    private Api everyRole(Clinic clinic) {
        return somebody(clinic, Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER);
    }

    /** Not somebody else each time: to sign a token takes longer than a request. */
    private Api somebody(Clinic clinic, Allow... roles) {
        var subject = "eva-%s-%d-%s".formatted(List.of(roles), asked++ / 100, clinic.id());
        return clinics.anonymous()
                .with("Authorization", "Bearer " + TestTokens.member(subject, clinic.id(), List.of(roles)));
    }

    static String fill(String path, UUID organization, UUID record) {
        return path.replace("{organizationId}", organization.toString())
                .replace("{kind}", "reminder")
                .replace("{language}", "es")
                .replaceAll("\\{[^}]+}", record.toString());
    }

    static Api.Answer call(Api caller, Operation operation, String path, @Nullable Object body) {
        return call(caller, operation, path, body, "\"v0\"");
    }

    static Api.Answer call(Api caller, Operation operation, String path, @Nullable Object body, String etag) {
        return caller.key(UUID.randomUUID().toString()).ifMatch(etag).send(operation.method(), path, body);
    }
}
