package app.recado.messaging;

import static app.recado.testing.LoopClinic.at;
import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.CurrentOrganization;
import app.recado.testing.Api.Answer;
import app.recado.testing.Clinics;
import app.recado.testing.FakeGateway;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.StaffMessages;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The message path, row by row of the table of crashes, and the races around it. */
@RecadoTest
class MessagePathTest {

    private static final String ANA = "+5491123456789";
    private static final String EVA = "+5491120001111";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker worker;

    @Autowired
    OutboxAcrossClinics across;

    @Autowired
    AnotherOutbox another;

    @Autowired
    StaffMessages staff;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Messages messages;

    @Autowired
    TransactionTemplate transaction;

    private final FakeGateway gateway = FakeGateway.shared();

    @Nullable LoopClinic opened;

    @BeforeEach
    void open() {
        clock.set(at("2026-11-23T12:00:00Z"));
        opened = LoopClinic.open(clinics, clock, worker);
    }

    private LoopClinic clinic() {
        return java.util.Objects.requireNonNull(opened);
    }

    private UUID booked() {
        return clinic().books(clinic().patient("Ana", ANA), "2026-11-26T13:00:00Z")
                .id();
    }

    private String state(UUID visit, String kind) {
        return clinic().message(visit, kind).path("state").asString();
    }

    private Answer act(UUID visit, String kind, String action, @Nullable Object body) {
        var message = clinic().message(visit, kind);
        return clinic().clinic
                .receptionist()
                .ifMatch("\"v" + message.path("version").asLong() + "\"")
                .post("/messages/" + message.path("id").asString() + "/" + action, body);
    }

    @Test
    void a_message_handed_over_without_an_answer_is_handed_over_again_and_taken_once() {
        var visit = booked();
        gateway.losesAnswersFor(clinic().line);
        clinic().turn();
        assertThat(state(visit, "confirmation")).isEqualTo("handed");

        gateway.isBackFor(clinic().line);
        clock.advance(Duration.ofSeconds(31));
        clinic().turn();

        assertThat(state(visit, "confirmation")).isEqualTo("accepted");
        assertThat(clinic().commands()).hasSize(1);
        assertThat(clinic().commands().getFirst().puts).isGreaterThan(1);
    }

    @Test
    void while_the_gateway_is_away_messages_wait_and_then_leave_in_their_order() {
        var patient = clinic().patient("Ana", ANA);
        gateway.isAwayFor(clinic().line);
        var first = clinic().books(patient, "2026-11-26T13:00:00Z").id();
        clinic().turn();
        clock.advance(Duration.ofSeconds(1));
        var second = clinic().books(patient, "2026-11-25T13:00:00Z").id();
        clock.advance(Duration.ofSeconds(31));
        clinic().turn();
        assertThat(clinic().commands()).isEmpty();

        gateway.isBackFor(clinic().line);
        clock.advance(Duration.ofSeconds(31));
        clinic().turn();

        assertThat(clinic().commands())
                .extracting(command -> command.messageId.toString())
                .containsExactly(
                        clinic().message(first, "confirmation").path("id").asString(),
                        clinic().message(second, "confirmation").path("id").asString());
    }

    @Test
    void receipts_may_come_in_any_order_and_again() {
        var visit = booked();
        clinic().turn();
        var command = clinic().command(visit, "confirmation");
        var voice = clinic().voice;
        var delivered = voice.messageIs(command, "delivered");

        clinic().hears(voice.messageIs(command, "read"), delivered, delivered, voice.messageIs(command, "sent"));

        assertThat(state(visit, "confirmation")).isEqualTo("read");
        var steps = clinic().clinic
                .practitioner()
                .get("/messages/" + command.messageId)
                .json()
                .path("steps");
        assertThat(steps.valueStream().map(step -> step.path("state").asString()))
                .containsExactlyInAnyOrder("planned", "handed", "accepted", "read", "delivered", "sent");
    }

