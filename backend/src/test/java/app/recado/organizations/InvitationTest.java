package app.recado.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.MailCatcher;
import app.recado.testing.Api;
import app.recado.testing.DueJobs;
import app.recado.testing.RealIdentityTest;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Inviting people with the real identity server: what an owner learns by it, and what begins when somebody accepts. */
@RealIdentityTest
class InvitationTest extends RealPeople {

    @Autowired
    DueJobs jobs;

    private final String owner = "duena-" + UUID.randomUUID() + "@recado-test.example";

    @Test
    void inviting_answers_the_same_for_an_account_for_nobody_and_for_the_platforms_people() {
        var clinic = clinic();
        var known = as(owner).post(path(clinic, "/invitations"), invitation(person("marta"), "receptionist"));
        var nobody = as(owner).post(path(clinic, "/invitations"), invitation(newcomer(), "receptionist"));
        var admin = as(owner).post(path(clinic, "/invitations"), invitation("admin@recado.example", "receptionist"));
        jobs.run();

        assertThat(known.status()).isEqualTo(201);
        assertThat(told(nobody)).isEqualTo(told(known));
        assertThat(told(admin)).isEqualTo(told(known));
        var list = as(owner).get(path(clinic, "/invitations")).json().path("items");
        assertThat(list)
                .hasSize(3)
                .allSatisfy(item -> assertThat(item.path("sentAt").isString()).isTrue());
    }

    @Test
    void whoever_is_invited_is_a_member_when_they_accept_and_not_before() {
        var clinic = clinic();
        var marta = person("marta");
        var invited = as(owner).post(path(clinic, "/invitations"), invitation(marta, "receptionist"));
        assertThat(as(owner).get(path(clinic, "/members")).json().path("items")).hasSize(1);
        assertThat(as(marta).get(path(clinic, "")).code()).isEqualTo("not-member");

        var mine = as(marta).get(mine(clinic, invited.id()));
        assertThat(mine.at("/organizationName")).startsWith("Clínica");
        assertThat(mine.at("/invitedBy")).isEqualTo("Dueña Prueba");
        assertThat(mine.at("/roles/0")).isEqualTo("receptionist");
        assertThat(as(marta).post(mine(clinic, invited.id()) + "/accept", null).status())
                .isEqualTo(204);

        assertThat(as(marta).get(path(clinic, "")).status()).isEqualTo(200);
        assertThat(as(owner).get(path(clinic, "/members")).text()).contains("marta Prueba");
        assertThat(as(owner).get(path(clinic, "/invitations")).json().path("items"))
                .isEmpty();
    }

    @Test
    void an_invitation_is_nothing_to_anybody_else_nor_once_it_is_revoked_or_declined() {
        var clinic = clinic();
        var marta = person("marta");
        var revoked = as(owner)
                .post(path(clinic, "/invitations"), invitation(marta, "receptionist"))
                .id();
        assertThat(as(person("otra")).get(mine(clinic, revoked)).code()).isEqualTo("not-found");
        assertThat(as(person("otra"))
                        .post(mine(clinic, revoked) + "/accept", null)
                        .code())
                .isEqualTo("not-found");
        assertThat(as(owner).delete(path(clinic, "/invitations/" + revoked)).status())
                .isEqualTo(204);
        assertThat(as(marta).post(mine(clinic, revoked) + "/accept", null).code())
                .isEqualTo("not-found");

        var declined = as(owner)
                .post(path(clinic, "/invitations"), invitation(marta, "receptionist"))
                .id();
        assertThat(as(marta).post(mine(clinic, declined) + "/decline", null).status())
                .isEqualTo(204);
        assertThat(as(marta).post(mine(clinic, declined) + "/accept", null).code())
                .isEqualTo("not-found");
        assertThat(as(marta).get(path(clinic, "")).code()).isEqualTo("not-member");
    }

