package app.recado.clinicalnotes;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.security.Allow;
import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api;
import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What practitioners write down about a patient for each other. */
@RecadoTest
class ClinicalNotesTest {

    private static final String WORDS = "Alergia a la penicilina";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Nullable LoopClinic opened;

    @BeforeEach
    void open() {
        clock.set(Instant.parse("2026-11-24T12:00:00Z"));
        opened = LoopClinic.open(clinics, clock, worker);
    }

    private LoopClinic loop() {
        return Objects.requireNonNull(opened);
    }

    private Api practitioner() {
        return loop().clinic.practitioner();
    }

    private Answer notes(UUID patient) {
        return practitioner().get("/patients/%s/clinical-notes".formatted(patient));
    }

    private Answer writes(UUID patient, @Nullable UUID visit, String text) {
        var body = new HashMap<String, @Nullable Object>();
        body.put("patientId", patient);
        body.put("appointmentId", visit);
        body.put("text", text);
        return practitioner().post("/clinical-notes", body);
    }

    private UUID written(UUID patient) {
        return LoopClinic.created(writes(patient, null, WORDS));
    }

    @Test
    void a_correction_says_something_else_and_keeps_what_it_said_and_who_wrote_it() {
        var ana = loop().patient("Ana", null);
        var visit = loop().books(ana, "2026-11-26T13:00:00Z").id();
        var note = writes(ana, visit, " " + WORDS + "\n");
        assertThat(note.at("/text")).as(note.text()).isEqualTo(WORDS);
        assertThat(note.at("/appointmentId")).isEqualTo(visit.toString());
        clock.advance(Duration.ofHours(1));
        var path = "/clinical-notes/" + note.id();
        var corrected = practitioner().ifMatch(note.etag()).put(path, Map.of("text", "Ninguna alergia"));
        assertThat(corrected.status()).as(corrected.text()).isEqualTo(200);
        assertThat(corrected.at("/former/0/text")).isEqualTo(WORDS);
        assertThat(corrected.at("/former/0/writtenAt")).isEqualTo("2026-11-24T12:00:00Z");
        assertThat(corrected.at("/correctedAt")).isEqualTo("2026-11-24T13:00:00Z");
        assertThat(practitioner()
                        .ifMatch(note.etag())
                        .put(path, Map.of("text", "Otra"))
                        .code())
                .isEqualTo("stale");
        writes(ana, null, "Control en seis meses");
        var list = notes(ana);
        assertThat(list.at("/items/0/text")).isEqualTo("Control en seis meses");
        assertThat(list.at("/items/1/text")).isEqualTo("Ninguna alergia");
        var first = practitioner().get("/patients/%s/clinical-notes?limit=1".formatted(ana));
        var next = practitioner()
                .get("/patients/%s/clinical-notes?limit=1&cursor=%s".formatted(ana, first.at("/nextCursor")));
        assertThat(next.at("/items/0/text")).isEqualTo("Ninguna alergia");
    }

    @Test
    void reception_and_owners_who_are_no_practitioners_learn_only_that_there_are_notes() {
        var ana = loop().patient("Ana", null);
        var note = written(ana);
        for (var other : new Api[] {loop().clinic.owner(), loop().clinic.receptionist()}) {
            assertThat(other.get("/patients/%s/clinical-notes".formatted(ana)).code())
                    .isEqualTo("forbidden");
            assertThat(other.get("/clinical-notes/" + note).code()).isEqualTo("forbidden");
            assertThat(other.post("/clinical-notes", Map.of("patientId", ana, "text", "x"))
                            .code())
                    .isEqualTo("forbidden");
            assertThat(other.ifMatch("\"v0\"")
                            .put("/clinical-notes/" + note, Map.of("text", "x"))
                            .code())
                    .isEqualTo("forbidden");
            var summary = other.get("/patients/%s/clinical-notes/summary".formatted(ana));
            assertThat(summary.at("/count")).as(summary.text()).isEqualTo("1");
            assertThat(other.get("/patients/" + ana).text()).doesNotContain(WORDS);
        }
        assertThat(loop().clinic
                        .as(Allow.OWNER, Allow.PRACTITIONER)
                        .get("/clinical-notes/" + note)
                        .at("/text"))
                .isEqualTo(WORDS);
        for (var path : new String[] {
            "/patients/export", "/appointments/export?from=2026-11-24&to=2026-12-24", "/fhir/R4/Patient/" + ana
        }) {
            assertThat(loop().clinic.owner().get(path).text()).doesNotContain(WORDS);
        }
        assertThat(clinics.open().practitioner().get("/clinical-notes/" + note).status())
                .isEqualTo(404);
    }

