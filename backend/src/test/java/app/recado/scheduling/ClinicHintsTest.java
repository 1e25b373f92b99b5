package app.recado.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.PostgresServer;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.annotation.Autowired;

/** Open consoles are told of every change, by kind and id only, and of nothing that was refused. */
@RecadoTest
class ClinicHintsTest {

    private static final int MOST_MILLIS = 5000;

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    PostgresServer.Database database;

    @Test
    void what_the_desk_changes_reaches_open_consoles_and_what_is_refused_does_not() throws SQLException {
        clock.set(Instant.parse("2026-11-23T12:00:00Z"));
        var front = Front.of(clinics.open());
        try (var listening = database.connect("app")) {
            listening.createStatement().execute("listen recado_live");
            var visit = front.books("2026-11-24T13:00:00Z");
            front.desk().post("/appointments", front.visitAt("2026-11-24T13:00:00Z"));
            front.act(front.desk(), visit, "cancel", Map.of());
            var doctor = front.anotherPractitioner();
            var hold = front.desk()
                    .post(
                            "/slot-holds",
                            Map.of(
                                    "form",
                                    UUID.randomUUID(),
                                    "healthcareServiceId",
                                    front.service(),
                                    "practitionerId",
                                    front.practitioner(),
                                    "start",
                                    "2026-11-24T13:00:00Z"));
            var template = front.desk()
                    .post("/message-templates", Map.of("kind", "reminder", "language", "es", "body", "Te esperamos."));
            assertThat(heard(listening.unwrap(PGConnection.class), "message-template"))
                    .containsExactly(
                            front.clinic().id() + " appointment " + visit.id(),
                            front.clinic().id() + " appointment " + visit.id(),
                            front.clinic().id() + " practitioner " + doctor,
                            front.clinic().id() + " slot-hold " + hold.id(),
                            front.clinic().id() + " message-template " + template.id());
        }
    }

    /** What was heard up to the first hint of a kind, messages apart: those are their senders' to tell. */
    private static List<String> heard(PGConnection connection, String last) throws SQLException {
        var payloads = new ArrayList<String>();
        while (payloads.stream().noneMatch(payload -> payload.contains(" " + last + " "))) {
            var notifications = connection.getNotifications(MOST_MILLIS);
            if (notifications == null || notifications.length == 0) {
                break;
            }
            for (var notification : notifications) {
                payloads.add(notification.getParameter());
            }
        }
        payloads.removeIf(payload -> payload.contains(" message "));
        return payloads;
    }
}
