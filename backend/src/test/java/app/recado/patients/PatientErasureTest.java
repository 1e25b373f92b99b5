package app.recado.patients;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.PostgresServer;
import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.TestMedia;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A person who is taken out of the clinic's records. */
@RecadoTest
class PatientErasureTest {

    /** Reviewed: where something of a person who was erased is found, and why. */
    private static final Set<String> LEFT = Set.of(
            "phone_consent", // that nothing be sent to the number
            "stored_answer"); // answers of the last day, for requests that are repeated

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    PostgresServer.Database database;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    List<PatientErasure> tables;

    @Nullable LoopClinic opened;

    @BeforeEach
    void open() {
        clock.set(Instant.parse("2026-11-24T12:00:00Z"));
        opened = LoopClinic.open(clinics, clock, worker);
    }

    private LoopClinic loop() {
        return Objects.requireNonNull(opened);
    }

    private Answer erase(UUID patient) {
        var owner = loop().clinic.owner();
        return owner.ifMatch(owner.get("/patients/" + patient).etag())
                .send("POST", "/patients/%s/erase".formatted(patient), null);
    }

    /** Tables of the clinic with one of these words anywhere in a row. */
    private Set<String> tablesWith(String... words) throws SQLException {
        var found = new TreeSet<String>();
        try (var connection = database.connectAsSuperuser();
                var statement = connection.createStatement()) {
            var tables = new ArrayList<String>();
            try (var rows = statement.executeQuery("""
                    select table_name from information_schema.columns
                     where table_schema = 'recado' and column_name = 'organization_id'
                    """)) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (var table : tables) {
                for (var word : words) {
                    try (var rows = statement.executeQuery(
                            "select 1 from recado.%1$s t where organization_id = '%2$s' and strpos(t::text, '%3$s') > 0"
                                    .formatted(table, loop().clinic.id(), word))) {
                        if (rows.next()) {
                            found.add(table);
                        }
                    }
                }
            }
        }
        return found;
    }

    /** Reviewed: tables with phones that are not a patient's, or not theirs alone. */
    private static final Set<String> OTHER_PHONES = Set.of(
            "booking_page", // the clinic's own
            "engine_command", // of a former version; read by nothing and emptied by retention
            "household", // who answers for others; with the membership
            "location", // the clinic's own
            "organization", // likewise
            "whatsapp_line", // likewise
            "whatsapp_test_message"); // staff's own

    /** A new table that names a patient says how it forgets one, or why it does not. */
    @Test
    void every_table_that_names_a_patient_says_what_an_erasure_does_with_it() {
        var named = jdbc.sql("""
                        select c.relname from pg_constraint con
                          join pg_class c on c.oid = con.conrelid join pg_namespace n on n.oid = c.relnamespace
                         where n.nspname = 'recado' and con.contype = 'f' and con.confrelid = 'recado.patient'::regclass
                        union
                        select table_name from information_schema.columns
                         where table_schema = 'recado' and column_name like '%patient\\_id'
                        union
                        select c.table_name from information_schema.columns c
                          join information_schema.tables t using (table_schema, table_name)
                         where c.table_schema = 'recado' and c.column_name in ('phone', 'recipient')
                           and t.table_type = 'BASE TABLE'
                        """).query(String.class).list();
        var said = new TreeSet<String>();
        said.add("patient"); // the card, which is emptied
        tables.forEach(table -> {
            assertThat(said.add(table.table())).as(table.table()).isTrue();
            assertThat(table.kept() == null)
                    .as(table.table())
                    .isEqualTo(!table.statements().isEmpty());
        });
        var known = new TreeSet<>(named);
        known.removeAll(OTHER_PHONES);
        assertThat(known).isEqualTo(said);
    }

