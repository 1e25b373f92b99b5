package app.recado.patients;

import static app.recado.patients.PatientRegisterTest.named;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api;
import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.DueJobs;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
import org.springframework.transaction.support.TransactionTemplate;

/** A patient with several phones: whose each is, which one is written to, and what follows from the others. */
@RecadoTest
class PatientPhonesTest {

    private static final String OWN = "011 15-2345-6789";
    private static final String OWN_E164 = "+5491123456789";
    private static final String MOTHERS = "011 15-4444-0002";
    private static final String MOTHERS_E164 = "+5491144440002";
    private static final String THIRD_E164 = "+5491155550003";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    DueJobs jobs;

    @Autowired
    PatientNumbers numbers;

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

    private Api desk() {
        return loop().clinic.receptionist();
    }

    private static Map<String, Object> number(String phone, String owner, String name) {
        return Map.of("phone", phone, "owner", owner, "ownerName", name);
    }

    private static Map<String, @Nullable Object> leo(Object... numbers) {
        var body = new HashMap<String, @Nullable Object>(named("Leo", "Quiroga", null));
        body.put("phoneNumbers", List.of(numbers));
        return body;
    }

    private Answer register(Map<String, @Nullable Object> body) {
        var answer = desk().post("/patients", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    /** Leo is written to at his own phone; his mother's stands beside it. */
    private Answer leoWithTwo() {
        return register(leo(Map.of("phone", OWN, "owner", "self"), number(MOTHERS, "mother", "Gabriela")));
    }

    private Answer read(Answer patient) {
        return desk().get("/patients/" + patient.id());
    }

    private Answer change(Answer patient, Map<String, @Nullable Object> body) {
        var answer = desk().ifMatch(read(patient).etag()).put("/patients/" + patient.id(), body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private static List<String> phones(Answer patient) {
        return patient.json()
                .at("/phoneNumbers")
                .valueStream()
                .map(one -> one.at("/phone").asString() + (one.at("/writtenTo").asBoolean() ? " written" : ""))
                .toList();
    }

    private List<String> found(String text) {
        return desk().post("/patients/search", Map.of("text", text))
                .json()
                .at("/items")
                .valueStream()
                .map(one -> one.at("/displayName").asString())
                .toList();
    }

    @Test
    void each_number_has_its_owner_and_the_first_is_written_to_while_nobody_says_otherwise() {
        var leo = leoWithTwo();
        assertThat(leo.at("/phone")).isEqualTo(OWN_E164);
        assertThat(phones(leo)).containsExactly(OWN_E164 + " written", MOTHERS_E164);
        assertThat(leo.at("/phoneNumbers/1/owner")).isEqualTo("mother");
        assertThat(leo.at("/phoneNumbers/1/ownerName")).isEqualTo("Gabriela");
        assertThat(leo.at("/phoneNumbers/1/phoneNational")).isEqualTo("011 15-4444-0002");

        var mothers = new HashMap<String, Object>(number(MOTHERS, "mother", "Gabriela"));
        mothers.put("writtenTo", true);
        var changed = change(leo, leo(Map.of("phone", OWN, "owner", "self"), mothers));
        assertThat(changed.at("/phone")).isEqualTo(MOTHERS_E164);
        assertThat(phones(changed)).containsExactly(MOTHERS_E164 + " written", OWN_E164);

        var none = change(leo, leo(Map.of("phone", OWN, "writtenTo", false)));
        assertThat(none.json().at("/phone").isNull()).isTrue();
        assertThat(phones(none)).containsExactly(OWN_E164);
    }

    @Test
    void a_number_twice_two_that_are_written_to_and_what_is_no_number_are_refused_at_their_place() {
        var desk = desk();
        var twice = desk.post("/patients", leo(Map.of("phone", OWN), Map.of("phone", OWN_E164)));
        assertThat(twice.at("/errors/0/pointer")).isEqualTo("/phoneNumbers/1/phone");
        assertThat(twice.at("/errors/0/code")).isEqualTo("phone-repeated");
        var both = desk.post(
                "/patients", leo(Map.of("phone", OWN, "writtenTo", true), Map.of("phone", MOTHERS, "writtenTo", true)));
        assertThat(both.at("/errors/0/pointer")).isEqualTo("/phoneNumbers/1/writtenTo");
        var none = desk.post("/patients", leo(Map.of("phone", OWN), Map.of("phone", "12")));
        assertThat(none.at("/errors/0/pointer")).isEqualTo("/phoneNumbers/1/phone");
        assertThat(none.at("/errors/0/code")).isEqualTo("phone-invalid");
        var contradicting = leo(Map.of("phone", OWN));
        contradicting.put("phone", MOTHERS);
        assertThat(desk.post("/patients", contradicting).at("/errors/0/pointer"))
                .isEqualTo("/phone");
        var many = new ArrayList<Object>();
        for (int i = 0; i < 11; i++) {
            many.add(Map.of("phone", "+54911555500%02d".formatted(i)));
        }
        assertThat(desk.post("/patients", leo(many.toArray())).code()).isEqualTo("invalid-fields");
        var wordy = desk.post("/patients", leo(number(OWN, "other", "x".repeat(61))));
        assertThat(wordy.at("/errors/0/pointer")).isEqualTo("/phoneNumbers/0/ownerName");
    }

    @Test
    void a_client_that_knows_of_one_number_changes_that_one_and_keeps_the_others() {
        var leo = leoWithTwo();
        var moved = change(leo, named("Leo", "Quiroga", THIRD_E164));
        assertThat(phones(moved)).containsExactly(THIRD_E164 + " written", MOTHERS_E164);
        var chosen = change(leo, named("Leo", "Quiroga", MOTHERS));
        assertThat(phones(chosen)).containsExactly(MOTHERS_E164 + " written");
        assertThat(chosen.at("/phoneNumbers/0/ownerName")).isEqualTo("Gabriela");
    }

    @Test
    void a_patient_is_found_by_any_number_and_no_longer_by_one_that_went() {
        var leo = leoWithTwo();
        assertThat(found("4444-0002")).containsExactly("Leo Quiroga");
        assertThat(found("011 15-4444-0002")).containsExactly("Leo Quiroga");
        change(leo, leo(Map.of("phone", OWN)));
        assertThat(found("4444-0002")).isEmpty();
        assertThat(found("2345-6789")).containsExactly("Leo Quiroga");
    }

    @Test
    void a_number_in_common_makes_two_cards_alike_whichever_of_theirs_it_is() {
        var leo = leoWithTwo();
        var typed = desk().post("/patients/duplicates", named("Leo", "Quirogga", MOTHERS));
        assertThat(typed.at("/items/0/patient/id")).isEqualTo(leo.id().toString());
        assertThat(typed.json().at("/items/0/alike").valueStream().map(one -> one.asString()))
                .contains("phone");
        register(named("Leo", "Quirogga", MOTHERS));
        var pairs = desk().get("/patients/duplicate-pairs");
        assertThat(pairs.json().at("/items").size()).as(pairs.text()).isOne();
        assertThat(pairs.json().at("/items/0/alike").valueStream().map(one -> one.asString()))
                .contains("phone");
    }

    @Test
    void a_merge_loses_no_number_and_undone_each_has_their_own_again() {
        var leo = leoWithTwo();
        var twin = register(named("Leo", "Quiroga", THIRD_E164));
        var merged = desk().ifMatch(leo.etag())
                .post(
                        "/patients/%s/merge".formatted(leo.id()),
                        Map.of("patientId", twin.id(), "version", 0, "take", List.of()));
        assertThat(merged.status()).as(merged.text()).isEqualTo(200);
        assertThat(phones(read(leo))).containsExactly(OWN_E164 + " written", MOTHERS_E164, THIRD_E164);
        assertThat(found("5555-0003")).containsExactly("Leo Quiroga");

        var undone = desk().ifMatch(read(leo).etag())
                .post("/patients/%s/merges/%s/undo".formatted(leo.id(), merged.at("/merge/id")), null);
        assertThat(undone.status()).as(undone.text()).isEqualTo(200);
        assertThat(phones(read(leo))).containsExactly(OWN_E164 + " written", MOTHERS_E164);
        assertThat(phones(read(twin))).containsExactly(THIRD_E164 + " written");
    }

    @Test
    void what_is_written_from_any_of_the_numbers_is_the_patients() {
        var leo = leoWithTwo();
        loop().hears(loop().voice.from(MOTHERS_E164).writes("¿Puede ir con su hermano?"));
        assertThat(loop().lastInbound().at("/patient/id").asString())
                .isEqualTo(leo.id().toString());
        assertThat(desk().get("/conversations").at("/items/0/patients/0/displayName"))
                .isEqualTo("Leo Quiroga");
        assertThat(desk().get("/conversations?patientId=" + leo.id())
                        .json()
                        .at("/items")
                        .size())
                .isOne();
    }

    @Test
    void whoever_is_written_to_at_a_number_is_not_taken_for_somebody_on_whose_card_it_stands_too() {
        leoWithTwo();
        var gabriela = register(named("Gabriela", "Quiroga", MOTHERS));
        loop().hears(loop().voice.from(MOTHERS_E164).writes("¿Atienden hoy?"));
        assertThat(loop().lastInbound().at("/patient/id").asString())
                .isEqualTo(gabriela.id().toString());
    }

    @Test
    void messages_go_to_the_one_that_is_written_to() {
        var leo = leoWithTwo();
        loop().books(leo.id(), "2026-12-01T13:00:00Z");
        loop().turn();
        assertThat(loop().commands()).isNotEmpty().allMatch(command -> command.to.equals(OWN_E164));
    }

    @Test
    void a_stop_from_anothers_phone_counts_for_that_number_and_from_the_patients_own_for_the_patient() {
        var leo = leoWithTwo();
        loop().hears(loop().voice.from(MOTHERS_E164).writes("BAJA"));
        assertThat(read(leo).at("/messaging")).isEqualTo("allowed");

        var mothers = new HashMap<String, Object>(number(MOTHERS, "mother", "Gabriela"));
        mothers.put("writtenTo", true);
        var there = change(leo, leo(Map.of("phone", OWN, "owner", "self"), mothers));
        assertThat(there.at("/messaging")).isEqualTo("opted-out");

        var ida = register(leo(Map.of("phone", THIRD_E164), number("+5491166660004", "self", "Ida")));
        loop().hears(loop().voice.from("+5491166660004").writes("BAJA"));
        assertThat(read(ida).at("/messaging")).isEqualTo("opted-out");
        var said = desk().get("/patients/%s/consents?allNumbers=true".formatted(ida.id()));
        assertThat(said.at("/items/0/phone")).isEqualTo("+5491166660004");
        assertThat(desk().get("/patients/%s/consents".formatted(ida.id()))
                        .json()
                        .at("/items")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void an_own_number_that_stopped_messages_before_it_stood_on_the_card_stops_them_for_the_patient() {
        loop().hears(loop().voice.from(MOTHERS_E164).writes("BAJA"));
        var mothers = register(leo(Map.of("phone", OWN), number(MOTHERS, "mother", "Gabriela")));
        assertThat(mothers.at("/messaging")).isEqualTo("allowed");
        var own = register(leo(Map.of("phone", THIRD_E164), Map.of("phone", MOTHERS, "owner", "self")));
        assertThat(own.at("/messaging")).isEqualTo("opted-out");
        assertThat(change(mothers, leo(Map.of("phone", OWN), Map.of("phone", MOTHERS, "owner", "self")))
                        .at("/messaging"))
                .isEqualTo("opted-out");
    }

    private String whatsApp(Answer patient, int at) {
        var listed = desk().get("/patients/%s/phones".formatted(patient.id()));
        assertThat(listed.status()).as(listed.text()).isEqualTo(200);
        return listed.at("/items/%d/onWhatsApp".formatted(at)) + " " + listed.at("/items/%d/foundOutAt".formatted(at));
    }

    @Test
    void lines_find_out_which_numbers_have_whatsapp_by_what_comes_and_goes() {
        var leo = leoWithTwo();
        assertThat(desk().get("/patients/%s/phones".formatted(leo.id())).at("/items/0/onWhatsApp"))
                .isEqualTo("unknown");
        loop().hears(loop().voice.from(MOTHERS_E164).at(clock.instant()).writes("Hola"));
        assertThat(whatsApp(leo, 1)).isEqualTo("yes 2026-11-24T12:00:00Z");

        var visit = loop().books(leo.id(), "2026-12-01T13:00:00Z").id();
        loop().turn();
        var command = loop().command(visit, "confirmation");
        loop().hears(loop().voice.messageIs(command.messageId, command.providerMessageId, "failed", "not-on-whatsapp"));
        assertThat(whatsApp(leo, 0)).startsWith("no ");

        // A message that is older than what is known changes nothing; a newer one does.
        loop().hears(loop().voice
                .from(OWN_E164)
                .at(Instant.parse("2026-11-20T12:00:00Z"))
                .writes("Antes"));
        assertThat(whatsApp(leo, 0)).startsWith("no ");
        clock.set(Instant.parse("2026-11-25T12:00:00Z"));
        loop().hears(loop().voice.from(OWN_E164).at(clock.instant()).writes("Ahora sí"));
        assertThat(whatsApp(leo, 0)).isEqualTo("yes 2026-11-25T12:00:00Z");
    }

    @Test
    void a_number_that_its_holder_changed_is_changed_on_every_card_where_it_stands() {
        var leo = leoWithTwo();
        var token =
                Jwt.withTokenValue("t").header("alg", "none").subject("desk").build();
        SecurityContextHolder.getContext().setAuthentication(new JwtAuthenticationToken(token));
        try {
            loop().clinic
                    .inside(() -> transaction.executeWithoutResult(status ->
                            assertThat(numbers.moved(MOTHERS_E164, THIRD_E164)).containsExactly(leo.id())));
        } finally {
            SecurityContextHolder.clearContext();
        }
        assertThat(phones(read(leo))).containsExactly(OWN_E164 + " written", THIRD_E164);
        assertThat(read(leo).at("/phoneNumbers/1/ownerName")).isEqualTo("Gabriela");
    }

    @Test
    void who_is_reached_through_a_contact_follows_the_number_that_the_contact_chose() {
        var gabriela = register(named("Gabriela", "Quiroga", MOTHERS));
        var leo = register(named("Leo", "Quiroga", null));
        var household = new HashMap<String, @Nullable Object>(named("Gabriela", "Quiroga", MOTHERS));
        household.put(
                "members",
                List.of(
                        Map.of("patientId", gabriela.id(), "relationship", "self"),
                        Map.of("patientId", leo.id(), "relationship", "mother")));
        assertThat(desk().post("/households", household).status()).isEqualTo(201);
        assertThat(read(leo).at("/phone")).isEqualTo(MOTHERS_E164);

        var both = new HashMap<String, @Nullable Object>(named("Gabriela", "Quiroga", null));
        both.put("phoneNumbers", List.of(Map.of("phone", THIRD_E164), Map.of("phone", MOTHERS)));
        change(gabriela, both);
        assertThat(read(leo).at("/phone")).isEqualTo(THIRD_E164);
    }

    @Test
    void a_file_brings_several_numbers_with_their_owners_and_takes_them_out_again() {
        var leo = leoWithTwo();
        var owner = loop().clinic.owner();
        var file = owner.get("/patients/export");
        assertThat(file.text())
                .contains("Titular del teléfono,Otros teléfonos")
                .contains("propio,011 15-4444-0002 (madre Gabriela)");

        var other = clinics.open().owner();
        var sent = other.with("Content-Type", "application/octet-stream").post("/patient-imports", file.text());
        var fields = sent.json()
                .at("/columns")
                .valueStream()
                .map(column -> column.at("/field").asString())
                .toList();
        assertThat(fields).contains("phone-owner", "other-phones").doesNotContain("ignore");
        other.ifMatch(sent.etag())
                .put(
                        "/patient-imports/" + sent.id(),
                        Map.of("fields", fields, "updateExisting", false, "monthFirst", false));
        jobs.run();
        var checked = other.get("/patient-imports/" + sent.id());
        other.ifMatch(checked.etag()).send("POST", "/patient-imports/" + sent.id() + "/commit", null);
        jobs.run();
        var copy = other.post("/patients/search", Map.of("text", "4444-0002"));
        assertThat(copy.json().at("/items/0/phoneNumbers")).isEqualTo(leo.json().at("/phoneNumbers"));
    }

    @Test
    void a_copy_of_the_data_names_all_numbers_and_an_erasure_leaves_none() {
        var leo = leoWithTwo();
        var owner = loop().clinic.owner();
        assertThat(owner.get("/patients/%s/personal-data".formatted(leo.id())).text())
                .contains(MOTHERS_E164)
                .contains("Gabriela");
        var erased = owner.ifMatch(owner.get("/patients/" + leo.id()).etag())
                .send("POST", "/patients/%s/erase".formatted(leo.id()), null);
        assertThat(erased.status()).as(erased.text()).isBetween(200, 204);
        assertThat(rows(leo.id())).isZero();
        assertThat(found("4444-0002")).isEmpty();
    }

    private long rows(UUID patient) {
        return loop().clinic
                .inside(() -> Objects.requireNonNull(
                        transaction.execute(status -> jdbc.sql("select count(*) from patient_number where id = ?")
                                .param(patient)
                                .query(Long.class)
                                .single())));
    }
}
