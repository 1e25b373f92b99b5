package app.recado.guards;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.guards.EveryOperationGuardTest.Operation;
import app.recado.kernel.security.Scope;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.Clinics.Clinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.TestTokens;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Every operation of the document, tried by an API client with every scope: it may what its scopes say, no more. */
@RecadoTest
class EveryScopeGuardTest {

    @Autowired
    Clinics clinics;

    private List<Operation> operations() {
        return EveryOperationGuardTest.operationsOf(
                clinics.anonymous().get("/v3/api-docs").json());
    }

    private static List<Operation> tenant(List<Operation> operations) {
        return operations.stream().filter(Operation::isTenant).toList();
    }

    @Test
    void an_api_client_may_do_what_each_of_its_scopes_says_and_nothing_else() {
        var clinic = clinics.open();
        var wrong = new ArrayList<String>();
        int allowed = 0;
        var tenant = tenant(operations());
        for (var scope : Scope.values()) {
            var caller = callers(clinics.apiClient(clinic, Set.of(scope)), clinic);
            for (var operation : tenant) {
                boolean may = operation.scopes().equals(List.of(scope.wireName()));
                allowed += may ? 1 : 0;
                if (may && operation.path().endsWith("/events")) {
                    continue; // An open stream does not end; LiveStreamsTest reads one.
                }
                var answer = ask(caller.get(), operation, clinic.id());
                if (may == (answer.status() == 403 && "forbidden".equals(answer.code())) || answer.status() == 401) {
                    wrong.add(scope.wireName() + ": " + operation.name() + " -> " + answer.status());
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(allowed).isGreaterThan(60);
    }

    @Test
    void an_operation_that_needs_several_scopes_is_refused_while_one_of_them_lacks() {
        var clinic = clinics.open();
        var wrong = new ArrayList<String>();
        for (var operation : tenant(operations())) {
            var all = operation.scopes().stream()
                    .map(name -> Scope.of(name).orElseThrow())
                    .collect(Collectors.toSet());
            if (all.size() < 2) {
                continue;
            }
            for (var lacking : all) {
                var rest = EnumSet.copyOf(all);
                rest.remove(lacking);
                if (asClient(clinic, rest, operation).status() != 403) {
                    wrong.add(operation.name() + " without " + lacking.wireName());
                }
            }
            if (asClient(clinic, all, operation).status() == 403) {
                wrong.add(operation.name() + " with all of them");
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void an_api_client_is_nobody_in_another_clinic_at_the_platform_and_about_itself() {
        var mine = clinics.open();
        var other = clinics.open();
        var caller = callers(clinics.apiClient(mine, Set.of(Scope.values())), mine);
        var wrong = new ArrayList<String>();
        for (var operation : operations()) {
            if (EveryOperationGuardTest.PUBLIC.contains(operation.name())) {
                continue;
            }
            var answer = ask(caller.get(), operation, other.id());
            if (answer.status() != 403 || operation.isTenant() && !"not-member".equals(answer.code())) {
                wrong.add(operation.name() + " -> " + answer.status() + " " + answer.code());
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static Api.Answer ask(Api caller, Operation operation, UUID organization) {
        var address = EveryOperationGuardTest.fill(operation.path(), organization, UUID.randomUUID());
        return EveryOperationGuardTest.call(caller, operation, address, null);
    }

    private Api.Answer asClient(Clinic clinic, Set<Scope> scopes, Operation operation) {
        var caller = callers(clinics.apiClient(clinic, scopes), clinic).get();
        return ask(caller, operation, clinic.id());
    }

    /** The same client, with another account behind it before one account asks more than it may. */
    private Supplier<Api> callers(String oauthClient, Clinic clinic) {
        var asked = new AtomicInteger();
        var current = new AtomicReference<Api>();
        return () -> {
            if (asked.getAndIncrement() % 100 == 0) {
                current.set(clinics.anonymous()
                        .with("Authorization", "Bearer " + TestTokens.client(oauthClient, clinic.id())));
            }
            return Objects.requireNonNull(current.get());
        };
    }
}