    @Test
    void nobody_joins_a_clinic_that_is_suspended_or_whose_plan_has_no_room() {
        var clinic = clinic();
        var marta = person("marta");
        var invited = as(owner).post(path(clinic, "/invitations"), invitation(marta, "receptionist"));
        var platform = "/api/v1/platform/organizations/" + clinic;
        assertThat(admin().post(platform + "/suspend", Map.of("reason", "request"))
                        .status())
                .isEqualTo(200);
        assertThat(as(marta).post(mine(clinic, invited.id()) + "/accept", null).code())
                .isEqualTo("organization-suspended");
        assertThat(admin().post(platform + "/reactivate", null).status()).isEqualTo(200);

        assertThat(admin().put(platform + "/plan", Map.of("plan", "Inicial", "members", 1))
                        .status())
                .isEqualTo(200);
        assertThat(as(marta).post(mine(clinic, invited.id()) + "/accept", null).code())
                .isEqualTo("limit-reached");
        var larger = admin().put(platform + "/plan", Map.of("plan", "Clínica", "members", 2));
        assertThat(larger.at("/items/2/used")).isEqualTo("1");
        assertThat(as(marta).post(mine(clinic, invited.id()) + "/accept", null).status())
                .isEqualTo(204);
    }

    @Test
    void an_account_of_the_platform_cannot_accept() {
        var clinic = clinic();
        var invited = as(owner).post(path(clinic, "/invitations"), invitation("admin@recado.example", "receptionist"));
        assertThat(admin().post(mine(clinic, invited.id()) + "/accept", null).code())
                .isEqualTo("account-protected");
        assertThat(as(owner).get(path(clinic, "/members")).text()).doesNotContain("admin@recado.example");
    }

    @Test
    void the_mail_names_clinic_and_inviter_in_the_language_asked_for_and_can_be_sent_again() {
        var clinic = clinic();
        var marta = person("marta");
        var body = new HashMap<>(invitation(marta, "receptionist"));
        body.put("language", "pt-BR");
        var invited = as(owner).post(path(clinic, "/invitations"), body).id();
        jobs.run();
        assertThat(MailCatcher.shared().mailsTo(marta)).hasSize(1).allSatisfy(mail -> {
            assertThat(mail.subject()).startsWith("Dueña Prueba convida você para Clínica");
            assertThat(mail.text()).contains("recepção");
        });

        assertThat(as(owner)
                        .post(path(clinic, "/invitations/" + invited + "/resend"), null)
                        .status())
                .isEqualTo(200);
        jobs.run();
        assertThat(MailCatcher.shared().mailsTo(marta)).hasSize(2);
    }

    @Test
    void
            somebody_without_an_account_gets_one_that_belongs_to_no_clinic_and_one_mail_that_lets_them_choose_a_password() {
        var clinic = clinic();
        var email = newcomer();
        var body = new HashMap<>(invitation(email, "receptionist"));
        body.put("language", "pt-BR");
        as(owner).post(path(clinic, "/invitations"), body);
        jobs.run();

        assertThat(MailCatcher.shared().mailsTo(email)).hasSize(1).allSatisfy(mail -> {
            assertThat(mail.subject()).isEqualTo("Seu convite para o Recado");
            assertThat(mail.text())
                    .startsWith("Dueña Prueba convida você para trabalhar em Clínica")
                    .contains("(recepção)", "O convite vale até", "Criar minha senha:", "action-token?key=", "7 dias");
        });
        assertThat(keycloak.directory().findUser(email)).isNotNull();
        assertThat(keycloak.directory().members(clinic)).hasSize(1);
    }

    private UUID clinic() {
        keycloak.directory().createUser(owner, "Dueña", "Prueba");
        return onboard(owner);
    }

    private static String newcomer() {
        return "nueva-" + UUID.randomUUID() + "@recado-test.example";
    }

    /** What an answer tells apart from what names this one invitation. */
    private static JsonNode told(Api.Answer answer) {
        var told = (ObjectNode) answer.json().deepCopy();
        return told.remove(java.util.List.of("id", "email", "createdAt", "expiresAt"));
    }
}