    @Test
    void nothing_of_the_person_is_left_in_any_table_and_the_past_keeps_its_figures() throws SQLException {
        var desk = loop().clinic.receptionist();
        // Before anybody registered the number.
        loop().hears(loop().voice
                .from("+5491123456789")
                .alsoLid("998877665544321")
                .writes("soy Quintana"));
        var card = new LinkedHashMap<String, Object>();
        card.put("givenName", "Zulema");
        card.put("familyName", "Quintana");
        card.put("phone", "011 15-2345-6789");
        card.put("email", "zulema@example.com");
        card.put("notes", "zurda");
        card.put("identifiers", List.of(Map.of("kind", "ar-dni", "value", "30123456")));
        var zulema = desk.post("/patients", card).id();
        var twin = desk.post("/patients", Map.of("givenName", "Zulma", "familyName", "Quintana"));
        var merged = desk.ifMatch(desk.get("/patients/" + zulema).etag())
                .post("/patients/%s/merge".formatted(zulema), Map.of("patientId", twin.id(), "version", 0));
        assertThat(merged.status()).as(merged.text()).isEqualTo(200);
        var visit = loop().books(zulema, "2026-11-26T13:00:00Z");
        var ahead = loop().books(zulema, "2026-12-03T13:00:00Z");
        loop().everythingIsSent();
        var key = loop().clinic.id() + "/2026/11/" + UUID.randomUUID();
        TestMedia.put(key, TestMedia.PNG);
        var mediaId = UUID.randomUUID();
        loop().hears(loop().voice
                .from("+5491123456789")
                .kind("image")
                .holding(mediaId, "image/png", "estudio-quintana.png")
                .writes("tengo varicela"));
        var fetched = new LinkedHashMap<String, @Nullable Object>();
        fetched.put("mediaId", mediaId.toString());
        fetched.put("state", "stored");
        fetched.put("key", key);
        fetched.put("contentType", "image/png");
        fetched.put("size", TestMedia.PNG.length);
        fetched.put("sha256", "00");
        loop().hears(loop().voice.event("message.media", fetched));
        loop().act(visit.id(), "cancel", Map.of("reason", "tiene varicela"));
        loop().everythingIsSent();
        desk.post("/households", household("Zulema", List.of(Map.of("patientId", zulema, "relationship", "self"))));
        var asked =
                desk.post("/privacy-requests", Map.of("patientId", zulema, "kind", "erasure", "note", "pide Quintana"));
        assertThat(tablesWith("Quintana", "varicela", "30123456", "Somebody", "998877665544321"))
                .contains("patient", "inbound_message", "appointment", "household", "contact", "contact_identity");

        var erased = erase(zulema);
        assertThat(erased.status()).as(erased.text()).isEqualTo(204);
        var left = tablesWith(
                "Quintana",
                "quintana",
                "Zulema",
                "zulema",
                "Zulma",
                "varicela",
                "zurda",
                "30123456",
                "1123456789",
                "Somebody",
                "998877665544321");
        left.removeAll(LEFT);
        assertThat(left).isEmpty();
        assertThat(TestMedia.holds(key)).isFalse();
        assertThat(desk.get("/patients/" + zulema).status()).isEqualTo(404);
        assertThat(desk.get("/appointments/" + visit.id()).at("/patient/displayName"))
                .isEqualTo("—");
        assertThat(desk.get("/appointments/" + visit.id()).at("/healthcareService/name"))
                .isEqualTo("Control");
        assertThat(desk.get("/privacy-requests/" + asked.id()).at("/state")).isEqualTo("done");
        for (boolean archived : new boolean[] {true, false}) {
            assertThat(desk.post("/patients/search", Map.of("archived", archived))
                            .text())
                    .doesNotContain(zulema.toString());
        }
        assertThat(loop().clinic.owner().get("/fhir/R4/Patient/" + zulema).status())
                .isEqualTo(404);
        var booked = desk.post("/waitlist-entries", Map.of("patientId", zulema, "healthcareServiceId", loop().service));
        assertThat(booked.code()).isEqualTo("patient-unknown");

        // What was planned is called off, and nobody is told.
        assertThat(loop().read(ahead.id()).at("/status")).isEqualTo("cancelled");
        var sent = loop().commands().size();
        clock.set(Instant.parse("2026-12-03T12:00:00Z"));
        loop().turn();
        assertThat(loop().commands()).hasSize(sent);
        // Whoever writes from the number next is somebody new.
        loop().hears(loop().voice.from("+5491123456789").writes("Hola"));
        assertThat(loop().lastInbound().path("patient").isNull()).isTrue();
    }