    @Test
    void an_unknown_outcome_is_never_repeated_and_settled_by_a_receipt() {
        var visit = booked();
        clinic().turn();
        var command = clinic().command(visit, "confirmation");
        clinic().hears(clinic().voice
                .messageIs(command.messageId, command.providerMessageId, "unknown", "no-acknowledgement"));
        assertThat(state(visit, "confirmation")).isEqualTo("unknown");

        clock.advance(Duration.ofHours(2));
        clinic().turn();
        assertThat(command.puts).isEqualTo(1);
        assertThat(clinic().commands()).hasSize(1);

        clinic().hears(clinic().voice.messageIs(command, "delivered"));
        assertThat(state(visit, "confirmation")).isEqualTo("delivered");
        assertThat(act(visit, "confirmation", "settle", Map.of("outcome", "failed"))
                        .code())
                .isEqualTo("message-not-in-that-state");
    }

    @Test
    void a_person_settles_an_unknown_outcome_and_may_send_again_on_purpose_once() {
        var visit = booked();
        clinic().turn();
        var command = clinic().command(visit, "confirmation");
        clinic().hears(clinic().voice
                .messageIs(command.messageId, command.providerMessageId, "unknown", "found-sending-at-start"));
        assertThat(act(visit, "confirmation", "send-again", null).code()).isEqualTo("message-not-in-that-state");

        assertThat(act(visit, "confirmation", "settle", Map.of("outcome", "failed"))
                        .at("/state"))
                .isEqualTo("failed");
        var failed = clinic().message(visit, "confirmation").path("id").asString();
        var again = act(visit, "confirmation", "send-again", null);
        assertThat(again.status()).as(again.text()).isEqualTo(201);
        clinic().turn();

        assertThat(clinic().story(visit))
                .containsExactly("confirmation failed", "reminder planned", "confirmation accepted");
        var twice = clinic().clinic
                .receptionist()
                .ifMatch(clinic().clinic
                        .receptionist()
                        .get("/messages/" + failed)
                        .etag())
                .post("/messages/" + failed + "/send-again", null);
        assertThat(twice.code()).isEqualTo("message-not-in-that-state");
    }

    @Test
    void moving_a_visit_takes_back_what_the_gateway_still_holds() {
        var visit = booked();
        clinic().turn();
        var old = clinic().command(visit, "confirmation");

        clinic().moves(visit, "2026-11-27T13:00:00Z");
        clinic().turn();

        assertThat(old.state).isEqualTo("withdrawn");
        assertThat(clinic().story(visit))
                .containsExactly(
                        "confirmation withdrawn", "reminder superseded", "reschedule accepted", "reminder planned");
    }

    @Test
    void a_withdrawal_that_comes_too_late_is_followed_by_a_correction() {
        var visit = booked();
        clinic().turn();
        var old = clinic().command(visit, "confirmation");
        old.state = "sending"; // the event that says so has not arrived yet

        clinic().act(visit, "cancel", Map.of());
        assertThat(clinic().story(visit)).noneMatch(step -> step.startsWith("cancellation"));
        clinic().turn();

        assertThat(clinic().story(visit))
                .containsExactly("confirmation sending", "reminder superseded", "cancellation accepted");
    }

    @Test
    void a_withdrawal_survives_a_gateway_that_is_away() {
        var visit = booked();
        clinic().turn();
        gateway.isAwayFor(clinic().line);
        clinic().act(visit, "cancel", Map.of());
        clinic().turn();
        assertThat(state(visit, "confirmation")).isEqualTo("accepted");

        gateway.isBackFor(clinic().line);
        clock.advance(Duration.ofSeconds(31));
        clinic().turn();

        assertThat(state(visit, "confirmation")).isEqualTo("withdrawn");
        assertThat(clinic().story(visit)).noneMatch(step -> step.startsWith("cancellation"));
    }

