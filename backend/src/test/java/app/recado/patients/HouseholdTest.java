package app.recado.patients;

import static app.recado.patients.PatientRegisterTest.named;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.retention.Retained;
import app.recado.messaging.OutboxWorker;
import app.recado.testing.Api;
import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.transaction.support.TransactionTemplate;

/** A mother's phone for three children: who is written to, who is greeted, who answers, and who is found. */
@RecadoTest
class HouseholdTest {

    private static final String PHONE = "011 15-2345-6789";
    private static final String E164 = "+5491123456789";
    private static final String OTHER_PHONE = "011 15-4444-0002";
    private static final String OTHER_E164 = "+5491144440002";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    PatientNumbers numbers;

    @Autowired
    Retained householdsOfNobody;

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

    private static Map<UUID, String> are(Object... patientsAndRelationships) {
        var members = new LinkedHashMap<UUID, String>();
        for (int i = 0; i < patientsAndRelationships.length; i += 2) {
            members.put((UUID) patientsAndRelationships[i], (String) patientsAndRelationships[i + 1]);
        }
        return members;
    }

    private static Map<String, @Nullable Object> household(String given, String phone, Map<UUID, String> members) {
        var body = new HashMap<String, @Nullable Object>(named(given, "Quiroga", phone));
        var listed = new ArrayList<Map<String, Object>>();
        members.forEach((id, relationship) -> listed.add(Map.of("patientId", id, "relationship", relationship)));
        body.put("members", listed);
        return body;
    }

