package app.recado.booking;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.retention.OldRows;
import app.recado.kernel.retention.Retained;
import app.recado.patients.PatientData;
import app.recado.patients.PatientReference;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The rows of pre-registrations, of the current organization; needs an open transaction. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class PreregistrationRows {

    private static final int LISTED = 20;

    private final JdbcClient jdbc;
    private final LiveHints hints;
    private final Clock clock;

    PreregistrationRows(JdbcClient jdbc, LiveHints hints, Clock clock) {
        this.jdbc = jdbc;
        this.hints = hints;
        this.clock = clock;
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    public Preregistration get(UUID id) {
        return read(id, "");
    }

    /** Reads and holds the row until the transaction ends.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} */
    public Preregistration hold(UUID id) {
        return read(id, "for update");
    }

    private Preregistration read(UUID id, String lock) {
        return jdbc.sql("select * from preregistration where organization_id = ? and id = ? " + lock)
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> Preregistration.of(row))
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such link"));
    }

    /** The newest first, twenty at most. */
    public List<Preregistration> of(UUID patient) {
        return jdbc.sql("""
                        select * from preregistration where organization_id = ? and patient_id = ?
                         order by created_at desc, id desc limit %d
                        """.formatted(LISTED))
                .params(CurrentOrganization.id(), patient)
                .query((row, n) -> Preregistration.of(row))
                .list();
    }

    /** A new link in the place of those that still count. */
    public UUID replaceOpen(UUID patient, Instant expiresAt, String by) {
        var now = SqlTime.at(clock.instant());
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 3))")
                .param(CurrentOrganization.id() + " preregistration " + patient)
                .query((row, n) -> n)
                .list();
        jdbc.sql("""
                        update preregistration set revoked_at = ?, version = version + 1
                         where organization_id = ? and patient_id = ? and completed_at is null and revoked_at is null
                        """).params(now, CurrentOrganization.id(), patient).update();
        var id = Ids.next();
        jdbc.sql("""
                        insert into preregistration (organization_id, id, patient_id, expires_at, created_at, created_by)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .params(CurrentOrganization.id(), id, patient, SqlTime.at(expiresAt), now, by)
                .update();
        hints.changed(LiveHints.Kind.PATIENT, patient);
        return id;
    }

    public void sent(Preregistration one, Instant expiresAt) {
        jdbc.sql("""
                        update preregistration set sent_at = ?, sent = sent + 1, expires_at = ?, version = version + 1
                         where organization_id = ? and id = ?
                        """)
                .params(SqlTime.at(clock.instant()), SqlTime.at(expiresAt), CurrentOrganization.id(), one.id())
                .update();
        hints.changed(LiveHints.Kind.PATIENT, one.patientId());
    }

    /** Somebody looked at it; the first time counts. */
    public void opened(Preregistration one) {
        int first = jdbc.sql("""
                        update preregistration set opened_at = ? where organization_id = ? and id = ? and opened_at is null
                        """)
                .params(SqlTime.at(clock.instant()), CurrentOrganization.id(), one.id())
                .update();
        if (first > 0) {
            hints.changed(LiveHints.Kind.PATIENT, one.patientId());
        }
    }

    public void revoked(Preregistration one) {
        jdbc.sql("""
                        update preregistration set revoked_at = ?, version = version + 1 where organization_id = ? and id = ?
                        """)
                .params(SqlTime.at(clock.instant()), CurrentOrganization.id(), one.id())
                .update();
        hints.changed(LiveHints.Kind.PATIENT, one.patientId());
    }

    public void completed(
            Preregistration one, String answerHash, String differing, boolean identifierTaken, String consents) {
        jdbc.sql("""
                        update preregistration
                           set completed_at = :now, opened_at = coalesce(opened_at, :now), answer_hash = :hash,
                               differing = cast(:differing as jsonb), identifier_taken = :taken,
                               consents = cast(:consents as jsonb), version = version + 1
                         where organization_id = :org and id = :id
                        """)
                .param("now", SqlTime.at(clock.instant()))
                .param("hash", answerHash)
                .param("differing", differing)
                .param("taken", identifierTaken)
                .param("consents", consents)
                .param("org", CurrentOrganization.id())
                .param("id", one.id())
                .update();
        hints.changed(LiveHints.Kind.PATIENT, one.patientId());
    }

    /** Staff decided; what the patient said otherwise is kept no longer. */
    public void resolved(Preregistration one, String by) {
        jdbc.sql("""
                        update preregistration set differing = '{}', resolved_at = ?, resolved_by = ?, version = version + 1
                         where organization_id = ? and id = ?
                        """)
                .params(SqlTime.at(clock.instant()), by, CurrentOrganization.id(), one.id())
                .update();
        hints.changed(LiveHints.Kind.PATIENT, one.patientId());
    }

    /** What of them ends, follows a merge and stands in the copy of a patient's data. */
    @Configuration(proxyBeanMethods = false)
    static class Kept {

        /** Links that nobody used; those that were hold what somebody agreed to, and stay with the patient. */
        @Bean
        Retained oldPreregistrations(JdbcClient jdbc) {
            return new OldRows(
                    jdbc,
                    "preregistrations",
                    Retained.Term.TECHNICAL,
                    "preregistration",
                    "created_at",
                    "completed_at is null");
        }

        @Bean
        PatientReference preregistrationPatient() {
            return new PatientReference("preregistration", "patient_id");
        }

        @Bean
        PatientData preregistrationData() {
            return new PatientData("preregistrations", "preregistration", """
                    select json_build_object('createdAt', created_at, 'sentAt', sent_at, 'openedAt', opened_at,
                                             'completedAt', completed_at, 'saidOtherwise', differing, 'consents', consents)
                      from preregistration where organization_id = :org and patient_id = :patient order by created_at, id
                    """);
        }
    }
}