    @Test
    void a_visit_moved_while_its_message_is_on_the_way_to_the_gateway_is_still_taken_back() {
        var visit = booked();
        gateway.beforeNextPut(() -> clinic().moves(visit, "2026-11-27T13:00:00Z"));

        clinic().turn();

        assertThat(clinic().story(visit))
                .containsExactly(
                        "confirmation withdrawn", "reminder superseded", "reschedule accepted", "reminder planned");
        assertThat(clinic().commands().stream().filter(c -> c.state.equals("accepted")))
                .hasSize(1);
    }

    @Test
    void moving_and_claiming_at_once_never_leaves_two_truths() throws Exception {
        var patient = clinic().patient("Ana", ANA);
        var failure = new AtomicReference<@Nullable Throwable>();
        for (int round = 0; round < 25; round++) {
            var visit = clinic().books(patient, "2026-12-%02dT13:00:00Z".formatted(1 + round))
                    .id();
            var go = new CountDownLatch(1);
            var moved = "2026-12-%02dT15:00:00Z".formatted(1 + round);
            var mover = Thread.ofVirtual().start(() -> {
                try {
                    go.await();
                    clinic().moves(visit, moved);
                } catch (Throwable e) {
                    failure.set(e);
                }
            });
            var claimer = Thread.ofVirtual().start(() -> {
                try {
                    go.await();
                    clinic().turn();
                } catch (Throwable e) {
                    failure.set(e);
                }
            });
            go.countDown();
            mover.join();
            claimer.join();
            clock.advance(Duration.ofSeconds(60));
            clinic().turn();

            assertThat(failure.get()).isNull();
            assertThat(state(visit, "confirmation")).isIn("superseded", "withdrawn");
            assertThat(state(visit, "reschedule")).isEqualTo("accepted");
            assertThat(clinic().story(visit)).hasSize(4);
        }
    }

    @Test
    void two_workers_hand_each_message_over_once() throws Exception {
        var visits = java.util.stream.IntStream.range(1, 12)
                .mapToObj(i -> clinic().books(
                                clinic().patient("P" + i, "+54911234567" + (10 + i)),
                                "2026-12-%02dT13:00:00Z".formatted(i))
                        .id())
                .toList();
        var threads = List.of(
                Thread.ofVirtual().start(worker::runDue),
                Thread.ofVirtual().start(worker::runDue),
                Thread.ofVirtual().start(worker::runDue));
        for (var thread : threads) {
            thread.join();
        }
        clinic().turn();

        assertThat(clinic().commands()).hasSize(visits.size()).allMatch(command -> command.puts == 1);
    }

