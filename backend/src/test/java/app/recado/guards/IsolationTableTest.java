package app.recado.guards;

import app.recado.guards.ClinicRecords.Filled;
import app.recado.guards.EveryOperationGuardTest.Operation;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Permission;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What the guards prove of each operation, as a table for people: written from the same document, lists and bodies that {@link
 * EveryOperationGuardTest} and {@link EveryScopeGuardTest} try, so that it cannot say anything else. Run with {@code
 * -Drecado.regenerate=true} ({@code ./dev api}) to write it anew after a change.
 */
@RecadoTest
class IsolationTableTest {

    private static final String REFUSED = "403";

    @Autowired
    Clinics clinics;

    @Autowired
    ClinicRecords records;

    @Test
    void the_table_of_what_each_operation_refuses_is_the_reviewed_one() throws IOException {
        var operations = EveryOperationGuardTest.operationsOf(
                clinics.anonymous().get("/v3/api-docs").json());
        var filled = records.of(clinics.open());
        ReviewedFile.assertReviewed("docs/isolation.md", """
                # Who may do what, and what another clinic's ids answer

                Written by `./dev api` from the data of the guards and compared by every build; nobody edits it. `EveryOperationGuardTest` asks every operation without a token, from another clinic, with each role alone and with ids of another clinic, \
                `EveryScopeGuardTest` with each scope alone and with all but one of those it needs, `EveryPermissionGuardTest` with and without the permission that a clinic gives or withholds. Each cell is what they demand. [ADR 1](adr/0001-two-fences-between-organizations.md), [2](adr/0002-access-is-decided-before-a-request-is-read.md), [67](adr/0067-a-token-says-which-client-a-row-says-what-it-may.md) and [90](adr/0090-what-a-member-may-is-read-again-every-few-seconds.md) say why.

                ## Operations of a clinic

                True of every row:
                - without a token `401`;
                - a member or an API client of another clinic, and the platform's administrator, `403 not-member`, before anything of the request is read; while an owner lets support look ([ADR 89](adr/0089-support-reads-what-a-program-could-while-an-owner-lets-it.md)), an administrator passes where all scopes are reading ones;
                - no list shows a record of another clinic.

                The columns: the roles of which one suffices, `403` for the others; the scopes of which an API client needs all, `403` when one lacks or where only people may; the answer when the address names a record of another clinic; the fields \
                of the body that name a record, each tried with one of another clinic and answered `422` as unknown. `–`: there is none.

                | operation | owner | receptionist | practitioner | API client | foreign id in the address | foreign id in the body |
                |---|---|---|---|---|---|---|
                %s

                ## The platform's operations

                For the platform's administrator: without a token `401`, `403` for every member and every API client.

                %s

                ## Operations about oneself

                For whoever is signed in, about themselves alone: without a token `401`, for API clients `403`.

                %s

                ## Public operations

                No token is asked for. What concerns a clinic that takes no bookings online is as little there as a clinic that does not exist: `404`.

                %s
                """.formatted(
                        lines(operations, Operation::isTenant, operation -> row(operation, filled)),
                        lines(
                                operations,
                                operation -> operation.access().equals(List.of(Allow.PLATFORM_ADMIN)),
                                IsolationTableTest::item),
                        lines(
                                operations,
                                operation -> EveryOperationGuardTest.ABOUT_ONESELF.contains(operation.name()),
                                IsolationTableTest::item),
                        lines(
                                operations,
                                operation -> EveryOperationGuardTest.PUBLIC.contains(operation.name()),
                                IsolationTableTest::item)));
    }

    private static String lines(
            List<Operation> operations, Predicate<Operation> which, Function<Operation, String> line) {
        return operations.stream().filter(which).map(line).sorted().collect(Collectors.joining("\n"));
    }

    private static String item(Operation operation) {
        return "- `" + operation.name() + "`";
    }

    private static String row(Operation operation, Filled filled) {
        return Stream.of(
                        // By address first, so that what belongs together stands together.
                        "`%s` %s"
                                .formatted(
                                        operation.tenantPath().isEmpty() ? "/" : operation.tenantPath(),
                                        operation.method()),
                        role(operation, Allow.OWNER),
                        role(operation, Allow.RECEPTIONIST),
                        role(operation, Allow.PRACTITIONER),
                        scopes(operation),
                        inAddress(operation),
                        inBody(operation, filled))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String role(Operation operation, Allow role) {
        if (!operation.access().contains(role)) {
            return REFUSED;
        }
        var decided = operation.permissions().stream()
                .map(name -> Permission.of(name).orElseThrow())
                .filter(permission -> role != Allow.OWNER)
                .map(permission -> (permission.usual().contains(role) ? "unless `%s` is withheld" : "when given `%s`")
                        .formatted(permission.wireName()))
                .collect(Collectors.joining(" and "));
        return decided.isEmpty() ? "yes" : decided;
    }

    private static String scopes(Operation operation) {
        return operation.scopes().isEmpty()
                ? REFUSED
                : operation.scopes().stream().map(scope -> "`" + scope + "`").collect(Collectors.joining(" and "));
    }

    private static String inAddress(Operation operation) {
        if (!operation.addressesARecord()) {
            return "–";
        }
        if (ClinicRecords.ASKED_AT_THE_IDENTITY_SERVER.contains(operation.tenantPath())) {
            return "`404` (`OnboardingTest`)";
        }
        return ClinicRecords.NAMED_BY_THEIR_DAY.contains(operation.tenantPath()) ? "named by its day" : "`404`";
    }

    private static String inBody(Operation operation, Filled filled) {
        var body = operation.hasBody() ? filled.bodyFor(operation.method(), operation.tenantPath()) : null;
        var fields = body == null
                ? ""
                : body.keySet().stream()
                        .filter(EveryOperationGuardTest::namesARecord)
                        .sorted()
                        .map(field -> "`" + field + "`")
                        .collect(Collectors.joining(", "));
        return fields.isEmpty() ? "–" : fields;
    }
}
