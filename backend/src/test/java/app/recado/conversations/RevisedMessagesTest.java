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
import tools.jackson.databind.JsonNode;

/** What people change or take back after they wrote it, and what is no text at all. */
@RecadoTest
class RevisedMessagesTest {

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

    private GatewayVoice.Inbound ana() {
        clock.advance(Duration.ofSeconds(10));
        return voice().from(ANA);
    }

    /** A visit whose confirmation has reached Ana. */
    private UUID told(String start) {
        var visit = clinic().books(clinic().patient("Ana", ANA), start).id();
        clinic().everythingIsSent();
        clock.advance(Duration.ofMinutes(5));
        return visit;
    }

    private String confirmationOf(UUID visit) {
        return clinic().command(visit, "confirmation").providerMessageId;
    }

    private String participation(UUID visit) {
        return clinic().read(visit).at("/participation");
    }

    private String last() {
        var inbound = clinic().lastInbound();
        return inbound.path("outcome").asString() + " " + inbound.path("reason").asString("-");
    }

    private JsonNode items(String query) {
        return clinic().clinic
                .practitioner()
                .get("/inbound-messages" + query)
                .json()
                .path("items");
    }

    private void patientsNoCancels() {
        CurrentOrganization.run(
                clinic().clinic.id(),
                () -> transaction.executeWithoutResult(
                        status -> jdbc.sql("update organization set decline_action = 'cancel' where id = ?")
                                .param(clinic().clinic.id())
                                .update()));
    }

    @Test
    void an_edit_shows_the_new_words_keeps_the_old_ones_and_is_read_again() {
        var visit = told("2026-11-26T13:00:00Z");
        clinic().hears(ana().id("A1").writes("hkala"));
        assertThat(last()).isEqualTo("for-staff not-understood");

        var edit = ana().kind("edit").about("A1").writes("Sí, confirmo");
        clinic().hears(edit);
        clinic().hears(ana().kind("edit").about("A1").writes("Sí, confirmo"));

        assertThat(items("")).hasSize(1);
        var shown = clinic().lastInbound();
        assertThat(shown.path("text").asString()).isEqualTo("Sí, confirmo");
        assertThat(shown.at("/earlierTexts/0/text").asString()).isEqualTo("hkala");
        assertThat(shown.path("earlierTexts")).hasSize(1);
        assertThat(last()).isEqualTo("accepted -");
        assertThat(participation(visit)).isEqualTo("accepted");
    }

    @Test
    void an_edit_that_says_something_else_undoes_the_answer_and_never_acts_by_itself() {
        patientsNoCancels();
        var visit = told("2026-11-26T13:00:00Z");
        clinic().hears(ana().id("A1").writes("1"));
        assertThat(participation(visit)).isEqualTo("accepted");

        clinic().hears(ana().kind("edit").about("A1").writes("2"));

        assertThat(clinic().read(visit).at("/status")).as("no edit cancels").isEqualTo("booked");
        assertThat(participation(visit)).isEqualTo("needs-action");
        assertThat(last()).isEqualTo("for-staff edited");
        assertThat(clinic().lastInbound().path("appointmentId").asString()).isEqualTo(visit.toString());
    }

    @Test
    void an_edit_after_something_else_happened_changes_nothing_and_is_for_staff() {
        var visit = told("2026-11-26T13:00:00Z");
        clinic().hears(ana().id("A1").writes("1"));
        clinic().hears(ana().id("A2").writes("Sí"));

        clinic().hears(ana().kind("edit").about("A1").writes("¿puede ser más tarde?"));

        assertThat(participation(visit)).isEqualTo("accepted");
        assertThat(items("?open=true").at("/0/reason").asString()).isEqualTo("edited");
    }

    @Test
    void an_edit_to_the_same_meaning_and_an_older_edit_leave_the_answer_alone() {
        var visit = told("2026-11-26T13:00:00Z");
        clinic().hears(ana().id("A1").writes("si"));
        var early = clock.instant();
        clock.advance(Duration.ofMinutes(1));
        clinic().hears(ana().kind("edit").about("A1").writes("Sí, confirmo"));
        clinic().hears(voice().from(ANA).at(early).kind("edit").about("A1").writes("No"));

        assertThat(participation(visit)).isEqualTo("accepted");
        assertThat(last()).isEqualTo("accepted -");
        assertThat(clinic().lastInbound().path("text").asString()).isEqualTo("Sí, confirmo");
    }

