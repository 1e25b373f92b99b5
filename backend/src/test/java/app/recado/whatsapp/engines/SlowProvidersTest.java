package app.recado.whatsapp.engines;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.whatsapp.Command;
import app.recado.whatsapp.CommandState;
import app.recado.whatsapp.LineEngine;
import app.recado.whatsapp.LineEngine.HandOffAnswer.Taken;
import app.recado.whatsapp.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

@RecadoTest
@Import(Replica.class)
@TestPropertySource(properties = "recado.engines.answer-timeout=20s")
class SlowProvidersTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    Replica replica;

    @Autowired
    LineEngine engine;

    @BeforeEach
    void monday() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
    }

    @Test
    void two_providers_that_do_not_answer_delay_no_other_line() throws Exception {
        var asked = new CountDownLatch(2);
        var answers = new CountDownLatch(1);
        var sent = new CountDownLatch(1);
        var one = silent(asked, answers);
        var two = silent(asked, answers);
        var third = CloudApiLine.linked(clinics);
        third.platform.usually(question -> {
            sent.countDown();
            return third.usual(question);
        });
        var first = submits(one);
        var second = submits(two);
        var sender = replica.with(TestEngines.working());
        sender.start();
        try {
            assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();

            submits(third);

            assertThat(sent.await(15, TimeUnit.SECONDS)).isTrue();
            assertThat(stateOf(one, first)).isEqualTo(CommandState.SENDING);
            assertThat(stateOf(two, second)).isEqualTo(CommandState.SENDING);
        } finally {
            answers.countDown();
            sender.stop();
        }
        // Stopping waits for turns under way, and what was asked once is not asked again.
        assertThat(stateOf(one, first)).isEqualTo(CommandState.SENT);
        assertThat(stateOf(two, second)).isEqualTo(CommandState.SENT);
        assertThat(one.platform.messages()).hasSize(1);
        assertThat(two.platform.messages()).hasSize(1);
    }

    /** A line whose provider takes a message and answers when the test lets it. */
    private CloudApiLine silent(CountDownLatch asked, CountDownLatch answers) {
        var line = CloudApiLine.linked(clinics);
        line.platform.usually(question -> {
            asked.countDown();
            try {
                assertThat(answers.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return line.usual(question);
        });
        return line;
    }

    private Command submits(CloudApiLine line) {
        var id = UUID.randomUUID();
        var command = new Command(
                line.line,
                id,
                "3EB0" + id,
                "+5491123456789",
                new Payload.Text("Hola"),
                clock.instant().plus(Duration.ofHours(2)));
        assertThat(stateOf(line, command)).isEqualTo(CommandState.ACCEPTED);
        return command;
    }

    /** Handing the same over again tells how far it came. */
    private CommandState stateOf(CloudApiLine line, Command command) {
        return line.clinic.inside(() -> {
            try {
                return ((Taken) engine.submit(command)).state();
            } catch (app.recado.whatsapp.GatewayAway e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
