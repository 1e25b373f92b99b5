package app.recado.testing;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.Ids;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What staff wrote to patients by hand, put into the outbox as the API does but without the platform's 24-hour window.
 * Imported by tests of how messages leave.
 */
public final class StaffMessages {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final SettableClock clock;
    private final Map<String, UUID> patients = new HashMap<>();

    StaffMessages(JdbcClient jdbc, TransactionTemplate transaction, SettableClock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Words to the patient at that number, of use for two hours. */
    public UUID write(Clinics.Clinic clinic, UUID line, String phone, String text) {
        return write(clinic, line, phone, "manual", "{\"kind\":\"text\",\"text\":\"" + text + "\"}");
    }

    /** Anything to the patient at that number, of use for two hours. */
    public UUID write(Clinics.Clinic clinic, UUID line, String phone, String kind, String content) {
        var patient = patients.computeIfAbsent(clinic.id() + phone, key -> {
            var made = clinic.receptionist()
                    .post("/patients", Map.of("givenName", "Ana", "familyName", "Núñez", "phone", phone));
            assertThat(made.status()).as(made.text()).isEqualTo(201);
            return made.id();
        });
        var id = Ids.next();
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        clinic.inside(() -> transaction.executeWithoutResult(status -> {
            jdbc.sql("""
                        insert into message (organization_id, id, subject_id, subject_version, kind, attempt, patient_id, state,
                                             line_id, due_at, useful_until, next_attempt_at, ready, content, created_by,
                                             created_at, updated_at)
                        values (?, ?, ?, 1, ?, 1, ?, 'planned', ?, ?, ?, ?, true, ?::jsonb, 'somebody', ?, ?)
                        """)
                    .params(
                            clinic.id(),
                            id,
                            id,
                            kind,
                            patient,
                            line,
                            now,
                            now.plus(Duration.ofHours(2)),
                            now,
                            content,
                            now,
                            now)
                    .update();
            jdbc.sql("select pg_notify('recado_outbox', ?)")
                    .param(clinic.id().toString())
                    .query((row, n) -> n)
                    .list();
        }));
        return id;
    }

    /** State of a message, and behind a slash its reason where it has one. */
    public String state(Clinics.Clinic clinic, UUID message) {
        var read = clinic.receptionist().get("/messages/" + message).json();
        var reason = read.path("reason").asString("");
        return read.path("state").asString() + (reason.isEmpty() ? "" : "/" + reason);
    }
}
