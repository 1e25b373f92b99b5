package app.recado.whatsapp.engines;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.StubProvider;
import app.recado.whatsapp.Command;
import app.recado.whatsapp.CommandState;
import app.recado.whatsapp.LineEngine;
import app.recado.whatsapp.LineEngine.HandOffAnswer.Taken;
import app.recado.whatsapp.Payload;
import app.recado.whatsapp.Wheels;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@RecadoTest
@Import(Wheels.class)
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
    EngineSender sender;

    @Autowired
    LineEngine engine;

    @Autowired
    Wheels watch;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @BeforeEach
    void monday() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
    }

    private Command command(CloudApiLine line, String to, String text) {
        var id = UUID.randomUUID();
        return new Command(
                line.line,
                id,
                "3EB0" + id,
                to,
                new Payload.Text(text),
                clock.instant().plus(Duration.ofHours(2)));
    }

    private Command submits(CloudApiLine line, String to, String text) {
        var command = command(line, to, text);
        assertThat(again(line, command)).isEqualTo(new Taken(CommandState.ACCEPTED, null));
        return command;
    }

    /** Handing the same over again tells how far it came. */
    private LineEngine.HandOffAnswer again(CloudApiLine line, Command command) {
        return line.clinic.inside(() -> {
            try {
                return engine.submit(command);
            } catch (app.recado.whatsapp.GatewayAway e) {
                throw new IllegalStateException(e);
            }
        });
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
        sender.runDue();

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
        sender.runDue();

        line.delivers("\"messages\":[{\"from\":\"5491123456789\",\"id\":\"wamid.B\",\"timestamp\":\"1795435200\","
                + "\"type\":\"button\",\"button\":{\"payload\":\"recado-no\",\"text\":\"Mejor otro día\"},"
                + "\"context\":{\"id\":\"" + line.wamid(1) + "\"}}]");

        assertThat(loop.read(visit).at("/participation")).isEqualTo("declined");
    }

    @Test
    void handing_over_twice_sends_once_and_another_message_under_the_same_id_is_refused() {
        var line = CloudApiLine.linked(clinics);
        var command = submits(line, ANA, "Hola");
        assertThat(again(line, command)).isEqualTo(new Taken(CommandState.ACCEPTED, null));
        var other = new Command(
                command.lineId(),
                command.messageId(),
                command.providerMessageId(),
                ANA,
                new Payload.Text("Otra"),
                command.notAfter());
        assertThat(again(line, other)).isInstanceOf(LineEngine.HandOffAnswer.Differs.class);

        sender.runDue();
        sender.runDue();

        assertThat(line.platform.messages()).hasSize(1);
        assertThat(again(line, command)).isEqualTo(new Taken(CommandState.SENT, null));
    }

    @Test
    void what_is_taken_back_in_time_never_leaves_and_what_left_cannot_be() throws Exception {
        var line = CloudApiLine.linked(clinics);
        var command = submits(line, ANA, "Hola");
        var never = UUID.randomUUID();
        line.clinic.inside(() -> {
            try {
                assertThat(engine.withdraw(line.line, command.messageId()))
                        .isInstanceOf(LineEngine.WithdrawAnswer.Withdrawn.class);
                assertThat(engine.withdraw(line.line, never)).isInstanceOf(LineEngine.WithdrawAnswer.Withdrawn.class);
            } catch (app.recado.whatsapp.GatewayAway e) {
                throw new IllegalStateException(e);
            }
        });
        var late = new Command(line.line, never, "3EB0" + never, ANA, new Payload.Text("x"), command.notAfter());
        assertThat(again(line, late)).isEqualTo(new Taken(CommandState.WITHDRAWN, null));
        sender.runDue();
        assertThat(line.platform.messages()).isEmpty();

        var sent = submits(line, ANA, "Otra");
        sender.runDue();
        line.clinic.inside(() -> {
            try {
                assertThat(engine.withdraw(line.line, sent.messageId()))
                        .isEqualTo(new LineEngine.WithdrawAnswer.TooLate(CommandState.SENT, null));
            } catch (app.recado.whatsapp.GatewayAway e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void a_busy_platform_is_asked_again_later_and_never_after_the_message_is_useless() {
        var line = CloudApiLine.linked(clinics);
        line.platform.next(429, CloudApiLine.error(130429));
        var command = submits(line, ANA, "Hola");
        sender.runDue();
        assertThat(again(line, command)).isEqualTo(new Taken(CommandState.ACCEPTED, null));
        sender.runDue();
        assertThat(line.platform.messages()).hasSize(1);

        clock.advance(Duration.ofSeconds(3));
        sender.runDue();
        assertThat(again(line, command)).isEqualTo(new Taken(CommandState.SENT, null));
        assertThat(line.platform.messages()).hasSize(2);

        line.platform.next(429, CloudApiLine.error(130429));
        var useless = submits(line, EVA, "Hola");
        sender.runDue();
        clock.advance(Duration.ofHours(3));
        sender.runDue();
        assertThat(again(line, useless)).isEqualTo(new Taken(CommandState.EXPIRED, "too-late"));
        assertThat(line.platform.messages()).hasSize(3);
    }

    @Test
    void messages_to_one_patient_keep_their_order_while_others_go_ahead() {
        var line = CloudApiLine.linked(clinics);
        line.platform.next(429, CloudApiLine.error(131056));
        submits(line, ANA, "primero");
        submits(line, ANA, "segundo");
        submits(line, EVA, "otra");

        sender.runDue();
        assertThat(texts(line)).containsExactly("primero", "otra");
        clock.advance(Duration.ofSeconds(10));
        sender.runDue();
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
        var command = submits(line, ANA, "Hola");
        sender.runDue();
        clock.advance(Duration.ofHours(1));
        sender.runDue();
        assertThat(again(line, command)).isEqualTo(new Taken(CommandState.UNKNOWN, "no-acknowledgement"));
        assertThat(line.platform.messages()).hasSize(1);

        line.status(
                "wamid.never-heard",
                "delivered",
                Map.of("biz_opaque_callback_data", command.messageId().toString()));

        assertThat(again(line, command)).isEqualTo(new Taken(CommandState.DELIVERED, null));
    }

    @Test
    void what_a_dead_process_was_sending_is_unknown_and_not_sent_again() {
        var line = CloudApiLine.linked(clinics);
        var command = submits(line, ANA, "Hola");
        sql(
                line,
                "update engine_command set state = 'sending', attempts = 1 where organization_id = ? and message_id = ?",
                line.clinic.id(),
                command.messageId());

        sender.runDue();

        assertThat(again(line, command)).isEqualTo(new Taken(CommandState.UNKNOWN, "found-sending-at-start"));
        assertThat(line.platform.messages()).isEmpty();
    }

    @Test
    void a_token_that_is_refused_halts_the_line_and_what_waits_leaves_with_a_new_one() {
        var line = CloudApiLine.linked(clinics);
        line.platform.next(401, CloudApiLine.error(190));
        var command = submits(line, ANA, "Hola");
        sender.runDue();

        assertThat(state(line)).isEqualTo("halted/authorization-failed");
        assertThat(line.clinic.owner().get(line.path() + "/history").at("/items/0/cause"))
                .isEqualTo("authorization-failed");
        sender.runDue();
        assertThat(line.platform.messages()).hasSize(1);

        line.giveCredentials("EAAG-a-new-token-of-a-system-user");
        line.clinic.owner().post(line.path() + "/start", null);
        sender.runDue();
        assertThat(again(line, command)).isEqualTo(new Taken(CommandState.SENT, null));
        assertThat(line.platform.messages().getLast().header("Authorization"))
                .isEqualTo("Bearer EAAG-a-new-token-of-a-system-user");
    }

    @Test
    void a_throttled_number_rests_for_an_hour_and_no_other_line_with_it() {
        var line = CloudApiLine.linked(clinics);
        var other = CloudApiLine.linked(clinics);
        line.platform.next(400, CloudApiLine.error(131048));
        var first = submits(line, ANA, "uno");
        submits(line, EVA, "dos");
        submits(other, ANA, "tres");

        sender.runDue();
        clock.advance(Duration.ofMinutes(30));
        sender.runDue();
        assertThat(line.platform.messages()).hasSize(1);
        assertThat(other.platform.messages()).hasSize(1);
        assertThat(state(line)).isEqualTo("reconnecting/sender-paused");
        assertThat(line.clinic.owner().get(line.path()).at("/nextAttemptAt")).isEqualTo("2026-11-23T13:00:00Z");

        clock.advance(Duration.ofMinutes(31));
        watch.turn();
        assertThat(state(line)).isEqualTo("linked/none");
        sender.runDue();
        assertThat(texts(line)).containsExactly("uno", "uno", "dos");
        assertThat(again(line, first)).isEqualTo(new Taken(CommandState.SENT, null));
    }

    @Test
    void credentials_that_cannot_be_opened_halt_that_line_alone() {
        var line = CloudApiLine.linked(clinics);
        var other = CloudApiLine.linked(clinics);
        sql(
                line,
                "update whatsapp_line_credentials set sealed = 'v1.00000000.AAAA' where organization_id = ?",
                line.clinic.id());
        submits(line, ANA, "uno");
        submits(other, ANA, "dos");

        sender.runDue();

        assertThat(state(line)).isEqualTo("halted/credentials-unreadable");
        assertThat(line.platform.messages()).isEmpty();
        assertThat(state(other)).isEqualTo("linked/none");
        assertThat(other.platform.messages()).hasSize(1);
    }

    @Test
    void a_failure_told_hours_later_ends_the_message_or_brings_it_back() {
        var line = CloudApiLine.linked(clinics);
        var closed = submits(line, ANA, "uno");
        var busy = submits(line, EVA, "dos");
        sender.runDue();

        line.status(line.wamid(1), "failed", Map.of("errors", java.util.List.of(Map.of("code", 131047))));
        line.status(line.wamid(2), "failed", Map.of("errors", java.util.List.of(Map.of("code", 130429))));

        assertThat(again(line, closed)).isEqualTo(new Taken(CommandState.FAILED, "window-closed"));
        assertThat(again(line, busy)).isEqualTo(new Taken(CommandState.ACCEPTED, null));
        // Told again, it is the same failure, not another.
        line.status(line.wamid(2), "failed", Map.of("errors", java.util.List.of(Map.of("code", 130429))));
        clock.advance(Duration.ofMinutes(6));
        sender.runDue();
        assertThat(texts(line)).containsExactly("uno", "dos", "dos");
        line.status(line.wamid(3), "read", Map.of());
        assertThat(again(line, busy)).isEqualTo(new Taken(CommandState.READ, null));
    }

    @Test
    void a_failure_told_again_and_again_does_not_put_the_next_attempt_off() {
        var line = CloudApiLine.linked(clinics);
        var command = submits(line, ANA, "uno");
        sender.runDue();
        Map<String, Object> busy = Map.of(
                "biz_opaque_callback_data",
                command.messageId().toString(),
                "errors",
                java.util.List.of(Map.of("code", 130429)));
        line.status(line.wamid(1), "failed", busy);

        // The first pause is between one and two seconds.
        clock.advance(Duration.ofMillis(1900));
        line.status(line.wamid(1), "failed", busy);
        clock.advance(Duration.ofMillis(200));
        sender.runDue();

        assertThat(texts(line)).containsExactly("uno", "uno");
    }

    @Test
    void statuses_in_any_order_only_lead_forward_and_may_come_before_the_answer() {
        var line = CloudApiLine.linked(clinics);
        line.status(line.wamid(1), "read", Map.of());
        var command = submits(line, ANA, "uno");

        sender.runDue();

        assertThat(again(line, command)).isEqualTo(new Taken(CommandState.READ, null));
        line.status(line.wamid(1), "delivered", Map.of());
        line.status(line.wamid(1), "sent", Map.of());
        assertThat(again(line, command)).isEqualTo(new Taken(CommandState.READ, null));
    }

    @Test
    void a_provider_that_says_nothing_twice_is_news_and_so_is_its_return() {
        var line = CloudApiLine.linked(clinics);
        line.platform.usually(asked -> StubProvider.Answer.hangUp());
        clock.advance(Duration.ofMinutes(11));
        watch.turn();
        assertThat(state(line)).isEqualTo("linked/none");
        watch.turn();
        assertThat(state(line)).isEqualTo("reconnecting/server-unavailable");
        var waiting = submits(line, ANA, "Hola");
        sender.runDue();
        assertThat(line.platform.messages()).isEmpty();

        line.platform.usually(line::usual);
        watch.turn();
        sender.runDue();

        assertThat(state(line)).isEqualTo("linked/none");
        assertThat(again(line, waiting)).isEqualTo(new Taken(CommandState.SENT, null));
    }

    @Test
    void a_token_that_was_taken_away_is_noticed_before_anything_is_sent() {
        var line = CloudApiLine.linked(clinics);
        line.platform.usually(asked -> StubProvider.Answer.json(401, CloudApiLine.error(190)));
        clock.advance(Duration.ofMinutes(11));

        watch.turn();

        assertThat(state(line)).isEqualTo("halted/authorization-failed");
    }
}