    @Test
    void each_look_is_recorded_and_one_at_nothing_is_not() {
        var ana = loop().patient("Ana", null);
        assertThat(notes(ana).json().at("/items").isEmpty()).isTrue();
        assertThat(looks(ana)).isZero();
        var note = written(ana);
        notes(ana);
        assertThat(looks(ana)).isOne();
        clock.advance(Duration.ofMinutes(20));
        practitioner().get("/clinical-notes/" + note);
        assertThat(looks(ana)).isEqualTo(2);
    }

    private long looks(UUID patient) {
        return loop().clinic
                .owner()
                .get("/patient-reads?patientId=" + patient)
                .json()
                .at("/items")
                .valueStream()
                .filter(read -> read.path("part").asString().equals("clinical-notes"))
                .count();
    }

    @Test
    void notes_follow_a_merge_stand_in_the_copy_of_the_data_and_go_with_the_person() {
        var ana = loop().patient("Ana", null);
        var twin = loop().patient("Ana", null);
        var note = written(twin);
        practitioner().ifMatch("\"v0\"").put("/clinical-notes/" + note, Map.of("text", "Ninguna alergia"));
        var desk = loop().clinic.receptionist();
        desk.ifMatch(desk.get("/patients/" + ana).etag())
                .post("/patients/%s/merge".formatted(ana), Map.of("patientId", twin, "version", 0));
        assertThat(notes(ana).at("/items/0/id")).isEqualTo(note.toString());
        var owner = loop().clinic.owner();
        var copy = owner.get("/patients/%s/personal-data".formatted(ana));
        assertThat(copy.at("/clinicalNotes/0/text")).isEqualTo("Ninguna alergia");
        assertThat(copy.at("/clinicalNotes/0/former/0/text")).isEqualTo(WORDS);

        var erased = owner.ifMatch(owner.get("/patients/" + ana).etag())
                .send("POST", "/patients/%s/erase".formatted(ana), null);
        assertThat(erased.status()).as(erased.text()).isEqualTo(204);
        assertThat(practitioner().get("/clinical-notes/" + note).status()).isEqualTo(404);
        long left = loop().clinic
                .inside(() -> Objects.requireNonNull(transaction.execute(status -> jdbc.sql(
                                "select (select count(*) from clinical_note) + (select count(*) from clinical_note_revision)")
                        .query(Long.class)
                        .single())));
        assertThat(left).isZero();
    }

    @Test
    void an_empty_note_one_of_nobody_and_one_about_somebody_elses_visit_are_refused() {
        var ana = loop().patient("Ana", null);
        var visit = loop().books(loop().patient("Ida", null), "2026-11-26T13:00:00Z")
                .id();
        var empty = writes(ana, null, " \n ");
        assertThat(empty.at("/errors/0/pointer")).as(empty.text()).isEqualTo("/text");
        assertThat(writes(ana, visit, WORDS).at("/errors/0/pointer")).isEqualTo("/appointmentId");
        assertThat(writes(UUID.randomUUID(), null, WORDS).code()).isEqualTo("patient-unknown");
        assertThat(notes(UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(writes(ana, null, "x".repeat(4001)).status()).isEqualTo(422);
    }
}
