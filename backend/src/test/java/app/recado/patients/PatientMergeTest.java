package app.recado.patients;

import static app.recado.patients.PatientRegisterTest.named;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** One person who was written down twice. */
@RecadoTest
class PatientMergeTest {

    /** Reviewed: tables that name a patient and do not follow a merge. */
    private static final List<String> STAY = List.of(
            "patient.replaced_by", // who they are now
            "patient_distinction.one_id", // what was said of a pair holds for that pair
            "patient_distinction.other_id",
            "patient_identifier.patient_id", // written anew with the card
            "patient_identifier_claim.patient_id", // what was said on the card that is gone
            "patient_import_row.patient_id", // what an import did then
            "patient_merge.replaced_id", // the merge itself
            "patient_merge.survivor_id",
            "patient_other_phone.patient_id", // written anew with the card
            "patient_read.patient_id", // whose card somebody looked at then
            "patient_search.patient_id"); // written anew with the card

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

    @Autowired
    List<PatientReference> references;

    @Nullable LoopClinic opened;

    @BeforeEach
    void open() {
        clock.set(Instant.parse("2026-11-24T12:00:00Z"));
        opened = LoopClinic.open(clinics, clock, worker);
    }

    private LoopClinic loop() {
        return Objects.requireNonNull(opened);
    }

    private Api desk() {
        return loop().clinic.receptionist();
    }

