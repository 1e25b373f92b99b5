package app.recado.patients.requests;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.patients.PatientData;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The copy of their data that a patient may ask for. */
@RecadoTest
class PersonalDataTest {

    /** Reviewed: tables that name a patient and are not copied. */
    private static final List<String> NOT_COPIED = List.of(
            "patient", // the card itself, whose cards were merged into it
            "patient_distinction", // what was said of a likeness
            "patient_identifier", // stands in the card
            "patient_import_row", // how the card came
            "patient_merge", // the other card is gone
            "patient_other_phone", // stands in the card
            "patient_read", // names the clinic's staff
            "patient_search"); // made of the card

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    List<PatientData> sections;

    @Test
    void every_table_that_names_a_patient_is_copied_or_is_known_not_to_be() {
        var named = jdbc.sql("""
                        select c.relname from pg_constraint con
                          join pg_class c on c.oid = con.conrelid join pg_namespace n on n.oid = c.relnamespace
                         where n.nspname = 'recado' and con.contype = 'f' and con.confrelid = 'recado.patient'::regclass
                        union
                        select table_name from information_schema.columns
                         where table_schema = 'recado' and column_name like '%patient\\_id'
                        """).query(String.class).list();
        var known = new TreeSet<>(NOT_COPIED);
        sections.stream().map(PatientData::table).forEach(known::add);
        // They name a phone, a conversation and a visit.
        known.removeAll(List.of("phone_consent", "conversation_note", "survey_answer"));
        assertThat(new TreeSet<>(named)).isEqualTo(known);
    }

    @Test
    void an_owner_saves_all_that_is_kept_of_one_person_and_nothing_of_another() {
        clock.set(Instant.parse("2026-11-24T12:00:00Z"));
        var loop = LoopClinic.open(clinics, clock, worker);
        var ana = loop.patient("Ana", "011 15-2345-6789");
        var ida = loop.patient("Ida", "011 15-2345-0000");
        loop.books(ana, "2026-12-01T13:00:00Z");
        loop.books(ida, "2026-12-01T14:00:00Z");
        loop.everythingIsSent();
        loop.hears(loop.voice.from("+5491123456789").writes("¿Puedo ir con mi hija?"));
        loop.clinic.receptionist().post("/privacy-requests", Map.of("patientId", ana, "kind", "access"));

        var owner = loop.clinic.owner();
        var path = "/patients/%s/personal-data".formatted(ana);
        var copy = owner.get(path);
        assertThat(copy.status()).as(copy.text()).isEqualTo(200);
        assertThat(copy.header("Content-Disposition")).contains("attachment");
        assertThat(copy.header("Cache-Control")).contains("no-store");
        assertThat(copy.at("/patient/givenName")).isEqualTo("Ana");
        assertThat(copy.at("/appointments/0/service")).isEqualTo("Control");
        assertThat(copy.at("/appointments/0/history/0/what")).isEqualTo("appointment-booked");
        assertThat(copy.at("/messagesToPatient/0/text")).contains("Ana");
        assertThat(copy.at("/messagesFromPatient/0/text")).isEqualTo("¿Puedo ir con mi hija?");
        assertThat(copy.at("/privacyRequests/0/kind")).isEqualTo("access");
        assertThat(copy.json().at("/appointments").size()).isOne();
        assertThat(copy.text()).doesNotContain("Ida").doesNotContain("5491123450000");

        assertThat(loop.clinic.receptionist().get(path).code()).isEqualTo("forbidden");
        assertThat(clinics.open().owner().get(path).status()).isEqualTo(404);
        var reads = owner.get("/patient-reads?patientId=" + ana).json().at("/items");
        assertThat(reads.valueStream().map(String::valueOf)).anyMatch(read -> read.contains("personal-data"));
    }
}
