package app.recado.engines.sending;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.engines.CloudApiLine;
import app.recado.engines.lines.ProviderWatchByHand;
import app.recado.messaging.OutboxWorker;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.StaffMessages;
import app.recado.testing.StubProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@RecadoTest
class DirectEnginesTest {

    private static final String ANA = "+5491123456789";
    private static final String EVA = "+5491120001111";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker outbox;

    @Autowired
    StaffMessages staff;

    @Autowired
    ProviderWatchByHand watch;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @BeforeEach
    void monday() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
    }

    private UUID writes(CloudApiLine line, String to, String text) {
        return staff.write(line.clinic, line.line, to, text);
    }

    private String state(CloudApiLine line, UUID message) {
        return staff.state(line.clinic, message);
    }

    private void sql(CloudApiLine line, String statement, Object... values) {
        line.clinic.inside(() -> transaction.executeWithoutResult(
                status -> jdbc.sql(statement).params(values).update()));
    }

    private String state(CloudApiLine line) {
        var read = line.clinic.owner().get(line.path());
        return read.at("/state") + "/" + read.at("/cause");
    }

    @Test
    void a_message_leaves_on_a_cloud_api_line_and_a_quoting_answer_changes_the_agenda() {
        var line = CloudApiLine.linked(clinics);
        var loop = LoopClinic.on(line.clinic, line.line, clinics, clock, outbox);
        var visit = loop.books(loop.patient("Ana", "011 15-2345-6789"), "2026-11-25T13:00:00Z")
                .id();
        loop.turn();

        assertThat(line.platform.messages()).hasSize(1);
        assertThat(loop.message(visit, "confirmation").path("state").asString()).isEqualTo("sent");
        line.status(line.wamid(1), "delivered", Map.of());
        assertThat(loop.message(visit, "confirmation").path("state").asString()).isEqualTo("delivered");

        assertThat(line.text("wamid.IN", "1", line.wamid(1)).status()).isEqualTo(200);

        assertThat(loop.read(visit).at("/participation")).isEqualTo("accepted");
        assertThat(loop.lastInbound().path("outcome").asString()).isEqualTo("accepted");
    }

    @Test
    void a_tapped_quick_reply_of_a_template_is_read_by_its_payload() {
        var line = CloudApiLine.linked(clinics);
        var loop = LoopClinic.on(line.clinic, line.line, clinics, clock, outbox);
        var visit = loop.books(loop.patient("Ana", "011 15-2345-6789"), "2026-11-25T13:00:00Z")
                .id();
        loop.turn();

        line.delivers("\"messages\":[{\"from\":\"5491123456789\",\"id\":\"wamid.B\",\"timestamp\":\"1795435200\","
                + "\"type\":\"button\",\"button\":{\"payload\":\"recado-no\",\"text\":\"Mejor otro día\"},"
                + "\"context\":{\"id\":\"" + line.wamid(1) + "\"}}]");

        assertThat(loop.read(visit).at("/participation")).isEqualTo("declined");
    }

    @Test
    void a_visit_moved_before_the_platform_took_its_message_is_never_spoken_of_in_its_old_version() {
        var line = CloudApiLine.linked(clinics);
        var loop = LoopClinic.on(line.clinic, line.line, clinics, clock, outbox);
        line.platform.next(429, CloudApiLine.error(130429));
        var visit = loop.books(loop.patient("Ana", "011 15-2345-6789"), "2026-11-25T13:00:00Z")
                .id();
        loop.turn();
        assertThat(loop.message(visit, "confirmation").path("state").asString()).isEqualTo("queued");

        loop.moves(visit, "2026-11-26T13:00:00Z");
        clock.advance(Duration.ofSeconds(10));
        loop.turn();

        assertThat(loop.story(visit))
                .containsExactly(
                        "confirmation superseded", "reminder superseded", "reschedule sent", "reminder planned");
        assertThat(line.platform.messages()).hasSize(2);
    }

    @Test
    void a_visit_moved_during_the_call_is_corrected_because_a_platform_takes_nothing_back() {
        var line = CloudApiLine.linked(clinics);
        var loop = LoopClinic.on(line.clinic, line.line, clinics, clock, outbox);
        var visit = loop.books(loop.patient("Ana", "011 15-2345-6789"), "2026-11-25T13:00:00Z")
                .id();
        line.platform.usually(asked -> {
            line.platform.usually(line::usual);
            loop.moves(visit, "2026-11-26T13:00:00Z");
            return line.usual(asked);
        });

        loop.turn();

        assertThat(loop.story(visit))
                .containsExactly("confirmation sent", "reminder superseded", "reschedule sent", "reminder planned");
        assertThat(line.platform.messages()).hasSize(2);
    }

    @Test
    void a_busy_platform_is_asked_again_later_and_never_after_the_message_is_useless() {
        var line = CloudApiLine.linked(clinics);
        line.platform.next(429, CloudApiLine.error(130429));
        var command = writes(line, ANA, "Hola");
        outbox.runDue();
        assertThat(state(line, command)).isEqualTo("queued/rate-limited");
        outbox.runDue();
        assertThat(line.platform.messages()).hasSize(1);

        clock.advance(Duration.ofSeconds(3));
        outbox.runDue();
        assertThat(state(line, command)).isEqualTo("sent");
        assertThat(line.platform.messages()).hasSize(2);

        line.platform.next(429, CloudApiLine.error(130429));
        var useless = writes(line, EVA, "Hola");
        outbox.runDue();
        clock.advance(Duration.ofHours(3));
        outbox.runDue();
        assertThat(state(line, useless)).isEqualTo("expired/too-late");
        assertThat(line.platform.messages()).hasSize(3);
    }

    @Test
    void messages_to_one_patient_keep_their_order_while_others_go_ahead() {
        var line = CloudApiLine.linked(clinics);
        line.platform.next(429, CloudApiLine.error(131056));
        writes(line, ANA, "primero");
        writes(line, ANA, "segundo");
        writes(line, EVA, "otra");

        outbox.runDue();
        assertThat(texts(line)).containsExactly("primero", "otra");
        clock.advance(Duration.ofSeconds(10));
        outbox.runDue();
        assertThat(texts(line)).containsExactly("primero", "otra", "primero", "segundo");
    }

    private static java.util.List<String> texts(CloudApiLine line) {
        return line.platform.messages().stream()
                .map(asked -> asked.json().at("/text/body").asString())
                .toList();
    }

    @Test
    void an_answer_that_never_came_is_unknown_is_not_repeated_and_a_status_settles_it() {
        var line = CloudApiLine.linked(clinics);
        line.platform.next(StubProvider.Answer.hangUp());
        var command = writes(line, ANA, "Hola");
        outbox.runDue();
        clock.advance(Duration.ofHours(1));
        outbox.runDue();
        assertThat(state(line, command)).isEqualTo("unknown/no-acknowledgement");
        assertThat(line.platform.messages()).hasSize(1);

        line.status("wamid.never-heard", "delivered", Map.of("biz_opaque_callback_data", command.toString()));

        assertThat(state(line, command)).isEqualTo("delivered");
    }

    @Test
    void what_a_dead_process_was_sending_is_unknown_and_not_sent_again() {
        var line = CloudApiLine.linked(clinics);
        var command = writes(line, ANA, "Hola");
        sql(line, """
                update message set state = 'handed', ready = false, rank = 1, holds_conversation = true, attempts = 1,
                       provider_message_id = '3EB0', phone = ?, text = 'Hola', next_attempt_at = ?
                 where organization_id = ? and id = ?
                """, ANA, java.sql.Timestamp.from(clock.instant()), line.clinic.id(), command);

        outbox.runDue();

        assertThat(state(line, command)).isEqualTo("unknown/found-sending-at-start");
        assertThat(line.platform.messages()).isEmpty();
    }

    @Test
    void a_token_that_is_refused_halts_the_line_and_what_waits_leaves_with_a_new_one() {
        var line = CloudApiLine.linked(clinics);
        line.platform.next(401, CloudApiLine.error(190));
        var command = writes(line, ANA, "Hola");
        outbox.runDue();

        assertThat(state(line)).isEqualTo("halted/authorization-failed");
        assertThat(line.clinic.owner().get(line.path() + "/history").at("/items/0/cause"))
                .isEqualTo("authorization-failed");
        outbox.runDue();
        assertThat(line.platform.messages()).hasSize(1);

        line.giveCredentials("EAAG-a-new-token-of-a-system-user");
        line.clinic.owner().post(line.path() + "/start", null);
        outbox.runDue();
        assertThat(state(line, command)).isEqualTo("sent");
        assertThat(line.platform.messages().getLast().header("Authorization"))
                .isEqualTo("Bearer EAAG-a-new-token-of-a-system-user");
    }

    @Test
    void a_throttled_number_rests_for_an_hour_and_no_other_line_with_it() {
        var line = CloudApiLine.linked(clinics);
        var other = CloudApiLine.linked(clinics);
        line.platform.next(400, CloudApiLine.error(131048));
        var first = writes(line, ANA, "uno");
        writes(line, EVA, "dos");
        writes(other, ANA, "tres");

        outbox.runDue();
        clock.advance(Duration.ofMinutes(30));
        outbox.runDue();
        assertThat(line.platform.messages()).hasSize(1);
        assertThat(other.platform.messages()).hasSize(1);
        assertThat(state(line)).isEqualTo("reconnecting/sender-paused");
        assertThat(line.clinic.owner().get(line.path()).at("/nextAttemptAt")).isEqualTo("2026-11-23T13:00:00Z");

        clock.advance(Duration.ofMinutes(31));
        watch.run();
        assertThat(state(line)).isEqualTo("linked/none");
        outbox.runDue();
        assertThat(texts(line)).containsExactly("uno", "uno", "dos");
        assertThat(state(line, first)).isEqualTo("sent");
    }

    @Test
    void credentials_that_cannot_be_opened_halt_that_line_alone() {
        var line = CloudApiLine.linked(clinics);
        var other = CloudApiLine.linked(clinics);
        sql(
                line,
                "update whatsapp_line_credentials set sealed = 'v1.00000000.AAAA' where organization_id = ?",
                line.clinic.id());
        writes(line, ANA, "uno");
        writes(other, ANA, "dos");

        outbox.runDue();

        assertThat(state(line)).isEqualTo("halted/credentials-unreadable");
        assertThat(line.platform.messages()).isEmpty();
        assertThat(state(other)).isEqualTo("linked/none");
        assertThat(other.platform.messages()).hasSize(1);
    }

    @Test
    void a_failure_told_hours_later_ends_the_message_or_brings_it_back() {
        var line = CloudApiLine.linked(clinics);
        var closed = writes(line, ANA, "uno");
        var busy = writes(line, EVA, "dos");
        outbox.runDue();

        line.status(line.wamid(1), "failed", Map.of("errors", java.util.List.of(Map.of("code", 131047))));
        line.status(line.wamid(2), "failed", Map.of("errors", java.util.List.of(Map.of("code", 130429))));

        assertThat(state(line, closed)).isEqualTo("failed/window-closed");
        assertThat(state(line, busy)).isEqualTo("queued/rate-limited");
        // Told again, it is the same failure, not another.
        line.status(line.wamid(2), "failed", Map.of("errors", java.util.List.of(Map.of("code", 130429))));
        clock.advance(Duration.ofMinutes(6));
        outbox.runDue();
        assertThat(texts(line)).containsExactly("uno", "dos", "dos");
        line.status(line.wamid(3), "read", Map.of());
        assertThat(state(line, busy)).isEqualTo("read");
    }

    @Test
    void a_failure_told_again_and_again_does_not_put_the_next_attempt_off() {
        var line = CloudApiLine.linked(clinics);
        var command = writes(line, ANA, "uno");
        outbox.runDue();
        Map<String, Object> busy = Map.of(
                "biz_opaque_callback_data", command.toString(), "errors", java.util.List.of(Map.of("code", 130429)));
        line.status(line.wamid(1), "failed", busy);

        // The first pause is between one and two seconds.
        clock.advance(Duration.ofMillis(1900));
        line.status(line.wamid(1), "failed", busy);
        clock.advance(Duration.ofMillis(200));
        outbox.runDue();

        assertThat(texts(line)).containsExactly("uno", "uno");
    }

    @Test
    void statuses_in_any_order_only_lead_forward_and_may_come_before_the_answer() {
        var line = CloudApiLine.linked(clinics);
        line.status(line.wamid(1), "read", Map.of());
        var command = writes(line, ANA, "uno");

        outbox.runDue();

        assertThat(state(line, command)).isEqualTo("read");
        line.status(line.wamid(1), "delivered", Map.of());
        line.status(line.wamid(1), "sent", Map.of());
        assertThat(state(line, command)).isEqualTo("read");
    }

    @Test
    void a_provider_that_says_nothing_twice_is_news_and_so_is_its_return() {
        var line = CloudApiLine.linked(clinics);
        line.platform.usually(asked -> StubProvider.Answer.hangUp());
        clock.advance(Duration.ofMinutes(11));
        watch.run();
        assertThat(state(line)).isEqualTo("linked/none");
        watch.run();
        assertThat(state(line)).isEqualTo("reconnecting/server-unavailable");
        var waiting = writes(line, ANA, "Hola");
        outbox.runDue();
        assertThat(line.platform.messages()).isEmpty();

        line.platform.usually(line::usual);
        watch.run();
        outbox.runDue();

        assertThat(state(line)).isEqualTo("linked/none");
        assertThat(state(line, waiting)).isEqualTo("sent");
    }

    @Test
    void a_token_that_was_taken_away_is_noticed_before_anything_is_sent() {
        var line = CloudApiLine.linked(clinics);
        line.platform.usually(asked -> StubProvider.Answer.json(401, CloudApiLine.error(190)));
        clock.advance(Duration.ofMinutes(11));

        watch.run();

        assertThat(state(line)).isEqualTo("halted/authorization-failed");
    }
}