    private Answer create(Map<UUID, String> members) {
        var answer = desk().post("/households", household("Gabriela", PHONE, members));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    private Answer householdOf(UUID patient) {
        return desk().get("/patients/%s/households".formatted(patient));
    }

    private Answer card(UUID patient) {
        return desk().get("/patients/" + patient);
    }

    private Answer correct(UUID patient, Map<String, @Nullable Object> card) {
        var answer = desk().ifMatch(card(patient).etag()).put("/patients/" + patient, card);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    /** How the confirmation of a new visit begins. */
    private String greeting(UUID patient, String start) {
        var visit = loop().books(patient, start);
        loop().turn();
        return loop().message(visit.id(), "confirmation").path("text").asString();
    }

    private String participation(UUID visit) {
        return loop().read(visit).at("/participation");
    }

    private List<String> found(String text) {
        return desk().post("/patients/search", Map.of("text", text))
                .json()
                .at("/items")
                .valueStream()
                .map(one -> one.path("id").asString())
                .toList();
    }

    private long rows(String table, String condition) {
        return loop().clinic
                .inside(() -> Objects.requireNonNull(transaction.execute(
                        status -> jdbc.sql("select count(*) from %s where %s".formatted(table, condition))
                                .query(Long.class)
                                .single())));
    }

    @Test
    void the_contact_is_greeted_and_the_patient_is_named_where_the_contact_answers() {
        var leo = loop().patient("Leo", null);
        var pia = loop().patient("Pía", "011 15-4444-0001"); // with a phone of her own
        var gabriela = loop().patient("Gabriela", PHONE);
        var household = create(are(leo, "mother", pia, "mother", gabriela, "self"));
        assertThat(household.etag()).isEqualTo("\"v0\"");
        assertThat(desk().get("/households/" + household.id()).json()).isEqualTo(household.json());
        assertThat(card(leo).at("/phone")).isEqualTo(E164);
        assertThat(greeting(leo, "2026-12-01T13:00:00Z")).startsWith("Hola, Gabriela (por Leo).");
        assertThat(greeting(pia, "2026-12-01T14:00:00Z")).startsWith("Hola, Pía.");
        assertThat(greeting(gabriela, "2026-12-01T15:00:00Z")).startsWith("Hola, Gabriela.");
        var members = householdOf(leo).json().at("/items/0/members");
        assertThat(members.valueStream()
                        .filter(one -> one.path("throughContact").asBoolean())
                        .map(one -> one.path("displayName").asString()))
                .containsExactly("Leo Núñez");

        var english = new HashMap<String, @Nullable Object>(named("Leo", "Núñez", PHONE));
        english.put("language", "en");
        correct(leo, english);
        assertThat(greeting(leo, "2026-12-02T13:00:00Z")).startsWith("Hello Gabriela (for Leo),");
        // A phone of their own, and they are addressed themselves.
        correct(leo, named("Leo", "Núñez", "011 15-4444-0003"));
        assertThat(greeting(leo, "2026-12-02T14:00:00Z")).startsWith("Hello Leo,");
    }

    @Test
    void who_has_the_contacts_number_follows_when_it_changes_and_is_greeted_alone_without_a_household() {
        var leo = loop().patient("Leo", null);
        var pia = loop().patient("Pía", "011 15-4444-0001");
        var household = create(are(leo, "mother", pia, "mother"));
        var moved = desk().ifMatch(household.etag())
                .put(
                        "/households/" + household.id(),
                        household("Gabriela", OTHER_PHONE, are(leo, "mother", pia, "guardian")));
        assertThat(moved.status()).as(moved.text()).isEqualTo(200);
        assertThat(card(leo).at("/phone")).isEqualTo(OTHER_E164);
        assertThat(card(pia).at("/phone")).isEqualTo("+5491144440001");
        assertThat(desk().ifMatch(household.etag())
                        .put("/households/" + household.id(), household("Eva", PHONE, are(leo, "mother")))
                        .status())
                .isEqualTo(412);
        assertThat(desk().ifMatch(household.etag())
                        .delete("/households/" + household.id())
                        .status())
                .isEqualTo(412);
        assertThat(desk().ifMatch(moved.etag())
                        .delete("/households/" + household.id())
                        .status())
                .isEqualTo(204);
        assertThat(desk().get("/households/" + household.id()).status()).isEqualTo(404);
        assertThat(householdOf(leo).json().at("/items").isEmpty()).isTrue();
        assertThat(greeting(leo, "2026-12-01T13:00:00Z")).startsWith("Hola, Leo.");
    }

    @Test
    void a_new_number_on_the_contacts_own_card_is_everybodys_who_was_reached_at_the_old_one() {
        var leo = loop().patient("Leo", null);
        var gabriela = loop().patient("Gabriela", PHONE);
        var neighbour = loop().patient("Vecina", PHONE); // the same phone, no household
        create(are(leo, "mother", gabriela, "self"));
        correct(gabriela, named("Gabriela", "Núñez", OTHER_PHONE));
        assertThat(card(leo).at("/phone")).isEqualTo(OTHER_E164);
        assertThat(card(neighbour).at("/phone")).isEqualTo(E164);
        assertThat(householdOf(leo).at("/items/0/phone")).isEqualTo(OTHER_E164);
        assertThat(greeting(leo, "2026-12-01T13:00:00Z")).startsWith("Hola, Gabriela (por Leo).");
    }

    @Test
    void a_child_who_gets_a_number_takes_nobody_along() {
        var leo = loop().patient("Leo", null);
        var pia = loop().patient("Pía", null);
        create(are(leo, "mother", pia, "mother"));
        correct(leo, named("Leo", "Núñez", OTHER_PHONE));
        assertThat(card(pia).at("/phone")).isEqualTo(E164);
        assertThat(householdOf(pia).at("/items/0/phone")).isEqualTo(E164);
    }

    @Test
    void a_number_that_the_network_says_has_changed_is_the_households_too() {
        var leo = loop().patient("Leo", null);
        create(are(leo, "mother"));
        var token =
                Jwt.withTokenValue("t").header("alg", "none").subject("desk").build();
        SecurityContextHolder.getContext().setAuthentication(new JwtAuthenticationToken(token));
        try {
            loop().clinic
                    .inside(() -> transaction.executeWithoutResult(status ->
                            assertThat(numbers.moved(E164, OTHER_E164)).containsExactly(leo)));
        } finally {
            SecurityContextHolder.clearContext();
        }
        assertThat(householdOf(leo).at("/items/0/phone")).isEqualTo(OTHER_E164);
        assertThat(greeting(leo, "2026-12-01T13:00:00Z")).startsWith("Hola, Gabriela (por Leo).");
    }

    @Test
    void an_answer_from_the_contacts_phone_is_of_the_child_it_quotes_and_for_staff_when_it_could_be_of_two() {
        var leo = loop().patient("Leo", null);
        var pia = loop().patient("Pía", null);
        create(are(leo, "mother", pia, "mother"));
        var visitOfLeo = loop().books(leo, "2026-12-01T13:00:00Z").id();
        loop().everythingIsSent();
        clock.advance(Duration.ofMinutes(5));
        loop().hears(loop().voice.from(E164).writes("1"));
        assertThat(participation(visitOfLeo)).isEqualTo("accepted");

        var visitOfPia = loop().books(pia, "2026-12-01T14:00:00Z").id();
        loop().everythingIsSent();
        clock.advance(Duration.ofMinutes(5));
        loop().hears(loop().voice.from(E164).writes("2"));
        assertThat(participation(visitOfLeo)).isEqualTo("accepted");
        assertThat(participation(visitOfPia)).isEqualTo("needs-action");
        var unclear = loop().lastInbound();
        assertThat(unclear.path("reason").asString()).isEqualTo("ambiguous");
        assertThat(desk().get("/inbound-messages/%s/visits"
                                .formatted(unclear.path("id").asString()))
                        .json()
                        .at("/items")
                        .valueStream()
                        .map(one -> one.at("/patient/displayName").asString()))
                .containsExactly("Leo Núñez", "Pía Núñez");

        var about = loop().command(visitOfPia, "confirmation").providerMessageId;
        loop().hears(loop().voice.from(E164).quoting(about).writes("2"));
        assertThat(participation(visitOfPia)).isEqualTo("declined");
        assertThat(participation(visitOfLeo)).isEqualTo("accepted");
    }

    @Test
    void a_stop_from_the_contacts_phone_is_of_everybody_reached_there_also_of_who_comes_later() {
        var leo = loop().patient("Leo", null);
        var pia = loop().patient("Pía", "011 15-4444-0001");
        var household = create(are(leo, "mother", pia, "mother"));
        loop().hears(loop().voice.from(E164).writes("BAJA"));
        assertThat(card(leo).at("/messaging")).isEqualTo("opted-out");
        assertThat(card(pia).at("/messaging")).isEqualTo("allowed");
        var eva = loop().patient("Eva", null);
        var added = desk().ifMatch(household.etag())
                .put(
                        "/households/" + household.id(),
                        household("Gabriela", PHONE, are(leo, "mother", pia, "mother", eva, "mother")));
        assertThat(added.status()).as(added.text()).isEqualTo(200);
        assertThat(card(eva).at("/phone")).isEqualTo(E164);
        assertThat(card(eva).at("/messaging")).isEqualTo("opted-out");
    }

    @Test
    void a_household_follows_a_merge_and_the_contact_is_never_greeted_for_themselves() {
        var leo = loop().patient("Leo", null);
        var twin = loop().patient("Leonardo", null);
        var gabriela = loop().patient("Gabriela", PHONE);
        var household = create(are(leo, "mother", twin, "mother", gabriela, "self"));
        var merged = merge(card(leo), card(twin));
        assertThat(merged.status()).as(merged.text()).isEqualTo(200);
        assertThat(householdOf(leo).json().at("/items/0/members").size()).isEqualTo(2);
        assertThat(greeting(leo, "2026-12-01T13:00:00Z")).startsWith("Hola, Gabriela (por Leo).");
        var undone = desk().ifMatch(card(leo).etag())
                .post("/patients/%s/merges/%s/undo".formatted(leo, merged.at("/merge/id")), null);
        assertThat(undone.status()).as(undone.text()).isEqualTo(200);
        assertThat(householdOf(twin).at("/items/0/id")).isEqualTo(household.id().toString());

        assertThat(merge(card(gabriela), card(twin)).status()).isEqualTo(200);
        assertThat(householdOf(gabriela)
                        .json()
                        .at("/items/0/members")
                        .valueStream()
                        .filter(one -> one.path("patientId").asString().equals(gabriela.toString()))
                        .map(one -> one.path("relationship").asString()))
                .containsExactly("self");
        assertThat(greeting(gabriela, "2026-12-01T15:00:00Z")).startsWith("Hola, Gabriela.");
    }

    @Test
    void a_merge_that_gives_the_contact_another_number_gives_it_to_the_household_and_its_undoing_takes_it_back() {
        var leo = loop().patient("Leo", null);
        var pia = loop().patient("Pía", null);
        var gabriela = loop().patient("Gabriela", PHONE);
        var twin = loop().patient("Gabriela", OTHER_PHONE);
        create(are(leo, "mother", gabriela, "self"));
        desk().post("/households", household("Gabriela", OTHER_PHONE, are(pia, "mother", twin, "self")));
        assertThat(desk().get("/patients/%1$s/merge/%1$s".formatted(leo)).code())
                .isEqualTo("invalid-fields");

        var merged = desk().ifMatch(card(gabriela).etag())
                .post(
                        "/patients/%s/merge".formatted(gabriela),
                        Map.of("patientId", twin, "version", 0, "take", List.of("phone")));
        assertThat(merged.at("/patient/phone")).as(merged.text()).isEqualTo(OTHER_E164);
        for (var child : List.of(leo, pia)) {
            assertThat(householdOf(child).at("/items/0/phone")).isEqualTo(OTHER_E164);
            assertThat(card(child).at("/phone")).isEqualTo(OTHER_E164);
        }
        var undone = desk().ifMatch(card(gabriela).etag())
                .post("/patients/%s/merges/%s/undo".formatted(gabriela, merged.at("/merge/id")), null);
        assertThat(undone.status()).as(undone.text()).isEqualTo(200);
        assertThat(householdOf(leo).at("/items/0/phone")).isEqualTo(E164);
        assertThat(card(leo).at("/phone")).isEqualTo(E164);
        assertThat(householdOf(pia).at("/items/0/phone")).isEqualTo(OTHER_E164);

        // The other way round: the card that goes was a contact, and the number that stays is the survivor's.
        var again = merge(card(gabriela), card(twin));
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(householdOf(pia).at("/items/0/phone")).isEqualTo(E164);
        assertThat(card(pia).at("/phone")).isEqualTo(E164);
    }

    private Answer merge(Answer survivor, Answer replaced) {
        return desk().ifMatch(survivor.etag())
                .post(
                        "/patients/%s/merge".formatted(survivor.id()),
                        Map.of("patientId", replaced.id(), "version", Long.parseLong(replaced.at("/version"))));
    }

    @Test
    void a_household_that_is_written_while_a_member_is_merged_keeps_nobody_who_is_no_patient() throws Exception {
        for (int round = 0; round < 4; round++) {
            var ana = loop().patient("Ana", null);
            var twin = loop().patient("Ana", "011 15-4444-000" + round);
            var seen = card(ana);
            var other = card(twin);
            var together = new CyclicBarrier(2);
            Callable<Answer> writing = () -> {
                together.await();
                return desk().post("/households", household("Gabriela", PHONE, are(twin, "mother")));
            };
            Callable<Answer> merging = () -> {
                together.await();
                return merge(seen, other);
            };
            try (var threads = Executors.newFixedThreadPool(2)) {
                var written = threads.submit(writing);
                var merged = threads.submit(merging);
                assertThat(merged.get().status()).as(merged.get().text()).isEqualTo(200);
                assertThat(written.get().status()).as(written.get().text()).isIn(201, 422);
                assertThat(rows("household_member", "patient_id = '%s'".formatted(twin)))
                        .isZero();
                assertThat(rows("household_member", "patient_id = '%s'".formatted(ana)))
                        .isEqualTo(written.get().status() == 201 ? 1 : 0);
            }
        }
    }

    @Test
    void children_are_found_by_the_name_and_the_phone_of_whoever_answers_for_them() {
        var leo = loop().patient("Leo", null);
        loop().patient("Eva", null);
        var household = create(are(leo, "mother"));
        for (var typed : List.of("gabriela", "quiroga gab", "11 2345-6789")) {
            assertThat(found(typed)).as(typed).containsExactly(leo.toString());
        }
        assertThat(found("gabriela paz")).isEmpty();
        var namesake = loop().patient("Gabriela", null);
        assertThat(found("gabriela"))
                .as("who is called so stands first")
                .containsExactly(namesake.toString(), leo.toString());
        desk().ifMatch(household.etag()).delete("/households/" + household.id());
        assertThat(found("gabriela")).containsExactly(namesake.toString());
    }

    @Test
    void a_household_of_patients_who_are_gone_goes_too() {
        var household = create(are(loop().patient("Leo", null), "mother"));
        create(are(loop().patient("Eva", null), "mother"));
        loop().clinic
                .inside(() -> transaction.executeWithoutResult(status -> {
                    jdbc.sql("delete from household_member where household_id = ?")
                            .param(household.id())
                            .update();
                    assertThat(householdsOfNobody.remove(clock.instant(), 10).records())
                            .as("written just now")
                            .isZero();
                    assertThat(householdsOfNobody
                                    .remove(clock.instant().plusSeconds(1), 10)
                                    .records())
                            .isOne();
                }));
        assertThat(desk().get("/households/" + household.id()).status()).isEqualTo(404);
        assertThat(rows("household", "true")).isOne();
    }

    @Test
    void what_cannot_be_is_refused_at_its_field() {
        var leo = loop().patient("Leo", null);
        var strangers = LoopClinic.open(clinics, clock, worker).patient("Ana", null);
        for (var nobody : List.of(UUID.randomUUID(), strangers)) {
            var unknown =
                    desk().post("/households", household("Gabriela", PHONE, are(leo, "mother", nobody, "mother")));
            assertThat(unknown.code()).isEqualTo("patient-unknown");
            assertThat(unknown.at("/errors/0/pointer")).isEqualTo("/members/1/patientId");
        }
        assertThat(card(leo).json().at("/phone").isNull())
                .as("nothing was done")
                .isTrue();
        assertThat(pointer(household("Gabriela", "12", are(leo, "mother")))).isEqualTo("/phone");
        var nameless = household("", PHONE, are(leo, "mother"));
        nameless.put("familyName", "");
        assertThat(pointer(nameless)).isEqualTo("/givenName");
        assertThat(pointer(household("Gabriela", PHONE, Map.of()))).isEqualTo("/members");
        assertThat(pointer(household("Gabriela", PHONE, are(leo, "self", loop().patient("Eva", null), "self"))))
                .isEqualTo("/members/1/relationship");
        var twice = household("Gabriela", PHONE, are(leo, "mother"));
        var member = Map.of("patientId", leo, "relationship", "mother");
        twice.put("members", List.of(member, member));
        assertThat(pointer(twice)).isEqualTo("/members/1/patientId");
    }

    private String pointer(Map<String, @Nullable Object> body) {
        var answer = desk().post("/households", body);
        assertThat(answer.code()).as(answer.text()).isEqualTo("invalid-fields");
        return answer.at("/errors/0/pointer");
    }
}
