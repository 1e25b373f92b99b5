package app.recado.conversations;

import static app.recado.testing.LoopClinic.at;
import static app.recado.testing.LoopClinic.created;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.CurrentOrganization;
import app.recado.messaging.OutboxWorker;
import app.recado.testing.Clinics;
import app.recado.testing.FakeGateway;
import app.recado.testing.GatewayVoice;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.whatsapp.ContactIds;
import app.recado.whatsapp.InboundReceived;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Bare words answer what was said last on that line, and only a notification is acted upon. */
@RecadoTest
class WhatBareWordsAnswerTest {

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

    @Autowired
    ApplicationEventPublisher publisher;

    @Nullable LoopClinic opened;

    @Nullable UUID ana;

    @BeforeEach
    void open() {
        clock.set(at("2026-11-23T12:00:00Z"));
        opened = LoopClinic.open(clinics, clock, worker);
        ana = clinic().patient("Ana", ANA);
    }

    private LoopClinic clinic() {
        return Objects.requireNonNull(opened);
    }

    private GatewayVoice voice() {
        return clinic().voice;
    }

    private UUID ana() {
        return Objects.requireNonNull(ana);
    }

    /** A visit whose confirmation has reached Ana. */
    private UUID told() {
        var visit = clinic().books(ana(), "2026-11-26T13:00:00Z").id();
        clinic().everythingIsSent();
        later();
        return visit;
    }

    private void later() {
        clock.advance(Duration.ofMinutes(5));
    }

    private UUID staffWrite(UUID patient, String text) {
        return created(clinic().clinic
                .receptionist()
                .post("/messages", Map.of("patientId", patient, "content", Map.of("kind", "text", "text", text))));
    }

    private FakeGateway.Command command(UUID message) {
        return Objects.requireNonNull(FakeGateway.shared().command(message));
    }

    private String last() {
        var inbound = clinic().lastInbound();
        return inbound.path("outcome").asString() + " " + inbound.path("reason").asString("-");
    }

    private String participation(UUID visit) {
        return clinic().read(visit).at("/participation");
    }

    @Test
    void a_no_to_what_staff_asked_is_for_staff_and_only_a_quoted_reminder_or_its_button_acts() {
        var visit = told();
        clinic().hears(voice().from(ANA).writes("1"));
        assertThat(participation(visit)).isEqualTo("accepted");
        later();
        staffWrite(ana(), "¿Tenés obra social?");
        clinic().everythingIsSent();
        later();

        clinic().hears(voice().from(ANA).writes("no"));

        assertThat(participation(visit)).isEqualTo("accepted");
        assertThat(last()).isEqualTo("for-staff said-since");
        assertThat(clinic().lastInbound().path("appointmentId").asString()).isEqualTo(visit.toString());
        var notification = clinic().command(visit, "confirmation").providerMessageId;
        clinic().hears(voice().from(ANA).quoting(notification).writes("no"));
        assertThat(participation(visit)).isEqualTo("declined");
        clinic().hears(voice().from(ANA)
                .quoting(notification)
                .with("choice", Map.of("id", "recado-yes", "title", "Confirmo"))
                .writes("Confirmo"));
        assertThat(participation(visit)).isEqualTo("accepted");
    }

    @Test
    void a_no_to_what_recado_answered_by_itself_is_for_staff() {
        var visit = told();
        clinic().hears(voice().from(ANA).writes("BAJA"));
        clinic().everythingIsSent();
        later();
        clinic().hears(voice().from(ANA).writes("ALTA"));
        clinic().everythingIsSent();
        later();

        clinic().hears(voice().from(ANA).writes("no"));

        assertThat(last()).isEqualTo("for-staff said-since");
        assertThat(participation(visit)).isEqualTo("needs-action");
    }

    @Test
    void what_never_left_or_failed_was_not_said() {
        var visit = told();
        staffWrite(ana(), "¿Tenés obra social?"); // planned
        clinic().hears(voice().from(ANA).writes("1"));
        assertThat(participation(visit)).isEqualTo("accepted");

        clinic().turn(); // at the gateway, which has not sent it
        later();
        clinic().hears(voice().from(ANA).writes("2"));
        assertThat(participation(visit)).isEqualTo("declined");

        var question = clinic().commands().getLast();
        clinic().hears(voice().messageIs(question, "sending"), voice().messageIs(question, "failed"));
        later();
        clinic().hears(voice().from(ANA).writes("1"));
        assertThat(participation(visit)).isEqualTo("accepted");
    }

    @Test
    void a_question_that_may_have_left_counts_as_said() {
        var visit = told();
        var question = staffWrite(ana(), "¿Tenés obra social?");
        clinic().turn();
        clinic().hears(
                        voice().messageIs(command(question), "sending"),
                        voice().messageIs(command(question), "unknown"));
        later();

        clinic().hears(voice().from(ANA).writes("no"));

        assertThat(participation(visit)).isEqualTo("needs-action");
        assertThat(last()).isEqualTo("for-staff said-since");
    }

    @Test
    void what_was_written_before_the_question_answers_the_notification_whenever_it_arrives() {
        var visit = told();
        var written = clock.instant();
        later();
        staffWrite(ana(), "¿Tenés obra social?");
        clinic().everythingIsSent();
        later();

        clinic().hears(voice().from(ANA).at(written).writes("1"));

        assertThat(participation(visit)).isEqualTo("accepted");
    }

