package app.recado.organizations;

import static app.recado.testing.LoopClinic.created;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What plans of clinics in Buenos Aires (UTC-3) include, on Monday, 16 November 2026 at nine in the morning. */
@RecadoTest
class PlanLimitsTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @BeforeEach
    void monday() {
        clock.set(Instant.parse("2026-11-16T12:00:00Z"));
    }

    private Api.Answer plan(UUID clinic, String limit, @Nullable Integer most) {
        var body = new HashMap<String, @Nullable Object>();
        body.put("plan", "Inicial");
        body.put(limit, most);
        var answer = clinics.platformAdmin().put("/api/v1/platform/organizations/" + clinic + "/plan", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private static Api.Answer usage(Clinics.Clinic clinic) {
        var answer = clinic.owner().get("/usage");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    @Test
    void a_clinic_gets_as_many_lines_as_its_plan_includes_and_keeps_those_it_has_when_it_shrinks() {
        var clinic = clinics.open();
        assertThat(usage(clinic).json().path("plan").isNull()).isTrue();
        plan(clinic.id(), "lines", 1);
        created(clinic.owner().post("/whatsapp-lines", Map.of("name", "Recepción")));

        var refused = clinic.owner().post("/whatsapp-lines", Map.of("name", "Guardia"));

        assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("limit-reached");
        assertThat(refused.at("/limit")).isEqualTo("lines");
        assertThat(usage(clinic).at("/plan")).isEqualTo("Inicial");
        assertThat(usage(clinic).at("/items/0/used")).isEqualTo("1");
        assertThat(usage(clinic).at("/items/0/most")).isEqualTo("1");

        plan(clinic.id(), "lines", 0);
        assertThat(clinic.owner().get("/whatsapp-lines").json().path("items")).hasSize(1);
        plan(clinic.id(), "lines", null);
        created(clinic.owner().post("/whatsapp-lines", Map.of("name", "Guardia")));
        assertThat(clinics.open()
                        .owner()
                        .post("/whatsapp-lines", Map.of("name", "Otra"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void beyond_the_messages_of_a_day_what_leaves_by_itself_waits_for_the_next_one() {
        var loop = LoopClinic.open(clinics, clock, worker);
        plan(loop.clinic.id(), "messagesPerDay", 1);
        var first = loop.books(loop.patient("Ana", "011 15-2345-6789"), "2026-11-30T13:00:00Z");
        loop.everythingIsSent();
        clock.set(Instant.parse("2026-11-16T12:05:00Z"));
        var second = loop.books(loop.patient("Luz", "011 15-2345-6790"), "2026-11-30T14:00:00Z");
        loop.everythingIsSent();

        assertThat(loop.message(first.id(), "confirmation").path("state").asString())
                .isEqualTo("sent");
        assertThat(loop.message(second.id(), "confirmation").path("state").asString())
                .isEqualTo("queued");
        assertThat(loop.message(second.id(), "confirmation").path("reason").asString())
                .isEqualTo("daily-limit");
        assertThat(usage(loop.clinic).at("/items/1/used")).isEqualTo("1");

        clock.set(Instant.parse("2026-11-17T02:59:00Z"));
        loop.everythingIsSent();
        assertThat(loop.commands()).hasSize(1);
        clock.set(Instant.parse("2026-11-17T03:01:00Z"));
        loop.everythingIsSent();
        assertThat(loop.message(second.id(), "confirmation").path("state").asString())
                .isEqualTo("sent");
        assertThat(usage(loop.clinic).at("/items/1/used")).isEqualTo("1");
    }

    @Test
    void what_a_person_writes_leaves_beyond_the_limit_and_counts() {
        var loop = LoopClinic.open(clinics, clock, worker);
        plan(loop.clinic.id(), "messagesPerDay", 0);
        var patient = loop.patient("Ana", "011 15-2345-6789");
        var written = loop.clinic
                .receptionist()
                .post(
                        "/messages",
                        Map.of("patientId", patient, "content", Map.of("kind", "text", "text", "Traiga los estudios")));
        assertThat(written.status()).as(written.text()).isEqualTo(201);
        loop.everythingIsSent();

        assertThat(loop.commands()).hasSize(1);
        assertThat(usage(loop.clinic).at("/items/1/used")).isEqualTo("1");
    }

    @Test
    void files_are_taken_until_they_fill_what_the_plan_includes() {
        var clinic = clinics.open();
        var patient = created(clinic.owner().post("/patients", Map.of("givenName", "Ana", "familyName", "Núñez")));
        plan(clinic.id(), "storageMegabytes", 0);

        var refused = clinic.owner()
                .with("Content-Type", "application/octet-stream")
                .post("/patients/" + patient + "/files", "%PDF-1.4");

        assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        assertThat(refused.at("/limit")).isEqualTo("storage-megabytes");
    }

    @Test
    void only_the_platform_gives_plans_and_it_sees_numbers_alone() {
        var clinic = clinics.open();
        var seen = clinics.platformAdmin().get("/api/v1/platform/organizations/" + clinic.id() + "/usage");
        assertThat(seen.status()).as(seen.text()).isEqualTo(200);
        assertThat(seen.json().path("items")).hasSize(4);
        assertThat(clinics.platformAdmin()
                        .get("/api/v1/platform/organizations/" + UUID.randomUUID() + "/usage")
                        .status())
                .isEqualTo(404);
    }
}
