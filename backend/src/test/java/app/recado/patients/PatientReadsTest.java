package app.recado.patients;

import static app.recado.patients.PatientRegisterTest.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.recado.devstack.PostgresServer;
import app.recado.kernel.retention.Retention;
import app.recado.kernel.security.Allow;
import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.TestTokens;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

/** Who looked at whom, and that nobody can hide it. */
@RecadoTest
class PatientReadsTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    Retention retention;

    @Autowired
    PostgresServer.Database database;

    @Autowired
    JdbcClient jdbc;

    @Nullable LoopClinic opened;

    @BeforeEach
    void open() {
        clock.set(Instant.parse("2026-11-24T12:05:00Z"));
        opened = LoopClinic.open(clinics, clock, worker);
    }

    private LoopClinic loop() {
        return Objects.requireNonNull(opened);
    }

    private Api somebody(String subject) {
        return loop().clinic.withToken(TestTokens.member(subject, loop().clinic.id(), List.of(Allow.RECEPTIONIST)));
    }

    /** Each read as "who part whom". */
    private List<String> reads(String query) {
        var answer = loop().clinic.owner().get("/patient-reads" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json()
                .at("/items")
                .valueStream()
                .map(read -> "%s %s %s"
                        .formatted(
                                read.at("/reader/subject").asString(),
                                read.at("/part").asString(),
                                read.at("/patient/displayName").asString("nobody")))
                .toList();
    }

    @Test
    void an_owner_reads_who_looked_at_which_part_of_a_patient_and_when() {
        var ana = loop().patient("Ana", "011 15-2345-6789");
        var visit = loop().books(ana, "2026-12-01T13:00:00Z");
        loop().everythingIsSent();
        var message = loop().messages(visit.id()).getFirst().path("id").asString();
        var eva = somebody("eva");
        eva.get("/patients/" + ana);
        clock.advance(Duration.ofSeconds(1));
        eva.get("/patients/%s/appointments".formatted(ana));
        clock.advance(Duration.ofSeconds(1));
        eva.get("/messages/" + message);
        clock.advance(Duration.ofSeconds(1));
        eva.post("/patients/search", Map.of("text", "núñez"));

        assertThat(reads("?reader=eva"))
                .containsExactly(
                        "eva search-results Ana Núñez",
                        "eva messages Ana Núñez",
                        "eva visits Ana Núñez",
                        "eva record Ana Núñez");
        var first = loop().clinic.owner().get("/patient-reads?reader=eva&limit=1");
        assertThat(first.at("/items/0/at")).isEqualTo("2026-11-24T12:05:03Z");
        assertThat(first.at("/items/0/reader/name")).isEqualTo("Test eva");

        var leo = somebody("leo");
        leo.get("/appointments/" + visit.id());
        leo.get("/appointments/%s/timeline".formatted(visit.id()));
        assertThat(reads("?reader=leo")).containsExactlyInAnyOrder("leo visits Ana Núñez", "leo messages Ana Núñez");
    }

    @Test
    void looking_again_within_a_quarter_of_an_hour_is_the_same_look() {
        var ana = loop().patient("Ana", null);
        var eva = somebody("eva");
        eva.get("/patients/" + ana);
        clock.advance(Duration.ofMinutes(9));
        eva.get("/patients/" + ana);
        assertThat(reads("?patientId=" + ana)).hasSize(1);
        // 12:15.
        clock.advance(Duration.ofMinutes(1));
        eva.get("/patients/" + ana);
        assertThat(reads("?patientId=" + ana)).hasSize(2);
    }

    @Test
    void a_search_that_finds_many_is_a_look_at_the_register_and_so_is_its_file() {
        for (int i = 0; i < 21; i++) {
            loop().clinic.receptionist().post("/patients", named("Ana", "Sosa", null));
        }
        var found = somebody("eva").post("/patients/search", Map.of("text", "sosa"));
        assertThat(found.json().at("/items").size()).isEqualTo(21);
        assertThat(reads("?reader=eva")).containsExactly("eva register nobody");
        loop().clinic.owner().get("/patients/export");
        assertThat(reads("").getFirst()).endsWith("register-export nobody");
    }

    @Test
    void the_list_is_read_page_by_page_and_narrowed_by_person_patient_and_days() {
        var ana = loop().patient("Ana", null);
        var ida = loop().patient("Ida", null);
        for (var who : List.of("eva", "leo")) {
            for (var whom : List.of(ana, ida)) {
                somebody(who).get("/patients/" + whom);
            }
        }
        // Half past midnight of the next day, where the clinic is.
        clock.set(Instant.parse("2026-11-25T03:30:00Z"));
        somebody("leo").get("/patients/" + ida);

        assertThat(reads("")).hasSize(5);
        assertThat(reads("?reader=leo&patientId=" + ana)).containsExactly("leo record Ana Núñez");
        assertThat(reads("?from=2026-11-25")).containsExactly("leo record Ida Núñez");
        assertThat(reads("?from=2026-11-24&to=2026-11-25")).hasSize(4);
        var paged = new ArrayList<String>();
        @Nullable String cursor = null;
        do {
            var page =
                    loop().clinic.owner().get("/patient-reads?limit=2" + (cursor == null ? "" : "&cursor=" + cursor));
            page.json().at("/items").valueStream().forEach(read -> paged.add(read.toString()));
            cursor = page.json().at("/nextCursor").isNull() ? null : page.at("/nextCursor");
        } while (cursor != null);
        assertThat(paged).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void only_owners_of_the_clinic_see_it() {
        var ana = loop().patient("Ana", null);
        somebody("eva").get("/patients/" + ana);
        assertThat(loop().clinic.receptionist().get("/patient-reads").code()).isEqualTo("forbidden");
        var other = clinics.open().owner().get("/patient-reads?patientId=" + ana);
        assertThat(other.json().at("/items").isEmpty()).isTrue();
    }

    @Test
    void looks_at_a_card_that_was_merged_stand_with_whom_it_became() {
        var desk = loop().clinic.receptionist();
        var ana = desk.post("/patients", named("Ana", "Núñez", null));
        var twin = desk.post("/patients", named("Anita", "Núñez", null));
        somebody("eva").get("/patients/" + twin.id());
        var merged = desk.ifMatch(ana.etag())
                .post("/patients/%s/merge".formatted(ana.id()), Map.of("patientId", twin.id(), "version", 0));
        assertThat(merged.status()).as(merged.text()).isEqualTo(200);
        assertThat(reads("?reader=eva&patientId=" + ana.id())).containsExactly("eva record Anita Núñez");
    }

    @Test
    void what_was_written_is_neither_changed_nor_deleted_before_its_time() throws SQLException {
        var now = Instant.now();
        clock.set(now);
        var ana = loop().patient("Ana", null);
        somebody("eva").get("/patients/" + ana);
        try (var app = database.connect("app");
                var statement = app.createStatement()) {
            app.setAutoCommit(false);
            statement.execute("select set_config('app.organization_id', '%s', true)"
                    .formatted(loop().clinic.id()));
            var patient = " where patient_id = '%s'".formatted(ana);
            assertThat(statement.executeUpdate("delete from patient_read" + patient))
                    .isZero();
            assertThatThrownBy(() -> statement.executeUpdate("update patient_read set reader = 'leo'" + patient))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        }
        clock.set(Instant.parse("2026-11-24T12:05:00Z"));
    }

    @Test
    void it_goes_after_two_years_unless_the_clinic_is_under_a_legal_hold() {
        clock.set(Instant.parse("2020-03-02T12:00:00Z"));
        var ana = loop().patient("Ana", null);
        somebody("eva").get("/patients/" + ana);
        clock.set(Instant.parse("2022-03-01T12:00:00Z"));
        retention.deleteOld();
        assertThat(reads("?reader=eva")).hasSize(1);
        clock.set(Instant.parse("2022-03-03T12:00:00Z"));
        loop().clinic.owner().post("/legal-hold/begin", null);
        retention.deleteOld();
        assertThat(reads("?reader=eva")).hasSize(1);
        loop().clinic.owner().post("/legal-hold/end", null);
        retention.deleteOld();
        assertThat(reads("?reader=eva")).isEmpty();
    }

    @Test
    void an_entry_of_the_waitlist_is_a_part_of_their_visits() {
        var ana = loop().patient("Ana", null);
        var service = loop().clinic.owner().get("/healthcare-services").at("/items/0/id");
        var entry = loop().clinic
                .receptionist()
                .post("/waitlist-entries", Map.of("patientId", ana, "healthcareServiceId", service));
        assertThat(entry.status()).as(entry.text()).isEqualTo(201);
        somebody("eva").get("/waitlist-entries/" + entry.id());
        assertThat(reads("?reader=eva")).containsExactly("eva visits Ana Núñez");
    }

    @Test
    void a_card_is_shown_although_the_look_at_it_cannot_be_written() {
        var metrics = new SimpleMeterRegistry();
        var unavailable = new TransactionTemplate() {
            @Override
            public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
                throw new CannotCreateTransactionException("The database is away");
            }
        };
        var reads = new RecordedPatientReads(jdbc, unavailable, event -> {}, metrics, clock);
        SecurityContextHolder.getContext()
                .setAuthentication(new JwtAuthenticationToken(Jwt.withTokenValue("token")
                        .header("alg", "none")
                        .subject("eva")
                        .build()));
        try {
            loop().clinic.inside(() -> reads.shown(PatientPart.RECORD, UUID.randomUUID()));
        } finally {
            SecurityContextHolder.clearContext();
        }
        assertThat(metrics.counter("recado.patients.reads.lost", "part", "record")
                        .count())
                .isOne();
    }
}
