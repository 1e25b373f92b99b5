package app.recado.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What clinics are told of work on Recado. */
@RecadoTest
class MaintenanceNoticesTest {

    private static final String PLATFORM = "/api/v1/platform/maintenance-notices";
    private static final Map<String, Object> TEXT = Map.of(
            "es", "Los mensajes salen más tarde.",
            "en", "Messages leave later.",
            "pt", "As mensagens saem mais tarde.");

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void sundayEvening() {
        clock.set(Instant.parse("2026-12-06T01:00:00Z"));
        nothingAnnounced();
    }

    /** Every clinic of other tests would be told, too. */
    @AfterEach
    void nothingAnnounced() {
        jdbc.sql("delete from maintenance_notice").update();
    }

    private static Map<String, Object> between(String begins, String ends) {
        return Map.of("beginsAt", begins, "endsAt", ends, "text", TEXT);
    }

    private static JsonNode told(Clinics.Clinic clinic) {
        return clinic.receptionist().get("/maintenance-notices").json().path("items");
    }

    @Test
    void every_clinic_is_told_in_its_languages_until_it_is_over() {
        var one = clinics.open();
        var other = clinics.open();

        var announced = clinics.platformAdmin().post(PLATFORM, between("2026-12-06T05:00:00Z", "2026-12-06T05:20:00Z"));

        assertThat(announced.status()).as(announced.text()).isEqualTo(201);
        for (var clinic : List.of(one, other)) {
            assertThat(told(clinic).at("/0/beginsAt").asString()).isEqualTo("2026-12-06T05:00:00Z");
            assertThat(told(clinic).at("/0/text/es").asString()).isEqualTo("Los mensajes salen más tarde.");
            assertThat(told(clinic).at("/0/text/pt").asString()).isEqualTo("As mensagens saem mais tarde.");
        }

        clock.set(Instant.parse("2026-12-06T05:19:59Z"));
        assertThat(told(one)).hasSize(1);

        clock.set(Instant.parse("2026-12-06T05:20:00Z"));
        assertThat(told(one)).isEmpty();
    }

    @Test
    void what_comes_soonest_stands_first_and_what_is_withdrawn_nowhere() {
        var clinic = clinics.open();
        clinics.platformAdmin().post(PLATFORM, between("2026-12-08T05:00:00Z", "2026-12-08T06:00:00Z"));
        var sooner = clinics.platformAdmin().post(PLATFORM, between("2026-12-07T05:00:00Z", "2026-12-07T06:00:00Z"));
        assertThat(told(clinic)).hasSize(2);
        assertThat(told(clinic).at("/0/id").asString()).isEqualTo(sooner.at("/id"));

        var path = PLATFORM + "/" + sooner.at("/id");
        assertThat(clinics.platformAdmin().delete(path).status()).isEqualTo(204);

        assertThat(told(clinic)).hasSize(1);
        assertThat(clinics.platformAdmin().delete(path).status()).isEqualTo(404);
    }

    @Test
    void it_ends_after_it_begins_and_is_not_over_already() {
        var backwards = clinics.platformAdmin().post(PLATFORM, between("2026-12-06T06:00:00Z", "2026-12-06T05:00:00Z"));
        var over = clinics.platformAdmin().post(PLATFORM, between("2026-12-05T05:00:00Z", "2026-12-05T06:00:00Z"));

        assertThat(backwards.status()).isEqualTo(422);
        assertThat(backwards.at("/errors/0/pointer")).isEqualTo("/endsAt");
        assertThat(over.at("/errors/0/pointer")).isEqualTo("/endsAt");
    }
}
