package app.recado.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.KeycloakServer;
import app.recado.devstack.MailCatcher;
import app.recado.testing.Api;
import app.recado.testing.DueJobs;
import app.recado.testing.GatewayVoice;
import app.recado.testing.RealIdentityTest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Owners learn by e-mail that their line is down; with the real identity server and a real mail server. */
@RealIdentityTest
class LineAlarmTest {

    @Autowired
    KeycloakServer keycloak;

    @Autowired
    DueJobs jobs;

    @LocalServerPort
    int port;

    @Test
    void the_owner_is_told_once_for_each_time_the_line_goes_down_and_not_before_it_matters() {
        var email = "duena-" + UUID.randomUUID() + "@oeste.example";
        keycloak.directory().createUser(email, "Ana", "Sosa");
        var clinic = as("admin@recado.example")
                .post(
                        "/api/v1/organizations",
                        Map.of(
                                "name", "Clínica Oeste",
                                "alias", "oeste-" + UUID.randomUUID().toString().substring(0, 8),
                                "country", "AR",
                                "timeZone", "America/Argentina/Buenos_Aires",
                                "locale", "es",
                                "owner", Map.of("email", email, "givenName", "Ana", "familyName", "Sosa")));
        assertThat(clinic.status()).as(clinic.text()).isEqualTo(201);
        var line = as(email)
                .post("/api/v1/organizations/" + clinic.id() + "/whatsapp-lines", Map.of("name", "Recepción"))
                .id();
        // The gateway's news is ordered by its clock, so each that is told here is later than the one before.
        is(clinic.id(), line, Duration.ofSeconds(240), "linked", "none");
        is(clinic.id(), line, Duration.ofSeconds(210), "needs-pairing", "logged-out-on-phone");
        jobs.run();
        jobs.run();
        assertThat(told(email)).hasSize(1);
        var mail = told(email).getFirst();
        assertThat(mail.text()).contains("Recepción").contains("Clínica Oeste").contains("volver a vincular");

        is(clinic.id(), line, Duration.ofSeconds(180), "linked", "none");
        is(clinic.id(), line, Duration.ofSeconds(120), "halted", "banned");
        jobs.run();
        assertThat(told(email)).hasSize(2);

        is(clinic.id(), line, Duration.ofSeconds(60), "linked", "none");
        is(clinic.id(), line, Duration.ZERO, "needs-pairing", "logged-out-on-phone");
        jobs.run();
        assertThat(told(email)).hasSize(2);
    }

    private static List<MailCatcher.Mail> told(String email) {
        return MailCatcher.shared().mailsTo(email).stream()
                .filter(mail -> mail.subject().contains("Línea de WhatsApp caída"))
                .toList();
    }

    private void is(UUID organization, UUID line, Duration ago, String state, String cause) {
        var voice = new GatewayVoice(
                new Api("http://localhost:" + port, Map.of()),
                Clock.offset(Clock.systemUTC(), ago.negated()),
                organization,
                line);
        voice.deliver(voice.lineIs(state, cause));
    }

    private Api as(String user) {
        return new Api("http://localhost:" + port, Map.of("Authorization", "Bearer " + keycloak.token(user)));
    }
}
