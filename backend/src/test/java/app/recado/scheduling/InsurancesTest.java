package app.recado.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Who pays for visits. */
@RecadoTest
class InsurancesTest {

    private static final String TIME = "2026-11-25T12:00:00Z";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    private Front front() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
        return Front.of(clinics.open());
    }

    private static Answer accepted(Front front, String name, List<UUID> practitioners, List<UUID> services) {
        var answer = front.clinic()
                .owner()
                .post(
                        "/insurances",
                        Map.of("name", name, "practitionerIds", practitioners, "healthcareServiceIds", services));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    private static Answer books(Front front, @Nullable UUID insurance) {
        var body = front.visitAt(TIME);
        body.put("insuranceId", insurance);
        return front.desk().post("/appointments", body);
    }

    private static Answer pays(Front front, Answer visit, @Nullable UUID insurance) {
        var body = new HashMap<String, @Nullable Object>();
        body.put("insuranceId", insurance);
        return front.desk().ifMatch(visit.etag()).put("/appointments/%s/insurance".formatted(visit.id()), body);
    }

    @Test
    void a_visit_names_who_pays_and_that_can_be_changed_and_taken_back() {
        var front = front();
        var osde = accepted(front, "OSDE 210", List.of(), List.of());
        var visit = books(front, osde.id());
        assertThat(visit.at("/insurance/name")).isEqualTo("OSDE 210");
        var own = pays(front, visit, null);
        assertThat(own.json().at("/insurance").isNull()).isTrue();
        assertThat(own.at("/start")).isEqualTo(TIME);
        assertThat(pays(front, visit, osde.id()).code()).isEqualTo("stale");
        assertThat(front.read(pays(front, own, osde.id())).at("/insurance/id"))
                .isEqualTo(osde.id().toString());
    }

    @Test
    void an_insurance_is_taken_only_by_who_accepts_it_and_for_what_it_is_accepted() {
        var front = front();
        var others = accepted(front, "Galeno", List.of(front.anotherPractitioner()), List.of());
        var refused = books(front, others.id());
        assertThat(refused.at("/errors/0/pointer")).isEqualTo("/insuranceId");
        assertThat(refused.at("/errors/0/code")).isEqualTo("not-accepted");
        var both = accepted(front, "PAMI", List.of(front.practitioner()), List.of(front.service()));
        assertThat(books(front, both.id()).status()).isEqualTo(201);
        var unknown = front.clinic()
                .owner()
                .post("/insurances", Map.of("name", "X", "healthcareServiceIds", List.of(UUID.randomUUID())));
        assertThat(unknown.at("/errors/0/pointer")).isEqualTo("/healthcareServiceIds/0");
    }

    @Test
    void a_retired_insurance_stays_on_its_visits_and_is_offered_no_more() {
        var front = front();
        var osde = accepted(front, "OSDE 210", List.of(), List.of());
        var visit = books(front, osde.id());
        var body = Map.of(
                "name", "OSDE 210", "practitionerIds", List.of(), "healthcareServiceIds", List.of(), "active", false);
        var retired = front.clinic().owner().ifMatch(osde.etag()).put("/insurances/" + osde.id(), body);
        assertThat(retired.json().at("/active").asBoolean()).isFalse();
        assertThat(front.read(visit).at("/insurance/name")).isEqualTo("OSDE 210");
        assertThat(pays(front, visit, osde.id()).at("/errors/0/code")).isEqualTo("unknown-value");
    }
}
