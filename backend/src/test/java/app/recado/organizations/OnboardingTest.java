package app.recado.organizations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.devstack.MailCatcher;
import app.recado.testing.Api;
import app.recado.testing.DueJobs;
import app.recado.testing.RealIdentityTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Identity with the real server: onboarding, membership, and what tokens of every kind may and may not do. */
@RealIdentityTest
class OnboardingTest extends RealPeople {

    @Autowired
    DueJobs jobs;

    @Test
    void a_clinic_is_onboarded_with_its_first_owner_who_can_then_sign_in_and_see_it() {
        var email = "duena-" + UUID.randomUUID() + "@norte.example";
        var account = keycloak.directory().createUser(email, "Ana", "Sosa");
        var clinic = admin().post("/api/v1/organizations", organization("norte", email));

        assertThat(clinic.status()).isEqualTo(201);
        assertThat(clinic.at("/state")).isEqualTo("active");
        var me = as(email).get("/api/v1/me");
        assertThat(me.at("/subject")).isEqualTo(account.toString());
        assertThat(me.at("/organizations/0/id")).isEqualTo(clinic.id().toString());
        assertThat(me.at("/organizations/0/roles/0")).isEqualTo("owner");
        assertThat(as(email).get(path(clinic.id(), "")).status()).isEqualTo(200);
    }

    @Test
    void a_new_owner_gets_a_mail_and_no_password_travels() {
        var email = "nueva-" + UUID.randomUUID() + "@sur.example";
        assertThat(admin().post("/api/v1/organizations", organization("sur", email))
                        .status())
                .isEqualTo(201);

        assertThat(MailCatcher.shared().mailsTo(email))
                .hasSize(1)
                .allSatisfy(mail -> assertThat(mail.text())
                        .contains(
                                "ya está en Recado, y la clínica es tuya",
                                "Elegir mi contraseña:",
                                "action-token?key="));
    }