    private static Map<String, Object> household(String given, List<Map<String, Object>> members) {
        return Map.of("givenName", given, "familyName", "Quintana", "phone", "011 15-2345-6789", "members", members);
    }

    @Test
    void the_phone_of_a_family_stays_the_familys_and_who_answers_it_stays_the_childs_contact() {
        var desk = loop().clinic.receptionist();
        var leo = loop().patient("Leo", null);
        var gabriela = loop().patient("Gabriela", "011 15-2345-6789");
        desk.post(
                "/households",
                household(
                        "Gabriela",
                        List.of(
                                Map.of("patientId", leo, "relationship", "mother"),
                                Map.of("patientId", gabriela, "relationship", "self"))));
        loop().hears(loop().voice.from("+5491123456789").writes("¿Atienden mañana?"));
        assertThat(erase(gabriela).status()).isEqualTo(204);
        var family = desk.get("/patients/%s/households".formatted(leo));
        assertThat(family.at("/items/0/displayName")).isEqualTo("Gabriela Quintana");
        assertThat(family.json().at("/items/0/members").size()).isOne();
        assertThat(desk.get("/patients/" + leo).at("/phone")).isEqualTo("+5491123456789");
        assertThat(loop().lastInbound().path("text").asString()).isEqualTo("¿Atienden mañana?");
    }

    @Test
    void a_legal_hold_a_message_under_way_and_another_request_stand_in_the_way_and_change_nothing() {
        var ana = loop().patient("Ana", "011 15-2345-6789");
        var visit = loop().books(ana, "2026-11-26T13:00:00Z");
        loop().turn();
        assertThat(erase(ana).code()).isEqualTo("patient-not-erasable"); // the confirmation is at the gateway
        assertThat(loop().read(visit.id()).at("/status")).isEqualTo("booked");
        loop().everythingIsSent();
        loop().clinic.owner().post("/legal-hold/begin", null);
        assertThat(erase(ana).code()).isEqualTo("legal-hold");
        assertThat(loop().clinic.owner().get("/patients/" + ana).at("/givenName"))
                .isEqualTo("Ana");
        loop().clinic.owner().post("/legal-hold/end", null);
        var asked = loop().clinic.receptionist().post("/privacy-requests", Map.of("patientId", ana, "kind", "access"));
        var refused = erase(ana);
        assertThat(refused.code()).isEqualTo("patient-not-erasable");
        assertThat(refused.at("/detail")).contains("answer that first");
        loop().clinic
                .owner()
                .ifMatch(asked.etag())
                .send("POST", "/privacy-requests/%s/complete".formatted(asked.id()), Map.of());
        assertThat(erase(ana).status()).isEqualTo(204);
    }

    @Test
    void only_an_owner_who_saw_the_card_as_it_is_erases_it_and_nobody_of_another_clinic() {
        var ana = loop().patient("Ana", null);
        var path = "/patients/%s/erase".formatted(ana);
        assertThat(loop().clinic
                        .receptionist()
                        .ifMatch("\"v0\"")
                        .send("POST", path, null)
                        .code())
                .isEqualTo("forbidden");
        assertThat(loop().clinic
                        .owner()
                        .ifMatch("\"v7\"")
                        .send("POST", path, null)
                        .code())
                .isEqualTo("stale");
        assertThat(clinics.open()
                        .owner()
                        .ifMatch("\"v0\"")
                        .send("POST", path, null)
                        .status())
                .isEqualTo(404);
        assertThat(erase(ana).status()).isEqualTo(204);
        assertThat(loop().clinic
                        .owner()
                        .ifMatch("\"v1\"")
                        .send("POST", path, null)
                        .status())
                .isEqualTo(404);
    }
}
