package app.recado.conversations;

import static app.recado.testing.LoopClinic.at;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.CurrentOrganization;
import app.recado.messaging.OutboxWorker;
import app.recado.testing.Clinics;
import app.recado.testing.GatewayVoice;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@RecadoTest
class AnswersTest {

    private static final String ANA = "+5491123456789";

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
        clock.set(at("2026-11-23T12:00:00Z"));
        opened = LoopClinic.open(clinics, clock, worker);
    }

    private LoopClinic clinic() {
        return java.util.Objects.requireNonNull(opened);
    }

    private GatewayVoice voice() {
        return clinic().voice;
    }

    /** A visit whose confirmation has reached Ana. */
    private UUID told(String start) {
        var visit = clinic().books(clinic().patient("Ana", ANA), start).id();
        clinic().everythingIsSent();
        clock.advance(Duration.ofMinutes(5));
        return visit;
    }

    private void patientsNoCancels() {
        CurrentOrganization.run(
                clinic().clinic.id(),
                () -> transaction.executeWithoutResult(
                        status -> jdbc.sql("update organization set decline_action = 'cancel' where id = ?")
                                .param(clinic().clinic.id())
                                .update()));
    }

    private String last() {
        var inbound = clinic().lastInbound();
        return inbound.path("outcome").asString() + " " + inbound.path("reason").asString("-");
    }

    private String participation(UUID visit) {
        return clinic().read(visit).at("/participation");
    }

    private long open(String query) {
        return clinic().clinic
                .practitioner()
                .get("/inbound-messages" + query)
                .json()
                .path("items")
                .size();
    }

    @Test
    void a_yes_confirms_the_visit_and_stands_in_its_story() {
        var visit = told("2026-11-26T13:00:00Z");

        clinic().hears(voice().from(ANA).writes("Sí, confirmo 👍"));

        assertThat(participation(visit)).isEqualTo("accepted");
        assertThat(clinic().read(visit).at("/participationSource")).isEqualTo("patient");
        assertThat(last()).isEqualTo("accepted -");
        assertThat(open("?open=true")).isZero();
        assertThat(open("?open=false")).isEqualTo(1);
        var timeline = clinic().clinic
                .practitioner()
                .get("/appointments/" + visit + "/timeline")
                .text();
        assertThat(timeline).contains("\"answer\"").contains("\"message\"").contains("Sí, confirmo");
    }

    @Test
    void a_tapped_button_of_ours_confirms_whatever_is_written_on_it() {
        var visit = told("2026-11-26T13:00:00Z");

        clinic().hears(voice().from(ANA)
                .with("choice", Map.of("id", "recado-yes", "title", "Cuenten conmigo"))
                .writes("Cuenten conmigo"));

        assertThat(participation(visit)).isEqualTo("accepted");
        assertThat(last()).isEqualTo("accepted -");
    }

    @Test
    void a_no_is_recorded_and_left_to_staff_unless_the_clinic_wants_it_cancelled() {
        var visit = told("2026-11-26T13:00:00Z");
        clinic().hears(voice().from(ANA).writes("2"));
        assertThat(participation(visit)).isEqualTo("declined");
        assertThat(clinic().read(visit).at("/status")).isEqualTo("booked");
        assertThat(last()).isEqualTo("for-staff ask-staff");
        assertThat(open("?open=true")).isEqualTo(1);
        clock.set(at("2026-11-25T13:00:00Z"));
        clinic().turn();
        assertThat(clinic().message(visit, "reminder").path("reason").asString())
                .isEqualTo("patient-declined");

        patientsNoCancels();
        clinic().hears(voice().from(ANA).writes("no puedo"));
        assertThat(clinic().read(visit).at("/status")).isEqualTo("cancelled");
        assertThat(last()).isEqualTo("cancelled -");
        clinic().turn();
        assertThat(clinic().story(visit)).as("the patient knows").noneMatch(step -> step.startsWith("cancellation"));
    }

    @Test
    void a_stop_is_honoured_for_everybody_at_that_number() {
        var visit = told("2026-11-26T13:00:00Z");
        var child = clinic().books(clinic().patient("Hijo", ANA), "2026-11-26T15:00:00Z")
                .id();

        clinic().hears(voice().from(ANA).writes("BAJA"));
        clinic().turn();
        clock.set(at("2026-11-25T15:00:00Z"));
        clinic().turn();

        assertThat(last()).isEqualTo("opted-out -");
        assertThat(clinic().message(visit, "reminder").path("reason").asString())
                .isEqualTo("opted-out");
        assertThat(clinic().message(child, "reminder").path("reason").asString())
                .isEqualTo("opted-out");
        assertThat(clinic().commands())
                .as("the confirmation, and that messages stop")
                .hasSize(2);
    }

    @Test
    void with_two_visits_on_one_phone_only_a_quoted_message_says_which() {
        var mine = told("2026-11-26T13:00:00Z");
        var child = clinic().books(clinic().patient("Hijo", ANA), "2026-11-26T15:00:00Z")
                .id();
        clinic().everythingIsSent();
        clock.advance(Duration.ofMinutes(1));

        clinic().hears(voice().from(ANA).writes("1"));
        assertThat(last()).isEqualTo("for-staff ambiguous");
        assertThat(participation(mine)).isEqualTo("needs-action");

        var quoted = clinic().command(child, "confirmation").providerMessageId;
        clinic().hears(voice().from(ANA).quoting(quoted).writes("1"));
        assertThat(participation(child)).isEqualTo("accepted");
        assertThat(participation(mine)).isEqualTo("needs-action");
        clinic().hears(voice().from(ANA).kind("reaction").quoting(quoted).writes("👎"));
        assertThat(participation(child)).isEqualTo("declined");
    }

    @Test
    void staff_give_an_answer_that_could_mean_two_visits_to_the_right_one() {
        var mine = told("2026-11-26T13:00:00Z");
        var child = clinic().books(clinic().patient("Hijo", ANA), "2026-11-26T15:00:00Z")
                .id();
        var strangers = clinic().books(clinic().patient("Beto", "+5491123456780"), "2026-11-26T17:00:00Z")
                .id();
        clinic().everythingIsSent();
        clock.advance(Duration.ofMinutes(1));
        clinic().hears(voice().from(ANA).writes("1"));
        var path = "/inbound-messages/" + clinic().lastInbound().path("id").asString() + "/assign";
        var offered = clinic().clinic
                .practitioner()
                .get(path.replace("/assign", "/visits"))
                .json();
        assertThat(offered.path("accepts").asBoolean()).isTrue();
        assertThat(offered.path("items")
                        .valueStream()
                        .map(item -> item.path("appointmentId").asString()))
                .containsExactlyInAnyOrder(mine.toString(), child.toString());
        var staff = clinic().clinic.receptionist().ifMatch("\"v0\"");

        assertThat(staff.post(path, Map.of("appointmentId", strangers, "accepts", true))
                        .code())
                .isEqualTo("invalid-fields");
        var assigned = staff.post(path, Map.of("appointmentId", child, "accepts", true));

        assertThat(assigned.status()).as(assigned.text()).isEqualTo(200);
        assertThat(assigned.at("/outcome")).isEqualTo("accepted");
        assertThat(assigned.at("/handledBy")).startsWith("Test someone");
        assertThat(participation(child)).isEqualTo("accepted");
        assertThat(clinic().read(child).at("/participationSource")).isEqualTo("patient");
        assertThat(participation(mine)).isEqualTo("needs-action");
        assertThat(open("?open=true")).isZero();
        assertThat(clinic().clinic
                        .receptionist()
                        .ifMatch("\"v1\"")
                        .post(path, Map.of("appointmentId", mine, "accepts", true))
                        .code())
                .isEqualTo("message-not-in-that-state");
    }

    @Test
    void what_is_no_answer_never_touches_the_agenda_and_is_kept_with_its_reason() {
        var visit = told("2026-11-26T13:00:00Z");

        clinic().hears(voice().from(ANA).inGroup("123@g.us").writes("1"));
        assertThat(last()).isEqualTo("ignored group");
        clinic().hears(voice().from(ANA).fromTheClinicsPhone().writes("1"));
        assertThat(last()).isEqualTo("ignored own-message");
        clinic().hears(voice().from(ANA).kind("image").writes("1"));
        assertThat(last()).isEqualTo("for-staff unsupported-kind");
        clinic().hears(voice().from(ANA).writes("¿lo paso a las 4?"));
        assertThat(last()).isEqualTo("for-staff not-understood");
        assertThat(clinic().lastInbound().path("appointmentId").asString()).isEqualTo(visit.toString());
        clinic().hears(voice().from("+5491199999999").writes("1"));
        assertThat(last()).isEqualTo("for-staff no-live-notification");
        clinic().hears(voice().from(ANA).quoting("SOMETHING-ELSE").writes("1"));
        assertThat(last()).isEqualTo("for-staff no-live-notification");
        assertThat(participation(visit)).isEqualTo("needs-action");
    }

    @Test
    void an_answer_counts_again_when_the_visit_is_moved_back_before_anybody_was_told() {
        var visit = told("2026-11-26T13:00:00Z");
        clinic().hears(voice().from(ANA).writes("Sí, confirmo"));
        assertThat(participation(visit)).isEqualTo("accepted");
        clock.advance(Duration.ofMinutes(1));
        clinic().moves(visit, "2026-11-27T13:00:00Z");
        assertThat(participation(visit)).isEqualTo("needs-action");

        clinic().moves(visit, "2026-11-26T13:00:00Z");

        assertThat(participation(visit)).isEqualTo("accepted");
        assertThat(clinic().read(visit).at("/participationText")).isEqualTo("Sí, confirmo");
        assertThat(clinic().clinic
                        .receptionist()
                        .get("/appointments/" + visit + "/timeline")
                        .text())
                .contains("appointment-answer-restored");
        clinic().everythingIsSent();
        assertThat(clinic().message(visit, "reschedule").path("reason").asString())
                .isEqualTo("already-told");
    }

    @Test
    void an_answer_does_not_count_again_once_the_patient_was_told_of_the_move() {
        var visit = told("2026-11-26T13:00:00Z");
        clinic().hears(voice().from(ANA).writes("1"));
        clock.advance(Duration.ofMinutes(1));
        clinic().moves(visit, "2026-11-27T13:00:00Z");
        clinic().everythingIsSent();
        clock.advance(Duration.ofMinutes(1));

        clinic().moves(visit, "2026-11-26T13:00:00Z");

        assertThat(participation(visit)).isEqualTo("needs-action");
        clinic().everythingIsSent();
        assertThat(clinic().message(visit, "reschedule").path("state").asString())
                .as("asked anew")
                .isEqualTo("sent");
    }

    @Test
    void an_answer_that_counted_again_is_forgotten_when_the_notice_of_the_move_had_left_after_all() {
        var visit = told("2026-11-26T13:00:00Z");
        clinic().hears(voice().from(ANA).writes("1"));
        clock.advance(Duration.ofMinutes(1));
        clinic().moves(visit, "2026-11-27T13:00:00Z");
        clinic().turn();
        clinic().command(visit, "reschedule").state = "sent"; // nobody has heard of it yet
        clinic().moves(visit, "2026-11-26T13:00:00Z");
        assertThat(participation(visit)).isEqualTo("accepted");

        clinic().turn();

        assertThat(participation(visit)).isEqualTo("needs-action");
    }

    @Test
    void a_no_counts_again_as_a_no_and_cancels_nothing() {
        var visit = told("2026-11-26T13:00:00Z");
        clinic().hears(voice().from(ANA).writes("2"));
        clock.advance(Duration.ofMinutes(1));
        clinic().moves(visit, "2026-11-27T13:00:00Z");

        clinic().moves(visit, "2026-11-26T13:00:00Z");

        assertThat(participation(visit)).isEqualTo("declined");
        assertThat(clinic().read(visit).at("/status")).isEqualTo("booked");
    }

    @Test
    void an_answer_to_a_superseded_version_never_changes_the_agenda() {
        var visit = told("2026-11-26T13:00:00Z");
        var written = clock.instant();
        var old = clinic().command(visit, "confirmation").providerMessageId;
        clock.advance(Duration.ofMinutes(1));
        clinic().moves(visit, "2026-11-27T13:00:00Z");
        clinic().everythingIsSent();
        clock.advance(Duration.ofMinutes(1));

        clinic().hears(voice().from(ANA).at(written).writes("1"));
        assertThat(last()).isEqualTo("for-staff no-live-notification");
        clinic().hears(voice().from(ANA).quoting(old).writes("2"));
        assertThat(last()).isEqualTo("for-staff superseded");
        assertThat(participation(visit)).isEqualTo("needs-action");

        clinic().hears(voice().from(ANA).writes("1"));
        assertThat(participation(visit)).isEqualTo("accepted");
    }

    @Test
    void the_answer_written_last_wins_whatever_arrives_last() {
        var visit = told("2026-11-26T13:00:00Z");
        var early = clock.instant();
        var late = clock.advance(Duration.ofMinutes(10));

        clinic().hears(voice().from(ANA).at(late).writes("1"));
        clinic().hears(voice().from(ANA).at(early).writes("2"));

        assertThat(participation(visit)).isEqualTo("accepted");
        assertThat(last()).isEqualTo("ignored older-answer");
        patientsNoCancels();
        clinic().hears(voice().from(ANA).at(early).writes("no puedo"));
        assertThat(clinic().read(visit).at("/status")).isEqualTo("booked");
    }

    @Test
    void a_message_is_kept_once_whatever_is_repeated() {
        told("2026-11-26T13:00:00Z");
        var event = voice().from(ANA).id("A1").writes("hola");

        clinic().hears(event, event);
        clinic().hears(event);
        clinic().hears(voice().from(ANA).id("A1").writes("hola")); // another event about the same message
        clinic().hears(voice().from("+5491199999999").id("A1").writes("hola")); // another chat, another message

        assertThat(open("")).isEqualTo(2);
    }

    @Test
    void staff_take_care_of_what_waits_for_them() {
        clinic().hears(voice().from(ANA).writes("hola\u0000 ¿atienden?"));
        var inbound = clinic().lastInbound();
        assertThat(inbound.path("text").asString()).startsWith("hola");
        var path = "/inbound-messages/" + inbound.path("id").asString() + "/handle";

        assertThat(clinic().clinic.receptionist().post(path, null).code()).isEqualTo("if-match-required");
        var handled = clinic().clinic.receptionist().ifMatch("\"v0\"").post(path, null);

        assertThat(handled.status()).isEqualTo(200);
        assertThat(handled.at("/handledBy")).startsWith("Test someone");
        assertThat(open("?open=true")).isZero();
        assertThat(clinics.open().owner().ifMatch("\"v1\"").post(path, Map.of()).status())
                .isEqualTo(404);
    }
}