    @Test
    void an_edit_of_what_somebody_took_care_of_is_shown_to_them_again() {
        told("2026-11-26T13:00:00Z");
        clinic().hears(ana().id("A1").writes("¿puedo ir a las 4?"));
        var id = clinic().lastInbound().path("id").asString();
        clinic().clinic.receptionist().ifMatch("\"v0\"").post("/inbound-messages/" + id + "/handle", null);
        assertThat(items("?open=true")).isEmpty();

        clinic().hears(ana().kind("edit").about("A1").writes("1"));

        assertThat(items("?open=true").at("/0/reason").asString()).isEqualTo("edited");
    }

    @Test
    void nobody_edits_what_somebody_else_wrote_and_an_edit_that_came_alone_counts() {
        var visit = told("2026-11-26T13:00:00Z");
        clinic().hears(ana().id("A1").writes("hola"));
        clinic().hears(voice().from("+5491199999999").kind("edit").about("A1").writes("1"));
        assertThat(items("")).hasSize(2);
        assertThat(participation(visit)).isEqualTo("needs-action");

        clinic().hears(ana().kind("edit").about("A7").writes("1"));
        clinic().hears(ana().id("A7").writes("7"));

        assertThat(participation(visit)).isEqualTo("accepted");
        assertThat(items("")).as("the first words came late").hasSize(3);
    }

    @Test
    void what_is_deleted_stays_marked_and_an_answer_in_it_no_longer_stands() {
        var visit = told("2026-11-26T13:00:00Z");
        clinic().hears(ana().id("A1").writes("1"));

        clinic().hears(ana().kind("delete").about("A1").sends());
        clinic().hears(ana().kind("delete").about("A1").sends());

        var shown = clinic().lastInbound();
        assertThat(shown.path("text").asString()).isEqualTo("1");
        assertThat(shown.path("revokedAt").isNull()).isFalse();
        assertThat(last()).isEqualTo("for-staff revoked");
        assertThat(participation(visit)).isEqualTo("needs-action");
    }

    @Test
    void a_thumb_on_the_notification_answers_and_taking_it_back_withdraws_the_answer() {
        var visit = told("2026-11-26T13:00:00Z");
        var ours = confirmationOf(visit);

        clinic().hears(ana().kind("reaction").about(ours).writes("👍"));
        assertThat(participation(visit)).isEqualTo("accepted");
        clinic().hears(ana().kind("reaction").about(ours).writes("👎"));
        assertThat(participation(visit)).as("the newest wins").isEqualTo("declined");
        clinic().hears(ana().kind("reaction").about(ours).sends());

        assertThat(participation(visit)).isEqualTo("needs-action");
        assertThat(last()).isEqualTo("ignored answer-withdrawn");
    }

    @Test
    void a_heart_says_nothing_but_takes_back_the_thumb_in_whose_place_it_is() {
        var visit = told("2026-11-26T13:00:00Z");
        var ours = confirmationOf(visit);
        clinic().hears(ana().kind("reaction").about(ours).writes("❤️"));
        assertThat(last()).isEqualTo("ignored unsupported-kind");
        assertThat(participation(visit)).isEqualTo("needs-action");
        clinic().hears(ana().kind("reaction").about(ours).writes("👍"));
        assertThat(participation(visit)).isEqualTo("accepted");

        clinic().hears(ana().kind("reaction").about(ours).writes("❤️"));

        assertThat(participation(visit)).isEqualTo("needs-action");
        assertThat(last()).isEqualTo("ignored answer-withdrawn");
        clinic().hears(ana().kind("reaction").about(ours).sends());
        assertThat(last()).as("the heart was no answer").isEqualTo("ignored reaction-taken-back");
    }

    @Test
    void a_heart_in_the_place_of_a_thumb_is_for_staff_once_words_said_the_same() {
        var visit = told("2026-11-26T13:00:00Z");
        clinic().hears(ana().writes("1"));
        clinic().hears(ana().kind("reaction").about(confirmationOf(visit)).writes("👍"));

        clinic().hears(ana().kind("reaction").about(confirmationOf(visit)).writes("❤️"));

        assertThat(participation(visit)).isEqualTo("accepted");
        assertThat(last()).isEqualTo("for-staff reaction-taken-back");
    }