    @Test
    void repeating_an_onboarding_continues_it_and_another_one_cannot_take_its_alias() {
        var email = "c-" + UUID.randomUUID() + "@este.example";
        var request = organization("este", email);
        var key = UUID.randomUUID().toString();
        var first = admin().key(key).post("/api/v1/organizations", request);
        var again = admin().key(key).post("/api/v1/organizations", request);
        var other = admin().post("/api/v1/organizations", request);

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.code()).isEqualTo("alias-taken");
    }

    @Test
    void a_person_in_two_clinics_has_different_roles_in_each() {
        var email = person("bea");
        var one = onboard(email);
        var owner = person("otro");
        var two = onboard(owner);
        joins(email, two, owner, "practitioner");

        var bea = as(email);
        assertThat(bea.get(path(one, "/members")).status()).isEqualTo(200);
        assertThat(bea.get(path(two, "/members")).code()).isEqualTo("forbidden");
        assertThat(bea.get(path(two, "")).status()).isEqualTo(200);
    }

    @Test
    void a_member_of_one_clinic_is_nobody_in_another() {
        var email = person("sola");
        onboard(email);
        var other = onboard(person("vecina"));
        assertThat(as(email).get(path(other, "")).code()).isEqualTo("not-member");
    }

    @Test
    void an_owner_cannot_change_an_account_of_the_platform() {
        var owner = person("dueno");
        var clinic = onboard(owner);
        var admin = keycloak.directory().findUser("admin@recado.example");
        assertThat(as(owner)
                        .put(path(clinic, "/members/" + admin + "/roles"), Map.of("roles", List.of("owner")))
                        .status())
                .isEqualTo(404);
        assertThat(as(owner).delete(path(clinic, "/members/" + admin)).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pérez (suplente)", "Luz & Sol", "López/Martín", "¿Quién?", "Paz; drop", "A=B", "a*b"})
    void a_name_that_no_account_can_have_is_refused_with_its_field_and_can_be_corrected(String name) {
        var owner = person("nombres");
        var clinic = onboard(owner);
        var email = "nadie-" + UUID.randomUUID() + "@recado-test.example";
        var body = new HashMap<>(invitation(email, "receptionist"));
        body.put("familyName", name);

        var refused = as(owner).post(path(clinic, "/invitations"), body);

        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.at("/errors/0/pointer")).isEqualTo("/familyName");
        assertThat(refused.at("/errors/0/code")).isEqualTo("characters-not-allowed");
        body.put("familyName", "D'Ángelo-Núñez Jr.");
        assertThat(as(owner).post(path(clinic, "/invitations"), body).status()).isEqualTo(201);
    }

    @Test
    void an_onboarding_that_was_refused_for_its_owners_name_began_nothing() {
        var email = "duena-" + UUID.randomUUID() + "@oeste.example";
        var request = new HashMap<>(organization("oeste", email));
        request.put("owner", Map.of("email", email, "givenName", "Ana", "familyName", "Sosa (dueña)"));
        var refused = admin().post("/api/v1/organizations", request);
        assertThat(refused.at("/errors/0/pointer")).isEqualTo("/owner/familyName");

        request.put("owner", Map.of("email", email, "givenName", "Ana", "familyName", "Sosa"));
        assertThat(admin().post("/api/v1/organizations", request).status()).isEqualTo(201);
    }

    @Test
    void the_last_owner_can_neither_leave_nor_step_down() {
        var owner = person("unica");
        var clinic = onboard(owner);
        var self = as(owner).get("/api/v1/me").at("/subject");
        assertThat(as(owner).delete(path(clinic, "/members/" + self)).code()).isEqualTo("last-owner");
        assertThat(as(owner)
                        .put(path(clinic, "/members/" + self + "/roles"), Map.of("roles", List.of("receptionist")))
                        .code())
                .isEqualTo("last-owner");
    }

    @Test
    void of_two_owners_who_demote_each_other_at_once_one_is_left() throws Exception {
        var one = person("una");
        var other = person("otra");
        var clinic = onboard(one);
        var second = joins(other, clinic, one, "owner");
        var first = as(one).get("/api/v1/me").at("/subject");
        var theirs = List.of(as(one), as(other));
        var members = List.of(second.toString(), first);
        var asked = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 2; i++) {
            var owner = theirs.get(i);
            var path = path(clinic, "/members/" + members.get(i) + "/roles");
            asked.add(() ->
                    owner.put(path, Map.of("roles", List.of("receptionist"))).status());
        }
        try (var pool = Executors.newFixedThreadPool(2)) {
            for (var answer : pool.invokeAll(asked)) {
                assertThat(answer.get()).isIn(200, 401, 403, 409);
            }
        }
        assertThat(List.of(
                        renewed(one).get(path(clinic, "/members")).status(),
                        renewed(other).get(path(clinic, "/members")).status()))
                .contains(200);
    }

    @Test
    void an_owner_who_was_just_removed_changes_nobody_with_the_old_token() {
        var owner = person("primera");
        var second = person("segunda");
        var clinic = onboard(owner);
        var removed = joins(second, clinic, owner, "owner");
        var stillOwnerByToken = as(second);
        var self = stillOwnerByToken.post(path(clinic, "/invitations"), invitation(second, "owner"));
        assertThat(as(owner).delete(path(clinic, "/members/" + removed)).status())
                .isEqualTo(204);

        assertThat(stillOwnerByToken
                        .put(path(clinic, "/members/" + removed + "/roles"), Map.of("roles", List.of("owner")))
                        .code())
                .isEqualTo("unauthenticated");
        assertThat(stillOwnerByToken.get(path(clinic, "/members")).code())
                .as("nor does it read anything")
                .isEqualTo("unauthenticated");
        assertThat(as(second).post(mine(clinic, self.id()) + "/accept", null).code())
                .isEqualTo("not-found");
        assertThat(as(second).get(path(clinic, "")).code()).isEqualTo("not-member");
    }

    @Test
    void a_member_whose_role_was_taken_renews_the_token_and_has_the_new_one() {
        var owner = person("duena");
        var email = person("baja");
        var clinic = onboard(owner);
        var member = joins(email, clinic, owner, "owner");
        var former = as(email);
        assertThat(as(owner)
                        .put(path(clinic, "/members/" + member + "/roles"), Map.of("roles", List.of("receptionist")))
                        .status())
                .isEqualTo(200);

        assertThat(former.get(path(clinic, "/practitioners")).code()).isEqualTo("unauthenticated");
        assertThat(renewed(email).get(path(clinic, "/api-clients")).code()).isEqualTo("forbidden");
        assertThat(renewed(email).get(path(clinic, "/practitioners")).status()).isEqualTo(200);
    }

    @Test
    void a_member_who_is_signed_out_by_an_owner_has_no_session_and_no_token_that_counts() {
        var owner = person("duena");
        var email = person("telefono-perdido");
        var clinic = onboard(owner);
        var member = joins(email, clinic, owner, "receptionist");
        var lost = as(email);
        assertThat(lost.get("/api/v1/me/sessions").json().path("items")).isNotEmpty();
        var stranger = onboard(person("ajena"));
        assertThat(as(owner)
                        .delete(path(stranger, "/members/" + member + "/sessions"))
                        .status())
                .isEqualTo(403);

        assertThat(as(owner)
                        .delete(path(clinic, "/members/" + member + "/sessions"))
                        .status())
                .isEqualTo(204);

        assertThat(lost.get(path(clinic, "/practitioners")).status()).isEqualTo(401);
        assertThat(lost.get("/api/v1/me/sessions").json().path("items")).isEmpty();
        assertThat(renewed(email).get(path(clinic, "/practitioners")).status())
                .as("they stay a member")
                .isEqualTo(200);
    }

    @Test
    void where_a_second_factor_is_required_a_password_alone_lets_nobody_in() {
        var owner = person("duena");
        var email = person("sin-segundo");
        var clinic = onboard(owner);
        joins(email, clinic, owner, "receptionist");
        var before = as(email);
        var decided = as(owner)
                .ifMatch(as(owner).get(path(clinic, "/member-permissions")).etag())
                .put(path(clinic, "/member-permissions"), Map.of("items", List.of(), "secondFactorRequired", true));
        assertThat(decided.status()).as(decided.text()).isEqualTo(200);

        jobs.run();

        assertThat(before.get(path(clinic, "/practitioners")).status()).isEqualTo(401);
        // The identity server wants it set up before it gives a token for a password.
        assertThatThrownBy(() -> as(email)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void somebody_who_signs_out_everywhere_ends_their_own_sessions_and_nobody_elses() {
        var owner = person("duena");
        var other = person("otra");
        var clinic = onboard(owner);
        joins(other, clinic, owner, "receptionist");
        var desk = as(other);
        var foreign = as(owner).get("/api/v1/me/sessions").at("/items/0/id");
        assertThat(desk.delete("/api/v1/me/sessions/" + foreign).status()).isEqualTo(404);

        assertThat(desk.delete("/api/v1/me/sessions").status()).isEqualTo(204);

        assertThat(desk.get(path(clinic, "/practitioners")).status()).isEqualTo(401);
        assertThat(as(owner).get("/api/v1/me/sessions").json().path("items")).isNotEmpty();
        assertThat(as(owner).get(path(clinic, "/practitioners")).status()).isEqualTo(200);
    }

    @Test
    void who_joined_changed_roles_and_left_stands_in_the_audit_trail() {
        var owner = person("duena");
        var clinic = onboard(owner);
        var member = joins(person("nueva"), clinic, owner, "receptionist");
        as(owner).put(path(clinic, "/members/" + member + "/roles"), Map.of("roles", List.of("practitioner")));
        as(owner).delete(path(clinic, "/members/" + member));

        var entries = as(owner).get(path(clinic, "/audit-entries?action=member-roles-changed&recordId=" + member));

        assertThat(entries.at("/items/0/changes/0/before")).isEqualTo("practitioner");
        assertThat(entries.json().at("/items/0/changes/0/after").isNull()).isTrue();
        assertThat(entries.at("/items/1/changes/0/before")).isEqualTo("receptionist");
        assertThat(entries.at("/items/1/changes/0/after")).isEqualTo("practitioner");
        assertThat(entries.at("/items/1/actor"))
                .isEqualTo(as(owner).get("/api/v1/me").at("/subject"));
        assertThat(entries.json().at("/items/2/changes/0/before").isNull()).isTrue();
        assertThat(entries.at("/items/2/changes/0/after")).isEqualTo("receptionist");
    }

    @Test
    void a_token_asked_for_one_clinic_or_none_opens_no_other() {
        var email = person("doble");
        var first = onboard(email);
        var second = onboard(email);
        var alias = as(email).get(path(first, "")).at("/alias");

        var narrow = withScope(email, "openid organization:" + alias);
        assertThat(narrow.get(path(first, "")).status()).isEqualTo(200);
        assertThat(narrow.get(path(second, "")).code()).isEqualTo("not-member");
        assertThat(withScope(email, "openid").get(path(first, "")).code()).isEqualTo("not-member");
    }

    @Test
    void who_leaves_a_clinic_keeps_the_account_and_the_other_clinics() {
        var owner = person("quien");
        var leaving = person("seva");
        var first = onboard(owner);
        var second = onboard(leaving);
        var member = joins(leaving, first, owner, "receptionist");
        assertThat(as(owner).delete(path(first, "/members/" + member)).status()).isEqualTo(204);

        assertThat(as(leaving).get(path(first, "")).code()).isEqualTo("not-member");
        assertThat(as(leaving).get(path(second, "")).status()).isEqualTo(200);
    }

    @Test
    void the_platform_admin_sees_the_register_and_no_clinic_from_inside() {
        var clinic = onboard(person("alguien"));
        assertThat(admin().get("/api/v1/organizations").status()).isEqualTo(200);
        assertThat(admin().get(path(clinic, "")).status()).isEqualTo(403);
        assertThat(as(person("otra")).get("/api/v1/organizations").code()).isEqualTo("forbidden");
    }

    @Test
    void an_id_token_and_a_service_token_of_another_client_are_refused() {
        var service = new Api(
                server(),
                Map.of(
                        "Authorization",
                        "Bearer " + keycloak.tokens().ofService("recado-backend", keycloak.clientSecret())));
        assertThat(service.get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void settings_change_only_at_the_version_that_was_read_and_quiet_hours_can_be_removed() {
        var owner = person("ajustes");
        var clinic = onboard(owner);
        var first = as(owner).get(path(clinic, ""));
        var changed = as(owner)
                .ifMatch(first.etag())
                .patch(
                        path(clinic, ""),
                        "{\"quietHours\":{\"from\":\"21:00\",\"to\":\"08:00\"},\"declineAction\":\"cancel\"}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.at("/quietHours/from")).isEqualTo("21:00:00");
        assertThat(as(owner).ifMatch(first.etag()).patch(path(clinic, ""), "{}").code())
                .isEqualTo("stale");
        var kept = as(owner).ifMatch(changed.etag()).patch(path(clinic, ""), "{\"name\":\"Otra\"}");
        assertThat(kept.at("/quietHours/to")).isEqualTo("08:00:00");
        var removed = as(owner).ifMatch(kept.etag()).patch(path(clinic, ""), "{\"quietHours\":null}");
        assertThat(removed.json().path("quietHours").isNull()).isTrue();
        assertThat(removed.at("/declineAction")).isEqualTo("cancel");
        assertThat(as(owner).patch(path(clinic, ""), "{}").code()).isEqualTo("if-match-required");
    }
}
