package app.recado.setup;

import static app.recado.testing.LoopClinic.created;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.testing.Clinics;
import app.recado.testing.FakeGateway;
import app.recado.testing.GatewayVoice;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A clinic that was just onboarded, on Monday, 16 November 2026. */
@RecadoTest
class SetupTest {

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

    private static JsonNode setupOf(Clinics.Clinic clinic) {
        var answer = clinic.owner().get("/setup");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> openSteps(Clinics.Clinic clinic) {
        return setupOf(clinic)
                .path("steps")
                .valueStream()
                .filter(step -> !step.path("done").asBoolean())
                .map(step -> step.path("kind").asString())
                .toList();
    }

    @Test
    void each_step_is_done_by_what_it_is_about_and_the_last_by_a_message_that_left() {
        var clinic = clinics.open();
        var owner = clinic.owner();
        assertThat(openSteps(clinic))
                .containsExactly("location", "practitioners", "services", "hours", "line", "first-message");

        created(owner.post("/locations", Map.of("name", "Sede Centro", "address", "Av. Colón 350")));
        assertThat(openSteps(clinic)).doesNotContain("location");
        created(owner.post("/practitioners", Map.of("displayName", "Dra. Gómez")));
        assertThat(openSteps(clinic)).doesNotContain("practitioners");
        created(owner.post("/healthcare-services", Map.of("name", "Control", "durationMinutes", 30)));
        assertThat(openSteps(clinic)).doesNotContain("services");
        created(owner.post(
                "/schedules",
                Map.of(
                        "validFrom",
                        "2026-11-16",
                        "hours",
                        List.of(Map.of("day", "mon", "from", "09:00", "until", "13:00")))));
        assertThat(openSteps(clinic)).containsExactly("line", "first-message");

        var line = created(owner.post("/whatsapp-lines", Map.of("name", "Recepción")));
        assertThat(openSteps(clinic)).containsExactly("line", "first-message");
        FakeGateway.shared().line(line).state = "linked";
        var voice = new GatewayVoice(clinics.anonymous(), clock, clinic.id(), line);
        assertThat(voice.deliver(voice.lineIs("linked", "none")).status()).isEqualTo(204);
        assertThat(openSteps(clinic)).containsExactly("first-message");
        assertThat(setupOf(clinic).path("complete").asBoolean()).isFalse();

        var loop = LoopClinic.on(clinic, line, clinics, clock, worker);
        assertThat(loop.books(loop.patient("Ana", "011 15-2345-6789"), "2026-11-30T13:00:00Z")
                        .id())
                .isNotNull();
        assertThat(openSteps(clinic)).containsExactly("first-message");
        loop.everythingIsSent();

        assertThat(openSteps(clinic)).isEmpty();
        assertThat(setupOf(clinic).path("complete").asBoolean()).isTrue();
    }

    @Test
    void what_nobody_offers_any_more_is_lacking_again() {
        var clinic = clinics.open();
        var service = clinic.owner().post("/healthcare-services", Map.of("name", "Control", "durationMinutes", 30));
        assertThat(openSteps(clinic)).doesNotContain("services");

        var retired = clinic.owner()
                .ifMatch(service.etag())
                .put(
                        "/healthcare-services/" + created(service),
                        Map.of(
                                "name",
                                "Control",
                                "durationMinutes",
                                30,
                                "bufferBeforeMinutes",
                                0,
                                "bufferAfterMinutes",
                                0,
                                "practitionerIds",
                                List.of(),
                                "active",
                                false));
        assertThat(retired.status()).as(retired.text()).isEqualTo(200);
        assertThat(openSteps(clinic)).contains("services");
    }

    @Test
    void a_clinic_is_told_of_its_own_records_alone() {
        var furnished = LoopClinic.open(clinics, clock, worker);
        var bare = clinics.open();
        assertThat(openSteps(furnished.clinic)).doesNotContain("practitioners", "services", "line");
        assertThat(openSteps(bare)).contains("practitioners", "services", "line");
    }
}
