package app.recado.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.engines.CloudApiLine;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.DueJobs;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.StubProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests of a line of a provider. */
@RecadoTest
class TestMessagesTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    DueJobs jobs;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @BeforeEach
    void monday() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
    }

    private static Api.Answer asked(CloudApiLine line) {
        var asked = line.clinic.receptionist().post(line.path() + "/test-messages", Map.of("to", "011 15-2345-6789"));
        assertThat(asked.status()).as(asked.text()).isEqualTo(202);
        return asked;
    }

    private static Api.Answer now(CloudApiLine line, Api.Answer asked) {
        return line.clinic.receptionist().get(line.path() + "/test-messages/" + asked.id());
    }

    @Test
    void the_request_does_not_wait_for_the_provider_and_the_test_leaves_right_after_it() {
        var line = CloudApiLine.linked(clinics);

        var asked = asked(line);

        assertThat(asked.at("/state")).isEqualTo("accepted");
        assertThat(line.platform.messages()).isEmpty();
        jobs.run();
        assertThat(line.platform.messages()).hasSize(1);
        assertThat(line.platform.messages().getFirst().text()).contains("5491123456789", "Recepción");
        assertThat(now(line, asked).at("/state")).isEqualTo("sent");
        line.status(line.wamid(1), "delivered", Map.of());
        assertThat(now(line, asked).at("/state")).isEqualTo("delivered");
    }

    @Test
    void a_test_whose_answer_nobody_heard_is_unknown_and_is_not_sent_again() {
        var line = CloudApiLine.linked(clinics);
        line.platform.next(StubProvider.Answer.hangUp());
        var lost = asked(line);
        jobs.run();
        assertThat(now(line, lost).at("/state")).isEqualTo("unknown");
        assertThat(now(line, lost).at("/reason")).isEqualTo("no-acknowledgement");

        var killed = asked(line);
        line.clinic.inside(() -> transaction.executeWithoutResult(status -> jdbc.sql(
                        "update whatsapp_test_message set handed_at = now() where organization_id = ? and id = ?")
                .params(line.clinic.id(), killed.id())
                .update()));
        jobs.run();
        assertThat(now(line, killed).at("/state")).isEqualTo("unknown");
        assertThat(now(line, killed).at("/reason")).isEqualTo("found-sending-at-start");
        assertThat(line.platform.messages()).hasSize(1);
    }

    @Test
    void a_test_that_nobody_got_to_in_time_does_not_leave_any_more() {
        var line = CloudApiLine.linked(clinics);
        var asked = asked(line);

        clock.advance(Duration.ofMinutes(2));
        jobs.run();

        assertThat(now(line, asked).at("/state")).isEqualTo("expired");
        assertThat(line.platform.messages()).isEmpty();
    }

    @Test
    void what_the_provider_refuses_is_told_with_its_reason() {
        var line = CloudApiLine.linked(clinics);
        line.platform.next(400, CloudApiLine.error(131026));
        var asked = asked(line);

        jobs.run();

        assertThat(now(line, asked).at("/state")).isEqualTo("failed");
        assertThat(now(line, asked).at("/reason")).isEqualTo("undeliverable");
    }
}