    private Answer register(Map<String, Object> card) {
        var body = new HashMap<String, @Nullable Object>(named("Ana", "Núñez", null));
        body.putAll(card);
        var answer = desk().post("/patients", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    private static Map<String, Object> dni(String value) {
        return Map.of("kind", "ar-dni", "value", value);
    }

    private Answer read(Answer patient) {
        return desk().get("/patients/" + patient.id());
    }

    private Answer tryMerge(Answer survivor, Answer replaced, String... take) {
        return desk().ifMatch(survivor.etag())
                .post(
                        "/patients/%s/merge".formatted(survivor.id()),
                        Map.of("patientId", replaced.id(), "version", version(replaced), "take", List.of(take)));
    }

    private static long version(Answer patient) {
        return Long.parseLong(patient.at("/version"));
    }

    private Answer merge(Answer survivor, Answer replaced, String... take) {
        var answer = tryMerge(survivor, replaced, take);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private Answer undo(Answer merged) {
        var survivor = merged.at("/patient/id");
        return desk().ifMatch(desk().get("/patients/" + survivor).etag())
                .post("/patients/%s/merges/%s/undo".formatted(survivor, merged.at("/merge/id")), null);
    }

    private long visitsOf(UUID patient) {
        return desk().get("/patients/%s/appointments".formatted(patient))
                .json()
                .at("/items")
                .size();
    }

    private long rows(String table, UUID patient) {
        return loop().clinic
                .inside(() -> Objects.requireNonNull(transaction.execute(
                        status -> jdbc.sql("select count(*) from %s where patient_id = ?".formatted(table))
                                .param(patient)
                                .query(Long.class)
                                .single())));
    }

    /** A new table that names a patient must follow a merge, or be named above with the reason why it does not. */
    @Test
    void every_table_that_names_a_patient_follows_or_is_known_to_stay() {
        var named = jdbc.sql("""
                        select c.relname || '.' || a.attname from pg_constraint con
                          join pg_class c on c.oid = con.conrelid join pg_namespace n on n.oid = c.relnamespace
                          join pg_attribute a on a.attrelid = con.conrelid and a.attnum = any (con.conkey)
                         where n.nspname = 'recado' and con.contype = 'f' and con.confrelid = 'recado.patient'::regclass
                           and a.attname <> 'organization_id'
                        union
                        select table_name || '.' || column_name from information_schema.columns
                         where table_schema = 'recado' and column_name like '%patient\\_id'
                        """).query(String.class).list();
        var known = new java.util.TreeSet<>(STAY);
        references.forEach(one -> known.add(one.table() + "." + one.column()));
        assertThat(new java.util.TreeSet<>(named)).isEqualTo(known);
    }

    @Test
    void the_survivor_is_completed_and_what_belongs_to_the_other_follows_and_goes_back() {
        var ana = register(Map.of("email", "ana@example.com", "notes", "alta", "tags", List.of("vip")));
        var twin = register(Map.of(
                "givenName",
                "Anita",
                "phone",
                "011 15-2345-6789",
                "birthDate",
                "1984-02-29",
                "notes",
                "alergia",
                "identifiers",
                List.of(dni("30123456")),
                "tags",
                List.of("niños")));
        loop().books(ana.id(), "2026-12-01T13:00:00Z");
        var visit = loop().books(twin.id(), "2026-12-02T13:00:00Z");
        loop().hears(loop().voice.from("+5491123456789").writes("¿Atienden el sábado?"));
        assertThat(rows("inbound_message", twin.id())).isOne();
        long messages = rows("message", twin.id());
        assertThat(messages).isPositive();

        var preview = desk().get("/patients/%s/merge/%s".formatted(ana.id(), twin.id()));
        assertThat(preview.json().at("/differing").valueStream().map(one -> one.asString()))
                .containsExactlyInAnyOrder("given-name", "notes");
        assertThat(preview.json()
                        .at("/following")
                        .valueStream()
                        .map(one -> one.path("kind").asString()))
                .containsExactly("appointment", "inbound-message", "message");

        var merged = merge(ana, twin, "notes");
        var card = merged.json().at("/patient");
        assertThat(card.at("/displayName").asString()).isEqualTo("Ana Núñez");
        assertThat(card.at("/notes").asString()).isEqualTo("alergia");
        assertThat(card.at("/email").asString()).isEqualTo("ana@example.com");
        assertThat(card.at("/phone").asString()).isEqualTo("+5491123456789");
        assertThat(card.at("/birthDate").asString()).isEqualTo("1984-02-29");
        assertThat(card.at("/identifiers/0/value").asString()).isEqualTo("30123456");
        assertThat(card.at("/tags").valueStream().map(tag -> tag.asString())).containsExactly("vip", "niños");
        assertThat(visitsOf(ana.id())).isEqualTo(2);
        assertThat(rows("message", twin.id()) + rows("inbound_message", twin.id()))
                .isZero();
        assertThat(loop().read(visit.id()).at("/patient/id")).isEqualTo(ana.id().toString());
        assertThat(desk().post("/patients/search", Map.of("text", "30123456"))
                        .json()
                        .at("/items")
                        .size())
                .isOne();

        // What comes later is the survivor's, also after the undo.
        loop().books(ana.id(), "2026-12-03T13:00:00Z");
        var undone = undo(merged);
        assertThat(undone.status()).as(undone.text()).isEqualTo(200);
        assertThat(visitsOf(ana.id())).isEqualTo(2);
        assertThat(visitsOf(twin.id())).isOne();
        assertThat(rows("message", twin.id())).isEqualTo(messages);
        assertThat(rows("inbound_message", twin.id())).isOne();
        for (var before : List.of(ana, twin)) {
            var after = read(before).json();
            for (var field : List.of(
                    "displayName", "phone", "birthDate", "notes", "email", "identifiers", "tags", "archivedAt")) {
                assertThat(after.path(field)).as(field).isEqualTo(before.json().path(field));
            }
        }
        assertThat(undo(merged).code()).isEqualTo("merge-not-undoable");
    }

    @Test
    void who_was_merged_names_the_survivor_and_is_neither_listed_nor_booked_nor_changed() {
        var ana = register(Map.of());
        var twin = register(Map.of("phone", "011 15-2345-6789"));
        var third = register(Map.of());
        merge(ana, twin);
        var gone = read(twin);
        assertThat(gone.status()).isEqualTo(410);
        assertThat(gone.code()).isEqualTo("patient-replaced");
        assertThat(gone.at("/patientId")).isEqualTo(ana.id().toString());
        var change = desk().ifMatch(twin.etag()).put("/patients/" + twin.id(), named("Ana", "Núñez", null));
        assertThat(change.code()).isEqualTo("patient-replaced");
        assertThat(tryMerge(third, twin).code()).isEqualTo("patient-replaced");
        for (boolean archived : new boolean[] {true, false}) {
            assertThat(desk().post("/patients/search", Map.of("archived", archived))
                            .text())
                    .doesNotContain(twin.id().toString());
        }
        var booked = desk().post(
                        "/appointments",
                        Map.of(
                                "patientId", twin.id(),
                                "practitionerId", UUID.randomUUID(),
                                "healthcareServiceId", UUID.randomUUID(),
                                "start", "2026-12-02T13:00:00Z"));
        assertThat(booked.code()).isEqualTo("patient-unknown");
        // Merged once more: the first card names who it is in the end.
        merge(third, read(ana));
        assertThat(read(twin).at("/patientId")).isEqualTo(third.id().toString());
    }

    @Test
    void a_stop_of_either_holds_and_one_that_was_said_since_holds_for_both() {
        var ana = register(Map.of("phone", "011 15-2345-6789"));
        var twin = register(Map.of("phone", "011 15-2345-0000"));
        var stopped = new HashMap<String, @Nullable Object>(named("Ana", "Núñez", "011 15-2345-0000"));
        stopped.put("messaging", "opted-out");
        stopped.put("marketing", "opted-out");
        twin = desk().ifMatch(twin.etag()).put("/patients/" + twin.id(), stopped);
        var merged = merge(ana, twin);
        assertThat(merged.at("/patient/messaging")).isEqualTo("opted-out");
        assertThat(merged.at("/patient/marketing")).isEqualTo("opted-out");
        undo(merged);
        assertThat(read(ana).at("/messaging")).isEqualTo("allowed");
        assertThat(read(twin).at("/messaging")).isEqualTo("opted-out");

        var eva = register(Map.of("givenName", "Eva", "phone", "011 15-4444-0001"));
        var evita = register(Map.of("givenName", "Evita", "phone", "011 15-4444-0002"));
        var together = merge(eva, evita);
        clock.advance(Duration.ofHours(1));
        loop().hears(loop().voice.from("+5491144440001").writes("BAJA"));
        assertThat(read(eva).at("/messaging")).isEqualTo("opted-out");
        undo(together);
        assertThat(read(evita).at("/messaging")).isEqualTo("opted-out");
    }

    @Test
    void what_was_written_about_the_survivor_since_stays_when_the_merge_is_undone() {
        var ana = register(Map.of("notes", "alta"));
        var twin = register(Map.of("email", "ana@example.com", "birthDate", "1984-02-29"));
        var merged = merge(ana, twin);
        var later = new HashMap<String, @Nullable Object>(named("Ana", "Núñez Paz", null));
        later.put("notes", "alta");
        later.put("birthDate", "1984-02-28");
        assertThat(desk().ifMatch(read(ana).etag())
                        .put("/patients/" + ana.id(), later)
                        .status())
                .isEqualTo(200);
        assertThat(undo(merged).status()).isEqualTo(200);
        var after = read(ana);
        assertThat(after.at("/displayName")).isEqualTo("Ana Núñez Paz");
        assertThat(after.at("/birthDate")).isEqualTo("1984-02-28");
        assertThat(after.json().at("/email").isNull()).isTrue();
        assertThat(read(twin).at("/birthDate")).isEqualTo("1984-02-29");
    }

    @Test
    void an_undo_that_cannot_be_says_so() {
        var ana = register(Map.of());
        var twin = register(Map.of("identifiers", List.of(dni("30123456"))));
        var merged = merge(ana, twin);
        // The number is corrected away from the survivor and given to somebody else.
        var without = new HashMap<String, @Nullable Object>(named("Ana", "Núñez", null));
        without.put("identifiers", List.of());
        desk().ifMatch(read(ana).etag()).put("/patients/" + ana.id(), without);
        register(Map.of("givenName", "Otra", "identifiers", List.of(dni("30123456"))));
        var refused = undo(merged);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("merge-not-undoable");
        assertThat(read(twin).status()).isEqualTo(410);

        var eva = register(Map.of("givenName", "Eva"));
        var old = merge(eva, register(Map.of("givenName", "Eva")));
        assertThat(desk().get("/patients/%s/merges".formatted(eva.id())).at("/items/0/id"))
                .isEqualTo(old.at("/merge/id"));
        clock.advance(Duration.ofDays(31));
        assertThat(undo(old).code()).isEqualTo("merge-not-undoable");
        assertThat(desk().get("/patients/%s/merges".formatted(eva.id()))
                        .json()
                        .at("/items")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void a_card_that_changed_meanwhile_is_not_merged() {
        var ana = register(Map.of());
        var twin = register(Map.of());
        desk().ifMatch(twin.etag()).put("/patients/" + twin.id(), named("Ana", "Núñez", "011 15-2345-6789"));
        assertThat(tryMerge(ana, twin).status()).isEqualTo(412);
        desk().ifMatch(ana.etag()).put("/patients/" + ana.id(), named("Ana", "Núñez", "011 15-2345-6789"));
        assertThat(tryMerge(ana, read(twin)).status()).isEqualTo(412);
        assertThat(tryMerge(read(ana), read(ana)).code()).isEqualTo("invalid-fields");
        assertThat(tryMerge(read(ana), read(twin)).status()).isEqualTo(200);
    }

    /** Booked before, it follows; booked after, it is refused: never is a visit left with who is no patient any more. */
    @Test
    void a_visit_that_is_booked_while_the_patient_is_merged_is_never_left_behind() throws Exception {
        for (int round = 0; round < 6; round++) {
            var ana = register(Map.of());
            var twin = register(Map.of());
            var hour = "2026-12-%02dT13:00:00Z".formatted(round + 1);
            loop().books(ana.id(), hour);
            var visit = loop().clinic.receptionist().get("/patients/%s/appointments".formatted(ana.id()));
            var together = new CyclicBarrier(2);
            Callable<Answer> booking = () -> {
                together.await();
                return desk().post(
                                "/appointments",
                                Map.of(
                                        "patientId", twin.id(),
                                        "practitionerId", visit.at("/items/0/practitioner/id"),
                                        "healthcareServiceId", visit.at("/items/0/healthcareService/id"),
                                        "start", hour.replace("T13", "T15")));
            };
            Callable<Answer> merging = () -> {
                together.await();
                return tryMerge(ana, twin);
            };
            try (var threads = Executors.newFixedThreadPool(2)) {
                var booked = threads.submit(booking);
                var merged = threads.submit(merging);
                assertThat(merged.get().status()).as(merged.get().text()).isEqualTo(200);
                assertThat(booked.get().status()).as(booked.get().text()).isIn(201, 422);
                assertThat(visitsOf(ana.id())).isEqualTo(booked.get().status() == 201 ? 2 : 1);
            }
        }
    }
}
