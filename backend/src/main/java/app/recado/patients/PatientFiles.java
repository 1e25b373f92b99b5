package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.media.Media;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Pictures and documents on patients' cards: what each is, and where its bytes lie. */
@Component
class PatientFiles {

    private static final String SELECT = """
            select id, appointment_id, name, content_type, size, media_key, created_at from patient_file
             where organization_id = :org and patient_id = :patient
            """;

    /** Characters of a name. */
    static final int LONGEST_NAME = 200;

    private final JdbcClient jdbc;
    private final Patients patients;
    private final LiveHints hints;
    private final ApplicationEventPublisher events;

    PatientFiles(JdbcClient jdbc, Patients patients, LiveHints hints, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.patients = patients;
        this.hints = hints;
        this.events = events;
    }

    /**
     * A file of a patient.
     *
     * @param appointmentId the visit it is from; null for none
     * @param name as people called it
     * @param contentType found by its content
     * @param size bytes
     * @param at when it was made
     */
    @Schema(name = "PatientFile")
    record PatientFile(
            @Schema(description = "Of the file", example = "0197a2d4-3b1c-7c55-9a01-2b7d54c1f001")
            UUID id,

            @Schema(
                    description = "The visit it is from; null for none",
                    example = "0197a2d4-3b1c-7c55-9a01-2b7d54c1f002")
            @Nullable UUID appointmentId,

            @Schema(description = "As people called it", example = "fondo-de-ojo.jpg")
            String name,

            @Schema(description = "Found by its content", example = "image/jpeg")
            String contentType,

            @Schema(description = "Bytes", example = "184320")
            long size,

            @Schema(description = "When it was made", example = "2026-11-03T14:05:00Z")
            Instant at) {}

    /** A file and where its bytes lie. */
    record Kept(PatientFile file, String mediaKey) {}

    /**
     * Attaches a file whose bytes are in the media store.
     *
     * @param appointmentId a visit of the patient; null for none
     * @param at when it was made
     * @param by the account that attaches it
     * @throws app.recado.kernel.ProblemException {@code patient-unknown}
     */
    @Transactional
    public UUID attach(
            UUID patientId, @Nullable UUID appointmentId, String name, Media.Stored stored, Instant at, String by) {
        if (!patients.hold(patientId)) {
            throw Problem.PATIENT_UNKNOWN.at("/patientId", "unknown-value", "This clinic has no such patient");
        }
        var id = Ids.next();
        jdbc.sql("""
                        insert into patient_file (organization_id, id, patient_id, appointment_id, name, content_type, size, sha256,
                                                  media_key, created_at, created_by, version)
                        values (:org, :id, :patient, :appointment, :name, :type, :size, :sha256, :key, :at, :by, 0)
                        """)
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .param("patient", patientId)
                .param("appointment", appointmentId)
                .param("name", name)
                .param("type", stored.contentType())
                .param("size", stored.size())
                .param("sha256", stored.sha256())
                .param("key", stored.key())
                .param("at", SqlTime.at(at))
                .param("by", by)
                .update();
        hints.changed(LiveHints.Kind.PATIENT, patientId);
        events.publishEvent(new PatientFileChanged(patientId, id, true));
        return id;
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public void mustBeThere(UUID patientId) {
        if (!patients.exists(patientId)) {
            throw Problem.NOT_FOUND.because("There is no such patient");
        }
    }

    /**
     * Takes a file off the card.
     *
     * @return where its bytes lie, for whoever deletes them once this is committed
     * @throws app.recado.kernel.ProblemException {@code not-found}
     */
    @Transactional
    public String remove(UUID patientId, UUID id) {
        var kept = get(patientId, id);
        jdbc.sql("delete from patient_file where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), id)
                .update();
        hints.changed(LiveHints.Kind.PATIENT, patientId);
        events.publishEvent(new PatientFileChanged(patientId, id, false));
        return kept.mediaKey();
    }

    /** Those of a patient, the latest first. @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public List<PatientFile> list(UUID patientId) {
        mustBeThere(patientId);
        return jdbc.sql(SELECT + " order by created_at desc, id desc")
                .param("org", CurrentOrganization.id())
                .param("patient", patientId)
                .query((row, n) -> kept(row).file())
                .list();
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public Kept get(UUID patientId, UUID id) {
        return jdbc.sql(SELECT + " and id = :id")
                .param("org", CurrentOrganization.id())
                .param("patient", patientId)
                .param("id", id)
                .query((row, n) -> kept(row))
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such file"));
    }

    private static Kept kept(ResultSet row) throws SQLException {
        return new Kept(
                new PatientFile(
                        row.getObject("id", UUID.class),
                        row.getObject("appointment_id", UUID.class),
                        row.getString("name"),
                        row.getString("content_type"),
                        row.getLong("size"),
                        SqlTime.instant(row, "created_at")),
                row.getString("media_key"));
    }
}
