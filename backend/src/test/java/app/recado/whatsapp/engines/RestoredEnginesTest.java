package app.recado.whatsapp.engines;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.messaging.OutboxWorker;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What direct engines were given before a restore from backup, and may have sent after the backup. */
@RecadoTest
@Import(Replica.class)
class RestoredEnginesTest {

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker outbox;

    @Autowired
    EngineSender sender;

    @Autowired
    Replica replica;

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
        replica.with(TestEngines.restoredAt(restoredAt)).start();
    }

    @Test
    void what_was_open_is_held_as_unknown_is_not_sent_and_a_status_settles_it() {
        var line = CloudApiLine.linked(clinics);
        var loop = LoopClinic.on(line.clinic, line.line, clinics, clock, outbox);
        var waiting = loop.books(loop.patient("Ana", "011 15-2345-6789"), "2026-11-25T13:00:00Z")
                .id();
        var leaving = loop.books(loop.patient("Eva", "011 15-2345-6790"), "2026-11-25T15:00:00Z")
                .id();
        loop.turn();
        line.clinic.inside(() -> transaction.executeWithoutResult(status -> jdbc.sql(
                        "update engine_command set state = 'sending' where organization_id = ? and message_id = ?")
                .params(line.clinic.id(), confirmation(loop, leaving))
                .update()));
        var restoredAt = clock.instant();
        clock.advance(Duration.ofMinutes(1));

        aProcessStarts(restoredAt);
        sender.runDue();

        assertThat(line.platform.messages()).isEmpty();
        for (var visit : List.of(waiting, leaving)) {
            assertThat(loop.message(visit, "confirmation").path("state").asString())
                    .isEqualTo("unknown");
            assertThat(loop.message(visit, "confirmation").path("reason").asString())
                    .isEqualTo("restored-from-backup");
        }
        line.status(
                "wamid.of-before",
                "delivered",
                Map.of("biz_opaque_callback_data", confirmation(loop, waiting).toString()));
        assertThat(loop.message(waiting, "confirmation").path("state").asString())
                .isEqualTo("delivered");
    }

    @Test
    void what_came_after_the_restore_is_sent_however_often_processes_start() {
        var line = CloudApiLine.linked(clinics);
        var loop = LoopClinic.on(line.clinic, line.line, clinics, clock, outbox);
        var restoredAt = clock.instant();
        clock.advance(Duration.ofMinutes(1));
        var visit = loop.books(loop.patient("Ana", "011 15-2345-6789"), "2026-11-25T13:00:00Z")
                .id();
        loop.turn();

        aProcessStarts(restoredAt);
        sender.runDue();

        assertThat(loop.message(visit, "confirmation").path("state").asString()).isEqualTo("sent");
        assertThat(line.platform.messages()).hasSize(1);
    }

    private static UUID confirmation(LoopClinic loop, UUID visit) {
        return UUID.fromString(loop.message(visit, "confirmation").path("id").asString());
    }
}
