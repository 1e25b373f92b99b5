package app.recado.guards;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.guards.EveryOperationGuardTest.Operation;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Permission;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.Clinics.Clinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.TestTokens;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Every operation that needs a permission of the clinic, tried by each role that may hold it, as the clinic decides. */
@RecadoTest
class EveryPermissionGuardTest {

    @Autowired
    Clinics clinics;

    private List<Operation> operations() {
        return EveryOperationGuardTest.operationsOf(
                        clinics.anonymous().get("/v3/api-docs").json())
                .stream()
                .filter(operation -> !operation.permissions().isEmpty())
                .toList();
    }

    @Test
    void every_permission_guards_something_and_names_the_roles_that_may_hold_it() {
        var operations = operations();
        for (var permission : Permission.values()) {
            var guarded = operations.stream()
                    .filter(operation -> operation.permissions().contains(permission.wireName()))
                    .toList();
            assertThat(guarded).as(permission.wireName()).isNotEmpty();
            assertThat(guarded)
                    .allSatisfy(operation ->
                            assertThat(EnumSet.copyOf(operation.access())).isEqualTo(permission.eligible()));
        }
    }

    @Test
    void a_permission_counts_as_the_clinic_decides_for_a_role_and_for_a_person() {
        var wrong = new ArrayList<String>();
        for (var operation : operations()) {
            var permission = Permission.of(operation.permissions().getFirst()).orElseThrow();
            for (var role : permission.eligible()) {
                var clinic = clinics.open();
                var account = UUID.randomUUID();
                boolean owner = role == Allow.OWNER;
                boolean usual = permission.usual().contains(role);
                tried(wrong, operation, clinic, account, role, usual, "while nobody decided");
                decide(clinic, permission, List.of(), List.of(account), List.of());
                tried(wrong, operation, clinic, account, role, true, "given to them");
                decide(clinic, permission, List.of(), List.of(), List.of());
                tried(wrong, operation, clinic, account, role, owner, "of no role");
                var roles = owner ? List.<Allow>of() : List.of(role);
                decide(clinic, permission, roles, List.of(), List.of());
                tried(wrong, operation, clinic, account, role, true, "of their role");
                decide(clinic, permission, roles, List.of(), List.of(account));
                tried(wrong, operation, clinic, account, role, owner, "withheld from them");
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void a_permission_given_to_somebody_whose_role_may_not_hold_it_opens_nothing() {
        var clinic = clinics.open();
        var account = UUID.randomUUID();
        decide(clinic, Permission.CLINICAL_NOTES, List.of(), List.of(account), List.of());
        var desk = as(clinic, account, Allow.RECEPTIONIST);

        assertThat(desk.get("/patients/%s/clinical-notes".formatted(UUID.randomUUID()))
                        .code())
                .isEqualTo("forbidden");
        var refused = clinic.owner()
                .ifMatch(clinic.owner().get("/member-permissions").etag())
                .put(
                        "/member-permissions",
                        body(Permission.CLINICAL_NOTES, List.of(Allow.RECEPTIONIST), List.of(), List.of()));
        assertThat(refused.code()).isEqualTo("invalid-fields");
        assertThat(refused.at("/errors/0/pointer")).isEqualTo("/items/0/roles");
    }

    private void tried(
            List<String> wrong,
            Operation operation,
            Clinic clinic,
            UUID account,
            Allow role,
            boolean may,
            String when) {
        var address = EveryOperationGuardTest.fill(operation.tenantPath(), clinic.id(), UUID.randomUUID());
        var answer = EveryOperationGuardTest.call(as(clinic, account, role), operation, address, null);
        if (may == (answer.status() == 403)) {
            wrong.add("%s as %s, %s -> %d".formatted(operation.name(), role, when, answer.status()));
        }
    }

    private static Api as(Clinic clinic, UUID account, Allow role) {
        return clinic.withToken(TestTokens.member(account.toString(), clinic.id(), List.of(role)));
    }

    private static void decide(
            Clinic clinic, Permission permission, List<Allow> roles, List<UUID> granted, List<UUID> withheld) {
        var owner = clinic.owner();
        var decided = owner.ifMatch(owner.get("/member-permissions").etag())
                .put("/member-permissions", body(permission, roles, granted, withheld));
        assertThat(decided.status()).as(decided.text()).isEqualTo(200);
    }

    private static Map<String, Object> body(
            Permission permission, List<Allow> roles, List<UUID> granted, List<UUID> withheld) {
        return Map.of(
                "items",
                List.of(Map.of(
                        "permission",
                        permission.wireName(),
                        "roles",
                        roles.stream()
                                .map(role -> role.name().toLowerCase(Locale.ROOT))
                                .toList(),
                        "grantedTo",
                        granted,
                        "withheldFrom",
                        withheld)),
                "secondFactorRequired",
                false);
    }
}
