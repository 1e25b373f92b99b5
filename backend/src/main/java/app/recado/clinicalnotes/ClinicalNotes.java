package app.recado.clinicalnotes;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Cursors;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Ids;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.security.Caller;
import app.recado.patients.Patients;
import app.recado.scheduling.Appointments;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Writes, corrects and lists the notes of practitioners. */
@Component
class ClinicalNotes {

    private static final String LIST = "clinical-notes";

    private static final String SELECT = """
            select id, patient_id, appointment_id, text, author_name, written_at, corrected_at, corrected_by_name, version
              from clinical_note where organization_id = :org
            """;

    private final JdbcClient jdbc;
    private final Cursors cursors;
    private final Patients patients;
    private final Appointments appointments;
    private final LiveHints hints;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ClinicalNotes(
            JdbcClient jdbc,
            Cursors cursors,
            Patients patients,
            Appointments appointments,
            LiveHints hints,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.cursors = cursors;
        this.patients = patients;
        this.appointments = appointments;
        this.hints = hints;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Writes a note down.
     *
     * @param appointmentId the visit it is about; null for none
     * @param text not blank
     * @throws app.recado.kernel.ProblemException {@code patient-unknown}; {@code invalid-fields} for a visit of somebody else
     */
    @Transactional
    public ClinicalNoteView add(UUID patientId, @Nullable UUID appointmentId, String text) {
        return add(patientId, appointmentId, text, nameOf(Caller.current()), clock.instant());
    }

    /**
     * The same for what somebody wrote elsewhere and before.
     *
     * @param author what they are called
     * @throws app.recado.kernel.ProblemException likewise
     */
    @Transactional
    public ClinicalNoteView add(
            UUID patientId, @Nullable UUID appointmentId, String text, String author, Instant writtenAt) {
        if (!patients.hold(patientId)) {
            throw Problem.PATIENT_UNKNOWN.at("/patientId", "unknown-value", "This clinic has no such patient");
        }
        if (appointmentId != null
                && appointments
                        .find(appointmentId)
                        .filter(visit -> visit.patientId().equals(patientId))
                        .isEmpty()) {
            throw Problem.INVALID_FIELDS.at("/appointmentId", "unknown-value", "This patient has no such visit");
        }
        var id = Ids.next();
        var by = Caller.current();
        jdbc.sql("""
                        insert into clinical_note (organization_id, id, patient_id, appointment_id, text, author, author_name,
                                                   written_at, version)
                        values (:org, :id, :patient, :appointment, :text, :by, :byName, :now, 0)
                        """)
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .param("patient", patientId)
                .param("appointment", appointmentId)
                .param("text", text.strip())
                .param("by", by.subject())
                .param("byName", author)
                .param("now", SqlTime.at(writtenAt))
                .update();
        tell(id, patientId, by);
        return find(id, "");
    }

    /**
     * Says something else; what it said before is kept.
     *
     * @param text not blank
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}
     */
    @Transactional
    public ClinicalNoteView correct(UUID id, ExpectedVersion expected, String text) {
        var note = find(id, " for update");
        expected.mustBe(note.version());
        var by = Caller.current();
        jdbc.sql("""
                        insert into clinical_note_revision (organization_id, note_id, version, text, author_name, written_at)
                        select organization_id, id, version, text, coalesce(corrected_by_name, author_name),
                               coalesce(corrected_at, written_at)
                          from clinical_note where organization_id = :org and id = :id
                        """).param("org", CurrentOrganization.id()).param("id", id).update();
        jdbc.sql("""
                        update clinical_note
                           set text = :text, corrected_at = :now, corrected_by = :by, corrected_by_name = :byName,
                               version = version + 1
                         where organization_id = :org and id = :id
                        """)
                .param("text", text.strip())
                .param("now", SqlTime.at(clock.instant()))
                .param("by", by.subject())
                .param("byName", nameOf(by))
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .update();
        tell(id, note.patientId(), by);
        return get(id);
    }

    /** With what it said before. @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public ClinicalNoteView get(UUID id) {
        var note = find(id, "");
        var former = jdbc.sql("""
                        select text, author_name, written_at from clinical_note_revision
                         where organization_id = ? and note_id = ? order by version desc
                        """)
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> new ClinicalNoteView.Former(
                        row.getString("text"), row.getString("author_name"), SqlTime.instant(row, "written_at")))
                .list();
        return new ClinicalNoteView(
                note.id(),
                note.patientId(),
                note.appointmentId(),
                note.text(),
                note.author(),
                note.writtenAt(),
                note.correctedAt(),
                note.correctedBy(),
                former,
                note.version());
    }

    /** Those of a patient, the latest first. @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public Page<ClinicalNoteView> list(UUID patientId, int limit, @Nullable String cursor) {
        mustExist(patientId);
        var after = cursors.open(LIST, cursor);
        var statement = jdbc.sql(SELECT + " and patient_id = :patient"
                        + (after == null ? "" : " and (written_at, id) < (:at, :after)")
                        + " order by written_at desc, id desc limit " + (limit + 1))
                .param("org", CurrentOrganization.id())
                .param("patient", patientId);
        if (after != null) {
            statement = statement
                    .param("at", SqlTime.at(Instant.parse(after.get(0))))
                    .param("after", UUID.fromString(after.get(1)));
        }
        var rows = statement.query((row, n) -> view(row)).list();
        return Page.of(
                rows,
                limit,
                last -> cursors.seal(
                        LIST, last.writtenAt().toString(), last.id().toString()));
    }

    /**
     * That there are notes, which everybody of the clinic may know.
     *
     * @param latestAt when the last one was written; null without any
     */
    record Summary(long count, @Nullable Instant latestAt) {}

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public Summary summary(UUID patientId) {
        mustExist(patientId);
        return jdbc.sql("""
                        select count(*) as notes, max(written_at) as latest from clinical_note
                         where organization_id = ? and patient_id = ?
                        """)
                .params(CurrentOrganization.id(), patientId)
                .query((row, n) -> new Summary(row.getLong("notes"), SqlTime.instantOrNull(row, "latest")))
                .single();
    }

    private void mustExist(UUID patientId) {
        if (!patients.exists(patientId)) {
            throw Problem.NOT_FOUND.because("There is no such patient");
        }
    }

    private ClinicalNoteView find(UUID id, String locking) {
        List<ClinicalNoteView> found = jdbc.sql(SELECT + " and id = :id" + locking)
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .query((row, n) -> view(row))
                .list();
        if (found.isEmpty()) {
            throw Problem.NOT_FOUND.because("There is no such note");
        }
        return found.getFirst();
    }

    private void tell(UUID id, UUID patientId, Caller by) {
        hints.changed(LiveHints.Kind.PATIENT, patientId);
        events.publishEvent(new ClinicalNoteWritten(id, patientId, by.subject()));
    }

    private static String nameOf(Caller caller) {
        return Objects.requireNonNullElse(caller.name(), caller.subject());
    }

    private static ClinicalNoteView view(ResultSet row) throws SQLException {
        return new ClinicalNoteView(
                row.getObject("id", UUID.class),
                row.getObject("patient_id", UUID.class),
                row.getObject("appointment_id", UUID.class),
                row.getString("text"),
                row.getString("author_name"),
                SqlTime.instant(row, "written_at"),
                SqlTime.instantOrNull(row, "corrected_at"),
                row.getString("corrected_by_name"),
                null,
                row.getLong("version"));
    }
}
