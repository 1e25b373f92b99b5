package app.recado.engines.sending;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.engines.CloudApiLine;
import app.recado.messaging.OutboxWorker;
import app.recado.testing.AnotherProcess;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.StaffMessages;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.test.context.TestPropertySource;

/**
 * A real process that sends, killed at the worst moments; the survivor is this one. What left is counted at the provider. The
 * victim works all there is in a database, so it is not the one of most tests but that of SlowProvidersTest.
 */
@RecadoTest
@TestPropertySource(properties = "recado.engines.answer-timeout=20s")
class KilledWhileSendingTest {

    private static final String ANA = "+5491123456789";

    /** The victim's clock went on while it started. */
    private static final Duration LEASE_IS_OVER = Duration.ofSeconds(90).plusMinutes(3);

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker survivor;

    @Autowired
    StaffMessages staff;

    @Autowired
    ConfigurableEnvironment environment;

    @BeforeEach
    void now() {
        // The victim has a clock of its own.
        clock.set(Instant.now());
    }

    @Test
    void before_the_call_it_is_unknown_and_never_sent_and_what_waits_behind_it_goes_on() throws Exception {
        var line = CloudApiLine.linked(clinics);
        var leaving = writes(line, ANA);
        var waiting = writes(line, ANA); // of the same conversation: not claimed while the first is
        try (var victim = AnotherProcess.of(environment, Map.of("RECADO_FAILPOINT", "handed-committed"))) {
            assertThat(victim.diesBy(Duration.ofMinutes(3))).isEqualTo(AnotherProcess.KILLED);
        }
        assertThat(state(line, leaving)).isEqualTo("handed");

        takesOver();

        assertThat(state(line, leaving)).isEqualTo("unknown/found-sending-at-start");
        assertThat(state(line, waiting)).isEqualTo("sent");
        assertThat(line.platform.messages())
                .extracting(asked -> asked.json().at("/to").asString())
                .containsExactly(ANA.substring(1));
    }

    @Test
    void during_the_call_it_is_unknown_and_left_once_and_its_status_settles_it() throws Exception {
        var line = CloudApiLine.linked(clinics);
        var called = new CountDownLatch(1);
        var dead = new CountDownLatch(1);
        line.platform.usually(asked -> {
            if (asked.method().equals("GET")) {
                return line.usual(asked); // a look at the line, no message
            }
            called.countDown();
            try {
                assertThat(dead.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return line.usual(asked);
        });
        var leaving = writes(line, ANA);
        try (var victim = AnotherProcess.of(environment, Map.of("recado.engines.answer-timeout", "20s"))) {
            assertThat(called.await(3, TimeUnit.MINUTES)).isTrue();
            victim.kill();
        } finally {
            dead.countDown();
        }
        assertThat(state(line, leaving)).isEqualTo("handed");

        isUnknownAndSettledByItsStatus(line, leaving, "read");
    }

    @Test
    void after_the_answer_it_is_unknown_and_left_once_and_its_status_settles_it() throws Exception {
        var line = CloudApiLine.linked(clinics);
        var leaving = writes(line, ANA);
        try (var victim = AnotherProcess.of(environment, Map.of("RECADO_FAILPOINT", "put-answered"))) {
            assertThat(victim.diesBy(Duration.ofMinutes(3))).isEqualTo(AnotherProcess.KILLED);
        }

        isUnknownAndSettledByItsStatus(line, leaving, "delivered");
    }

    private void isUnknownAndSettledByItsStatus(CloudApiLine line, UUID leaving, String status) {
        takesOver();
        assertThat(state(line, leaving)).isEqualTo("unknown/found-sending-at-start");
        takesOver();
        assertThat(line.platform.messages()).hasSize(1);

        line.status(line.wamid(1), status, Map.of("biz_opaque_callback_data", leaving.toString()));

        assertThat(state(line, leaving)).isEqualTo(status);
        takesOver();
        assertThat(line.platform.messages()).hasSize(1);
    }

    /** The dead process's lease ends, and this one works what is due. */
    private void takesOver() {
        clock.advance(LEASE_IS_OVER);
        survivor.runDue();
    }

    private UUID writes(CloudApiLine line, String to) {
        return staff.write(line.clinic, line.line, to, "Hola");
    }

    private String state(CloudApiLine line, UUID message) {
        return staff.state(line.clinic, message);
    }
}
