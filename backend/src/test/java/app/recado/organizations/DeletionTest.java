package app.recado.organizations;

import static app.recado.testing.LoopClinic.created;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.DueJobs;
import app.recado.testing.FakeGateway;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Clinics that are to be deleted, and stay after all, from Monday, 16 November 2026 on. */
@RecadoTest
class DeletionTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    DueJobs jobs;

    @BeforeEach
    void monday() {
        clock.set(Instant.parse("2026-11-16T12:00:00Z"));
    }

    private static Api.Answer request(Clinics.Clinic clinic) {
        return clinic.owner().post("/deletion/request", Map.of("name", "Clínica " + clinic.id()));
    }

    private Api.Answer platform(Clinics.Clinic clinic, String action, Map<String, String> body) {
        return clinics.platformAdmin()
                .post("/api/v1/platform/organizations/" + clinic.id() + "/deletion/" + action, body);
    }

    private static Api.Answer done(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    @Test
    void a_clinic_that_is_to_be_deleted_stands_still_for_thirty_days_and_its_owner_takes_that_back() {
        var clinic = clinics.open();
        var line = created(clinic.owner().post("/whatsapp-lines", Map.of("name", "Recepción")));
        done(clinic.owner().post("/whatsapp-lines/" + line + "/start", null));

        var asked = done(request(clinic));

        assertThat(asked.at("/dueAt")).isEqualTo("2026-12-16T12:00:00Z");
        assertThat(asked.at("/requestedAs")).isEqualTo("owner");
        assertThat(clinic.owner().get("/practitioners").code()).isEqualTo("organization-suspended");
        jobs.run();
        assertThat(FakeGateway.shared().line(line).state).isEqualTo("stopped");
        var token = TestTokens.member("someone-" + clinic.id(), clinic.id(), Set.of());
        var me = clinics.anonymous().with("Authorization", "Bearer " + token).get("/api/v1/me");
        assertThat(me.at("/organizations/0/suspension/reason")).isEqualTo("deletion");
        assertThat(me.at("/organizations/0/suspension/deletionDueAt")).isEqualTo("2026-12-16T12:00:00Z");

        clock.advance(Duration.ofDays(29));
        jobs.run();
        assertThat(done(clinic.owner().get("/deletion")).json().path("begun").asBoolean(true))
                .isFalse();
        done(clinic.owner().post("/deletion/withdraw", null));
        jobs.run();

        assertThat(FakeGateway.shared().line(line).state).isEqualTo("starting");
        assertThat(done(clinic.owner().get("/deletion")).json().path("dueAt").isNull())
                .isTrue();
        assertThat(clinic.owner().get("/audit-entries").text())
                .contains("organization-deletion-requested", "organization-deletion-withdrawn");
        clock.advance(Duration.ofDays(30));
        jobs.run();
        assertThat(clinic.owner().get("/practitioners").status()).isEqualTo(200);
    }

    @Test
    void it_is_asked_for_by_the_name_and_refused_while_records_are_held() {
        var clinic = clinics.open();
        var wrong = clinic.owner().post("/deletion/request", Map.of("name", "Clínica"));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.at("/errors/0/pointer")).isEqualTo("/name");
        assertThat(wrong.at("/errors/0/code")).isEqualTo("other-name");

        done(clinic.owner().post("/legal-hold/begin", null));
        assertThat(request(clinic).code()).isEqualTo("legal-hold");
        assertThat(platform(clinic, "request", Map.of("name", "Clínica " + clinic.id()))
                        .code())
                .isEqualTo("legal-hold");
        assertThat(clinic.owner().get("/practitioners").status()).isEqualTo(200);

        done(clinic.owner().post("/legal-hold/end", null));
        done(request(clinic));
    }

    @Test
    void the_platform_asks_for_it_and_takes_it_back_and_what_was_suspended_for_another_reason_stays_so() {
        var clinic = clinics.open();
        var path = "/api/v1/platform/organizations/" + clinic.id();
        done(clinics.platformAdmin().post(path + "/suspend", Map.of("reason", "payment")));

        var asked = done(platform(clinic, "request", Map.of("name", "Clínica " + clinic.id())));

        assertThat(asked.at("/requestedAs")).isEqualTo("platform");
        clock.advance(Duration.ofDays(1));
        assertThat(done(platform(clinic, "request", Map.of("name", "Clínica " + clinic.id())))
                        .at("/dueAt"))
                .isEqualTo("2026-12-16T12:00:00Z");
        assertThat(clinics.platformAdmin().post(path + "/reactivate", null).code())
                .isEqualTo("organization-not-in-that-state");
        done(platform(clinic, "withdraw", Map.of()));
        assertThat(clinic.owner().get("/practitioners").code()).isEqualTo("organization-suspended");
        done(clinics.platformAdmin().post(path + "/reactivate", null));
        assertThat(clinic.owner().get("/practitioners").status()).isEqualTo(200);
        assertThat(clinics.platformAdmin()
                        .get("/api/v1/platform/organizations/" + UUID.randomUUID() + "/deletion")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void nobody_but_owners_and_the_platform_has_a_clinic_deleted() {
        var clinic = clinics.open();
        assertThat(clinic.receptionist()
                        .post("/deletion/request", Map.of("name", "Clínica " + clinic.id()))
                        .code())
                .isEqualTo("forbidden");
        assertThat(clinics.open()
                        .withToken(TestTokens.member("x", UUID.randomUUID(), Set.of()))
                        .get("/deletion")
                        .code())
                .isEqualTo("not-member");
        done(request(clinic));
        assertThat(clinic.receptionist().post("/deletion/withdraw", null).code())
                .isEqualTo("forbidden");
        assertThat(clinics.platformAdmin()
                        .post(
                                "/api/v1/platform/organizations/" + clinic.id() + "/suspend",
                                Map.of("reason", "deletion"))
                        .status())
                .isEqualTo(422);
    }
}
