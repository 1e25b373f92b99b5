package app.recado.engines.sending;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.engines.CloudApiLine;
import app.recado.messaging.AnotherOutbox;
import app.recado.messaging.OutboxWorker;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import app.recado.testing.StaffMessages;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What direct engines were given before a restore from backup, and may have sent after the backup. */
@RecadoTest
class RestoredEnginesTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker outbox;

    @Autowired
    AnotherOutbox another;

    @Autowired
    StaffMessages staff;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @BeforeEach
    void monday() {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
    }

    /** A process starts after a restore; it serves requests and leaves sending to others. */
    private void aProcessStarts(Instant restoredAt) {
        another.startAfterRestore(restoredAt);
    }

    @Test
    void what_was_open_is_held_as_unknown_is_not_sent_and_a_status_settles_it() {
        var line = CloudApiLine.linked(clinics);
        var waiting = staff.write(line.clinic, line.line, "+5491123456789", "Hola");
        var leaving = staff.write(line.clinic, line.line, "+5491123456790", "Hola");
        line.clinic.inside(() -> transaction.executeWithoutResult(status -> jdbc.sql("""
                        update message set state = 'handed', ready = false, rank = 1, holds_conversation = true, attempts = 1,
                               provider_message_id = '3EB0', phone = '+5491123456790', text = 'Hola', next_attempt_at = ?
                         where organization_id = ? and id = ?
                        """)
                .params(java.sql.Timestamp.from(clock.instant()), line.clinic.id(), leaving)
                .update()));
        var restoredAt = clock.instant();
        clock.advance(Duration.ofMinutes(1));

        aProcessStarts(restoredAt);
        outbox.runDue();

        assertThat(line.platform.messages()).isEmpty();
        assertThat(staff.state(line.clinic, waiting)).isEqualTo("unknown/restored-from-backup");
        assertThat(staff.state(line.clinic, leaving)).isEqualTo("unknown/restored-from-backup");
        line.status("wamid.of-before", "delivered", Map.of("biz_opaque_callback_data", waiting.toString()));
        assertThat(staff.state(line.clinic, waiting)).isEqualTo("delivered");
    }

    @Test
    void what_came_after_the_restore_is_sent_however_often_processes_start() {
        var line = CloudApiLine.linked(clinics);
        var restoredAt = clock.instant();
        clock.advance(Duration.ofMinutes(1));
        var message = staff.write(line.clinic, line.line, "+5491123456789", "Hola");

        aProcessStarts(restoredAt);
        outbox.runDue();

        assertThat(staff.state(line.clinic, message)).isEqualTo("sent");
        assertThat(line.platform.messages()).hasSize(1);
    }
}