    @Test
    void on_a_shared_phone_words_to_one_of_the_family_come_between_too() {
        var visit = told();
        staffWrite(clinic().patient("Hijo", ANA), "¿Trae los estudios?");
        clinic().everythingIsSent();
        later();

        clinic().hears(voice().from(ANA).writes("no"));

        assertThat(participation(visit)).isEqualTo("needs-action");
        assertThat(last()).isEqualTo("for-staff said-since");
    }

    @Test
    void words_about_another_visit_come_between_even_when_nothing_can_be_answered_to_them_any_more() {
        var visit = told();
        var other = clinic().books(ana(), "2026-11-23T15:00:00Z").id();
        clinic().everythingIsSent();
        later();
        clinic().act(other, "cancel", Map.of());
        clinic().everythingIsSent();
        later();

        clinic().hears(voice().from(ANA).writes("no"));

        assertThat(participation(visit)).isEqualTo("needs-action");
        assertThat(last()).isEqualTo("for-staff said-since");
    }

    @Test
    void each_line_is_a_conversation_of_its_own() {
        var visit = told();
        var second = created(clinic().clinic.owner().post("/whatsapp-lines", Map.of("name", "Sucursal")));
        FakeGateway.shared().line(second).state = "linked";
        var secondVoice =
                new GatewayVoice(clinics.anonymous(), clock, clinic().clinic.id(), second);
        assertThat(secondVoice.deliver(secondVoice.lineIs("linked", "none")).status())
                .isEqualTo(204);

        secondVoice.deliver(secondVoice.from(ANA).fromTheClinicsPhone().writes("¿Viene acompañada?"));
        later();
        secondVoice.deliver(secondVoice.from(ANA).writes("no"));
        assertThat(participation(visit)).isEqualTo("needs-action");
        assertThat(last()).isEqualTo("for-staff no-live-notification");

        clinic().hears(voice().from(ANA).writes("1"));
        assertThat(participation(visit)).isEqualTo("accepted");
    }

    @Test
    void words_from_the_clinics_own_phone_come_between_and_a_reaction_from_it_does_not() {
        var visit = told();
        clinic().hears(voice().from(ANA)
                .kind("reaction")
                .fromTheClinicsPhone()
                .quoting("X")
                .writes("👍"));
        later();
        clinic().hears(voice().from(ANA).writes("1"));
        assertThat(participation(visit)).isEqualTo("accepted");

        clinic().hears(voice().from(ANA).kind("audio").fromTheClinicsPhone().sends());
        later();
        clinic().hears(voice().from(ANA).writes("no"));
        assertThat(participation(visit)).isEqualTo("accepted");
        assertThat(last()).isEqualTo("for-staff said-since");
    }

    @Test
    void the_clinics_own_words_that_are_heard_of_late_put_the_answer_before_staff() {
        var visit = told();
        var asked = clock.instant();
        later();
        clinic().hears(voice().from(ANA).writes("no puedo"));
        clinic().hears(voice().from(ANA).writes("1"));
        assertThat(participation(visit)).isEqualTo("accepted");
        assertThat(openReasons()).containsExactly("ask-staff");

        clinic().hears(voice().from(ANA).fromTheClinicsPhone().at(asked).writes("¿Podés traer el carnet?"));

        assertThat(openReasons()).containsExactlyInAnyOrder("ask-staff", "said-since");
    }

    @Test
    void what_a_server_reports_of_recados_own_message_is_not_said_by_the_phone() {
        var visit = told();
        var sent = clinic().command(visit, "confirmation");

        clinic().hears(voice().from(ANA)
                .fromTheClinicsPhone()
                .at(clock.instant().minus(Duration.ofMinutes(5)))
                .writes(sent.text));
        clinic().hears(voice().from(ANA).writes("1"));

        assertThat(participation(visit)).isEqualTo("accepted");
        assertThat(openReasons()).isEmpty();
    }

    /** Both are read at the same time: without a lock neither sees the other, and the wrong answer would act unseen. */
    @Test
    void an_answer_waits_for_the_clinics_own_words_that_are_being_stored() {
        var visit = told();
        var asked = clock.instant();
        var answer = voice().from(ANA).at(asked.plusSeconds(20)).writes("no");
        var answered = CurrentOrganization.get(
                clinic().clinic.id(),
                () -> Objects.requireNonNull(transaction.execute(status -> {
                    publisher.publishEvent(ownWords(asked));
                    var delivery = CompletableFuture.runAsync(() -> clinic().hears(answer));
                    while (!delivery.isDone() && !somebodyWaitsForAConversation()) {
                        Thread.onSpinWait();
                    }
                    return delivery;
                })));
        answered.join();

        assertThat(participation(visit)).isEqualTo("needs-action");
        assertThat(last()).isEqualTo("for-staff said-since");
    }

    private InboundReceived ownWords(Instant at) {
        return new InboundReceived(
                UUID.randomUUID(),
                clinic().line,
                "OWN",
                new InboundReceived.Chat("direct", "5491123456789@s.whatsapp.net", ContactIds.phone(ANA)),
                new InboundReceived.Sender(ContactIds.phone("+5491150000000"), null),
                true,
                at,
                false,
                InboundReceived.Content.of("text", "¿Tenés obra social?"));
    }

    private boolean somebodyWaitsForAConversation() {
        return jdbc.sql("select exists (select from pg_locks where not granted)")
                .query(Boolean.class)
                .single();
    }

    private java.util.List<String> openReasons() {
        return clinic().clinic
                .receptionist()
                .get("/inbound-messages?open=true")
                .json()
                .path("items")
                .valueStream()
                .map(item -> item.path("reason").asString())
                .toList();
    }
}
