package app.recado.organizations;

import static app.recado.testing.LoopClinic.created;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.security.Scope;
import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.DueJobs;
import app.recado.testing.FakeGateway;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Clinics that the platform suspends, on Monday, 16 November 2026. */
@RecadoTest
class SuspensionTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    DueJobs jobs;

    @BeforeEach
    void monday() {
        clock.set(Instant.parse("2026-11-16T12:00:00Z"));
    }

    private Api.Answer suspend(UUID clinic, String reason) {
        return clinics.platformAdmin()
                .post("/api/v1/platform/organizations/" + clinic + "/suspend", Map.of("reason", reason));
    }

    private Api.Answer reactivate(UUID clinic) {
        return clinics.platformAdmin().post("/api/v1/platform/organizations/" + clinic + "/reactivate", null);
    }

    private static Api.Answer done(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private JsonNode me(Clinics.Clinic clinic) {
        var token = TestTokens.member("someone-" + clinic.id(), clinic.id(), Set.of());
        return done(clinics.anonymous().with("Authorization", "Bearer " + token).get("/api/v1/me"))
                .json();
    }

    @Test
    void nobody_works_in_a_suspended_clinic_and_everybody_is_told_why_and_finds_all_as_it_was() {
        var clinic = clinics.open();
        var program = clinics.apiClient(clinic, Set.of(Scope.DIRECTORY_READ));
        created(clinic.owner().post("/practitioners", Map.of("displayName", "Dra. Gómez")));
        assertThat(me(clinic).at("/organizations/0/suspension").isNull()).isTrue();

        var suspended = done(suspend(clinic.id(), "payment"));

        assertThat(suspended.at("/state")).isEqualTo("suspended");
        assertThat(suspended.at("/suspension/since")).isEqualTo("2026-11-16T12:00:00Z");
        for (var caller : List.of(
                clinic.owner(), clinic.practitioner(), clinic.withToken(TestTokens.client(program, clinic.id())))) {
            var refused = caller.get("/practitioners");
            assertThat(refused.status()).as(refused.text()).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("organization-suspended");
        }
        assertThat(me(clinic).at("/organizations/0/suspension/reason").asString())
                .isEqualTo("payment");

        done(reactivate(clinic.id()));
        assertThat(me(clinic).at("/organizations/0/suspension").isNull()).isTrue();
        assertThat(clinic.owner().get("/practitioners").at("/items/0/displayName"))
                .isEqualTo("Dra. Gómez");
        var trail = clinic.owner().get("/audit-entries").text();
        assertThat(trail).contains("organization-suspended").contains("organization-reactivated");
    }

    @Test
    void a_repeated_suspension_keeps_its_first_reason_and_what_is_not_suspended_stays_as_it_is() {
        var clinic = clinics.open();
        assertThat(reactivate(clinic.id()).at("/state")).isEqualTo("active");
        done(suspend(clinic.id(), "misuse"));
        clock.advance(Duration.ofHours(1));

        var again = done(suspend(clinic.id(), "payment"));

        assertThat(again.at("/suspension/reason")).isEqualTo("misuse");
        assertThat(again.at("/suspension/since")).isEqualTo("2026-11-16T12:00:00Z");
        assertThat(suspend(UUID.randomUUID(), "payment").status()).isEqualTo(404);
        assertThat(suspend(clinic.id(), "revenge").status()).isIn(400, 422);
        assertThat(clinics.open().owner().get("/practitioners").status()).isEqualTo(200);
    }

    @Test
    void lines_that_ran_are_stopped_and_started_again_and_what_a_person_stopped_stays_stopped() {
        var clinic = clinics.open();
        var runs = started(clinic, "Recepción");
        var rests = started(clinic, "Guardia");
        assertThat(clinic.owner()
                        .post("/whatsapp-lines/" + rests + "/stop", null)
                        .status())
                .isEqualTo(200);

        done(suspend(clinic.id(), "payment"));
        jobs.run();
        assertThat(FakeGateway.shared().line(runs).state).isEqualTo("stopped");

        clock.advance(Duration.ofDays(3));
        done(reactivate(clinic.id()));
        jobs.run();
        assertThat(FakeGateway.shared().line(runs).state).isEqualTo("starting");
        assertThat(FakeGateway.shared().line(rests).state).isEqualTo("stopped");
    }

    @Test
    void a_line_whose_gateway_is_away_is_stopped_when_it_is_back() {
        var clinic = clinics.open();
        var line = started(clinic, "Recepción");
        FakeGateway.shared().isAwayFor(line);
        done(suspend(clinic.id(), "security"));
        jobs.run();
        FakeGateway.shared().isBackFor(line);
        assertThat(FakeGateway.shared().line(line).state).isEqualTo("starting");

        clock.advance(Duration.ofMinutes(1));
        jobs.run();
        assertThat(FakeGateway.shared().line(line).state).isEqualTo("stopped");
    }

    @Test
    void nothing_leaves_in_the_name_of_a_suspended_clinic() {
        var loop = LoopClinic.open(clinics, clock, worker);
        var started = loop.clinic.owner().post("/whatsapp-lines/" + loop.line + "/start", null);
        assertThat(started.status()).as(started.text()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        loop.hears(loop.voice.lineIs("linked", "none"));
        var visit = loop.books(loop.patient("Ana", "011 15-2345-6789"), "2026-11-20T13:00:00Z");

        done(suspend(loop.clinic.id(), "payment"));
        clock.advance(Duration.ofSeconds(1));
        jobs.run();
        loop.turn();
        assertThat(loop.commands()).isEmpty();

        done(reactivate(loop.clinic.id()));
        jobs.run();
        assertThat(loop.story(visit.id())).contains("confirmation queued");
    }

    /** A line that a person started, and that runs as far as the clinic wants it to. */
    private static UUID started(Clinics.Clinic clinic, String name) {
        var line = created(clinic.owner().post("/whatsapp-lines", Map.of("name", name)));
        var started = clinic.owner().post("/whatsapp-lines/" + line + "/start", null);
        assertThat(started.status()).as(started.text()).isEqualTo(200);
        return line;
    }
}
