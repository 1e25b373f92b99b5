package app.recado.engines.sending;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.engines.CloudApiLine;
import app.recado.messaging.AnotherOutbox;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.StaffMessages;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@RecadoTest
class SlowProvidersTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    AnotherOutbox another;

    @Autowired
    StaffMessages staff;

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
        var first = writes(one);
        var second = writes(two);
        try (var sender = another.start()) {
            assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();

            writes(third);
            assertThat(sent.await(15, TimeUnit.SECONDS)).isTrue();
            assertThat(staff.state(one.clinic, first)).isEqualTo("handed");
            assertThat(staff.state(two.clinic, second)).isEqualTo("handed");
            answers.countDown();
        } finally {
            answers.countDown();
        }
        // Stopping waits for calls under way, and what was asked once is not asked again.
        assertThat(staff.state(one.clinic, first)).isEqualTo("sent");
        assertThat(staff.state(two.clinic, second)).isEqualTo("sent");
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

    private UUID writes(CloudApiLine line) {
        return staff.write(line.clinic, line.line, "+5491123456789", "Hola");
    }
}