    @Test
    void one_clinics_many_messages_do_not_delay_anothers_single_one() {
        var busy = clinic();
        for (int i = 1; i <= 25; i++) {
            busy.books(busy.patient("P" + i, "+54911234567" + (10 + i)), "2026-12-%02dT13:00:00Z".formatted(i));
        }
        var other = LoopClinic.open(clinics, clock, worker);
        var visit =
                other.books(other.patient("Ana", ANA), "2026-12-20T13:00:00Z").id();

        another.byHand(5).runDue();

        var all = gateway.allAccepted();
        var ofBusy = busy.commands().stream().map(all::indexOf).sorted().toList();
        var single = all.indexOf(other.command(visit, "confirmation"));
        assertThat(ofBusy).hasSize(25);
        // However much one has, the other's turn comes after five.
        assertThat(ofBusy.stream().filter(place -> place < single)).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void conversations_leave_in_the_order_of_their_deadlines_and_each_in_its_own_order() {
        var ana = clinic().patient("Ana", ANA);
        var late = clinic().books(clinic().patient("Eva", EVA), "2026-12-20T13:00:00Z")
                .id();
        var first = clinic().books(ana, "2026-12-10T13:00:00Z").id();
        clock.advance(Duration.ofSeconds(1));
        var urgent = clinic().books(ana, "2026-11-25T13:00:00Z").id();
        var between = clinic().books(clinic().patient("Ida", "+5491120003333"), "2026-12-01T13:00:00Z")
                .id();

        another.byHand(1).runDue();

        assertThat(clinic().commands())
                .extracting(command -> command.messageId)
                .containsExactly(id(first), id(urgent), id(between), id(late));
    }

    private UUID id(UUID visit) {
        return UUID.fromString(
                clinic().message(visit, "confirmation").path("id").asString());
    }

    @Test
    void inside_a_clinic_care_goes_before_a_campaign_whatever_their_deadlines() {
        var campaign = clinic().books(clinic().patient("Eva", EVA), "2026-11-25T13:00:00Z")
                .id();
        var care = clinic().books(clinic().patient("Ana", ANA), "2026-12-20T13:00:00Z")
                .id();
        sql("update message set priority = 20, rank = 20 where organization_id = ? and id = ?", id(campaign));

        another.byHand(1).runDue();

        assertThat(clinic().commands())
                .extracting(command -> command.messageId)
                .containsExactly(id(care), id(campaign));
    }

    private void sql(String statement, UUID message) {
        clinic().clinic
                .inside(() -> transaction.executeWithoutResult(status -> jdbc.sql(statement)
                        .params(clinic().clinic.id(), message)
                        .update()));
    }

    @Test
    void
            a_message_that_the_gateway_answers_with_errors_blocks_nothing_and_becomes_a_dead_letter_that_can_be_sent_again() {
        var visit = clinic().books(clinic().patient("Eva", EVA), "2026-11-25T13:00:00Z")
                .id();
        gateway.answersErrorTo(EVA, 500);
        var other = booked();

        clinic().turn();
        assertThat(state(visit, "confirmation")).isEqualTo("handed");
        assertThat(state(other, "confirmation")).isEqualTo("accepted");
        for (int i = 0; i < 12; i++) {
            clock.advance(Duration.ofMinutes(5));
            clinic().turn();
        }
        var dead = clinic().message(visit, "confirmation");
        assertThat(dead.path("state").asString()).isEqualTo("failed");
        assertThat(dead.path("reason").asString()).isEqualTo("engine-error");
        assertThat(sql(visit, "attempts")).as("it is not tried any more").isZero();

        gateway.answersAgainTo(EVA);
        var again = act(visit, "confirmation", "send-again", null);
        assertThat(again.status()).as(again.text()).isEqualTo(201);
        clinic().turn();
        assertThat(state(visit, "confirmation")).isEqualTo("accepted");
    }

    @Test
    void attempts_are_counted_and_spaced_ever_further() {
        var visit = clinic().books(clinic().patient("Eva", EVA), "2026-11-26T13:00:00Z")
                .id();
        gateway.answersErrorTo(EVA, 500);
        clinic().turn();
        clinic().turn();
        assertThat(sql(visit, "attempts")).isEqualTo(1);
        clock.advance(Duration.ofSeconds(2));
        clinic().turn();
        assertThat(sql(visit, "attempts")).isEqualTo(2);
        clock.advance(Duration.ofMillis(1900));
        clinic().turn();
        assertThat(sql(visit, "attempts"))
                .as("the second pause is between two and four seconds")
                .isEqualTo(2);
        clock.advance(Duration.ofMillis(2100));
        clinic().turn();
        assertThat(sql(visit, "attempts")).isEqualTo(3);
        gateway.answersAgainTo(EVA);
    }

    private int sql(UUID visit, String column) {
        return java.util.Objects.requireNonNull(clinic().clinic
                .inside(() -> transaction.execute(
                        status -> jdbc.sql("select " + column + " from message where organization_id = ? and id = ?")
                                .params(clinic().clinic.id(), id(visit))
                                .query(Integer.class)
                                .single())));
    }

    @Test
    void a_line_that_the_gateway_does_not_know_is_asked_a_few_times_and_then_a_dead_letter() {
        var visit = clinic().books(clinic().patient("Eva", EVA), "2026-12-25T13:00:00Z")
                .id();
        gateway.answersErrorTo(EVA, 404);
        for (int i = 0; i < 12; i++) {
            clinic().turn();
            clock.advance(Duration.ofMinutes(5));
        }
        gateway.answersAgainTo(EVA);

        var dead = clinic().message(visit, "confirmation");
        assertThat(dead.path("state").asString() + "/" + dead.path("reason").asString())
                .isEqualTo("failed/line-unknown");
    }

    @Test
    void a_gateway_that_is_away_holds_no_message_of_another_line_of_the_clinic() {
        var visit = booked();
        gateway.isAwayFor(clinic().line);
        var second = clinic().clinic.owner().post("/whatsapp-lines", Map.of("name", "Segunda"));
        var line = second.id();
        gateway.line(line).state = "linked";
        var voice = new app.recado.testing.GatewayVoice(
                clinics.anonymous(), clock, clinic().clinic.id(), line);
        clinic().clinic.owner().post("/whatsapp-lines/" + line + "/start", null);
        voice.deliver(voice.lineIs("linked", "none"));
        var byHand = staff.write(clinic().clinic, line, EVA, "Hola");

        clinic().turn();

        assertThat(state(visit, "confirmation")).isEqualTo("handed");
        assertThat(staff.state(clinic().clinic, byHand)).isEqualTo("accepted");
        gateway.isBackFor(clinic().line);
    }

    @Test
    void after_a_restore_whatever_may_have_been_sent_is_held_as_unknown() {
        var patient = clinic().patient("Ana", ANA);
        var handed = clinic().books(patient, "2026-11-26T13:00:00Z").id();
        clinic().turn();
        var due = clinic().books(patient, "2026-11-26T15:00:00Z").id();
        var hold = restored(clock.instant());
        clock.advance(Duration.ofMinutes(1));

        hold.hold();
        hold.hold();
        clinic().turn();

        assertThat(clinic().story(handed)).containsExactly("confirmation unknown", "reminder planned");
        assertThat(clinic().story(due)).containsExactly("confirmation unknown", "reminder planned");
        assertThat(clinic().commands()).hasSize(1);
        var after = clinic().books(patient, "2026-11-26T17:00:00Z").id();
        hold.hold();
        clinic().turn();
        assertThat(state(after, "confirmation")).isEqualTo("accepted");
    }

    @Test
    void after_a_restore_no_word_of_an_old_queue_settles_what_is_held_but_a_receipt_does() {
        var visit = booked();
        clinic().turn();
        var command = clinic().command(visit, "confirmation");
        restored(clock.instant()).hold();
        var voice = clinic().voice;

        clinic().hears(voice.messageIs(command.messageId, command.providerMessageId, "expired", "too-late"));
        clinic().turn();
        assertThat(clinic().story(visit)).containsExactly("confirmation unknown", "reminder planned");

        clinic().hears(voice.messageIs(command, "delivered"));
        assertThat(state(visit, "confirmation")).isEqualTo("delivered");
    }

    @Test
    void a_setting_left_behind_after_a_restore_holds_nothing_that_was_handed_over_since() {
        var visit = booked();
        clinic().turn();
        var hold = restored(clock.instant());
        hold.hold();
        clock.set(at("2026-11-25T13:30:00Z"));
        clinic().turn();
        assertThat(state(visit, "reminder")).isEqualTo("accepted");

        hold.hold();

        assertThat(clinic().story(visit)).containsExactly("confirmation unknown", "reminder accepted");
    }

    private RestoreHold restored(java.time.Instant at) {
        var settings =
                new MessagingSettings(false, Duration.ofSeconds(3), 1, 100, 64, 32, Duration.ofSeconds(90), 10, at);
        return new RestoreHold(settings, across, messages, transaction);
    }

    @Test
    void another_organizations_work_cannot_reach_a_message() {
        var visit = booked();
        var id = UUID.fromString(
                clinic().message(visit, "confirmation").path("id").asString());
        var stranger = clinics.open();

        assertThat(stranger.owner().get("/messages/" + id).status()).isEqualTo(404);
        var seen = CurrentOrganization.get(
                stranger.id(),
                () -> transaction.execute(status -> messages.lock(id).map(StoredMessage::id)));
        assertThat(seen).isEqualTo(java.util.Optional.empty());
    }
}
