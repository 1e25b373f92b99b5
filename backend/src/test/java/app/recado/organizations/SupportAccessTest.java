package app.recado.organizations;

import static app.recado.testing.LoopClinic.created;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Owners who let the platform's support look into their clinics, on Monday, 16 November 2026. */
@RecadoTest
class SupportAccessTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @BeforeEach
    void monday() {
        clock.set(Instant.parse("2026-11-16T12:00:00Z"));
    }

    private static void grant(Clinics.Clinic clinic, int hours) {
        var granted = clinic.owner().post("/support-access/grant", Map.of("hours", hours));
        assertThat(granted.status()).as(granted.text()).isEqualTo(200);
    }

    private static Api support(Clinics.Clinic clinic) {
        return clinic.withToken(TestTokens.platformAdmin());
    }

    @Test
    void support_reads_without_ways_to_reach_patients_while_an_owner_lets_it_and_not_a_moment_longer() {
        var clinic = clinics.open();
        var patient = created(clinic.owner()
                .post("/patients", Map.of("givenName", "Ana", "familyName", "Núñez", "phone", "011 15-2345-6789")));
        assertThat(support(clinic).get("/patients/" + patient).code()).isEqualTo("not-member");

        grant(clinic, 4);

        var seen = support(clinic).get("/patients/" + patient);
        assertThat(seen.status()).as(seen.text()).isEqualTo(200);
        assertThat(seen.at("/familyName")).isEqualTo("Núñez");
        assertThat(seen.json().path("phone").isNull()).isTrue();
        assertThat(support(clinics.open()).get("/practitioners").code()).isEqualTo("not-member");
        clock.advance(Duration.ofHours(4));
        assertThat(support(clinic).get("/patients/" + patient).code()).isEqualTo("not-member");
    }

    @Test
    void support_changes_nothing_and_sees_nothing_that_programs_may_not_read() {
        var clinic = clinics.open();
        grant(clinic, 1);
        var closed = List.of(
                support(clinic).post("/practitioners", Map.of("displayName", "Dr. Otro")),
                support(clinic).post("/patients", Map.of("givenName", "Ana", "familyName", "Núñez")),
                support(clinic).get("/members"),
                support(clinic).get("/audit-entries"),
                support(clinic).get("/conversations"),
                support(clinic).post("/support-access/grant", Map.of("hours", 72)));

        assertThat(closed).extracting(Api.Answer::code).containsOnly("not-member");
    }

    @Test
    void an_owner_ends_it_at_once_and_finds_in_the_trail_who_looked() {
        var clinic = clinics.open();
        grant(clinic, 72);
        assertThat(support(clinic).get("/practitioners").status()).isEqualTo(200);
        assertThat(support(clinic).get("/practitioners").status()).isEqualTo(200);
        assertThat(clinic.owner().get("/support-access").at("/lastUsedAt")).isEqualTo("2026-11-16T12:00:00Z");

        var ended = clinic.owner().post("/support-access/revoke", null);

        assertThat(ended.json().path("until").isNull()).isTrue();
        assertThat(support(clinic).get("/practitioners").code()).isEqualTo("not-member");
        var trail = clinic.owner().get("/audit-entries").text();
        assertThat(trail).contains("support-access-granted", "support-access-revoked");
        assertThat(trail.split("\"support-access-used\"", -1)).hasSize(2);
    }

    @Test
    void everybody_in_the_clinic_sees_that_support_may_look_and_support_finds_the_clinic() {
        var clinic = clinics.open();
        grant(clinic, 4);
        var me = clinics.anonymous()
                .with("Authorization", "Bearer " + TestTokens.member("someone-" + clinic.id(), clinic.id(), List.of()))
                .get("/api/v1/me");
        assertThat(me.at("/organizations/0/supportUntil")).isEqualTo("2026-11-16T16:00:00Z");

        var admin = clinics.platformAdmin().get("/api/v1/me").json().path("organizations");
        assertThat(admin.valueStream()
                        .filter(one ->
                                one.path("id").asString().equals(clinic.id().toString())))
                .singleElement()
                .satisfies(one -> assertThat(one.path("roles")).isEmpty());
    }

    @Test
    void a_grant_has_a_length() {
        var clinic = clinics.open();
        assertThat(clinic.owner()
                        .post("/support-access/grant", Map.of("hours", 73))
                        .status())
                .isEqualTo(422);
        assertThat(clinic.receptionist()
                        .post("/support-access/grant", Map.of("hours", 1))
                        .code())
                .isEqualTo("forbidden");
    }
}