    @Test
    void a_thumb_that_arrives_after_what_took_its_place_does_nothing() {
        var visit = told("2026-11-26T13:00:00Z");
        var ours = confirmationOf(visit);
        var thumb = ana().kind("reaction").about(ours).writes("👍");

        clinic().hears(ana().kind("reaction").about(ours).writes("❤️"));
        clinic().hears(thumb);

        assertThat(last()).isEqualTo("ignored older-answer");
        assertThat(participation(visit)).isEqualTo("needs-action");
    }

    @Test
    void a_thumb_taken_back_after_words_said_the_same_is_for_staff() {
        var visit = told("2026-11-26T13:00:00Z");
        var ours = confirmationOf(visit);
        clinic().hears(ana().writes("1"));
        clinic().hears(ana().kind("reaction").about(ours).writes("👍"));

        clinic().hears(ana().kind("reaction").about(ours).sends());

        assertThat(participation(visit)).isEqualTo("accepted");
        assertThat(last()).isEqualTo("for-staff reaction-taken-back");
    }

    @Test
    void a_thumb_on_what_staff_wrote_does_nothing() {
        var visit = told("2026-11-26T13:00:00Z");
        var patient = clinic().read(visit).at("/patient/id");
        var sent = clinic().clinic
                .receptionist()
                .post(
                        "/messages",
                        Map.of("patientId", patient, "content", Map.of("kind", "text", "text", "Traiga su DNI")));
        assertThat(sent.status()).as(sent.text()).isEqualTo(201);
        clinic().everythingIsSent();
        var manual = clinic().commands().getLast().providerMessageId;

        clinic().hears(ana().kind("reaction").about(manual).writes("👍"));

        assertThat(last()).isEqualTo("ignored unsupported-kind");
        assertThat(participation(visit)).isEqualTo("needs-action");
    }

    @Test
    void a_missed_call_and_what_only_the_phone_can_show_wait_for_staff() {
        clinic().hears(ana().id("C1")
                .kind("call")
                .with("call", Map.of("video", false, "missed", true))
                .sends());
        assertThat(last()).isEqualTo("for-staff missed-call");
        assertThat(clinic().lastInbound().at("/call/missed").asBoolean()).isTrue();
        clinic().hears(ana().id("C2")
                .kind("call")
                .with("call", Map.of("video", true, "missed", false))
                .sends());
        assertThat(last()).isEqualTo("ignored call-taken");

        clinic().hears(ana().id("U1")
                .kind("unavailable")
                .with("stub", Map.of("reason", "view-once"))
                .sends());
        assertThat(last()).isEqualTo("for-staff open-phone");
        assertThat(clinic().lastInbound().path("unavailable").asString()).isEqualTo("view-once");
    }

    @Test
    void content_that_comes_after_all_takes_the_place_of_its_stub_and_is_read() {
        var visit = told("2026-11-26T13:00:00Z");
        clinic().hears(ana().id("U1")
                .kind("unavailable")
                .with("stub", Map.of("reason", "not-decrypted"))
                .sends());

        clinic().hears(ana().id("U1").writes("1"));
        clinic().hears(ana().id("U1")
                .kind("unavailable")
                .with("stub", Map.of("reason", "not-decrypted"))
                .sends());

        assertThat(items("")).hasSize(1);
        assertThat(participation(visit)).isEqualTo("accepted");
        assertThat(clinic().lastInbound().path("unavailable").isNull()).isTrue();
    }

    @Test
    void groups_never_wait_for_staff_and_posts_are_not_kept() {
        clinic().hears(ana().inGroup("123@g.us").writes("1"));
        assertThat(last()).isEqualTo("ignored group");
        clinic().hears(
                        ana().inChat("status", "status@broadcast").writes("feliz"),
                        ana().inChat("newsletter", "1@newsletter").writes("nota"),
                        ana().inChat("other", "13135550002@bot").writes("hola"));

        assertThat(items("")).hasSize(1);
        assertThat(items("?open=true")).isEmpty();
    }
}
