package app.recado.scheduling;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.live.LiveHints;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What happened to an appointment, told in order; the database lets the application add to it, never change it. */
@Repository
class AppointmentHistory {

    static final String STAFF = "staff";
    static final String PATIENT = "patient";

    private final JdbcClient jdbc;
    private final LiveHints hints;
    private final MeterRegistry metrics;
    private final AppointmentRepository appointments;
    private final ObjectProvider<TimelineSource> sources;

    AppointmentHistory(
            JdbcClient jdbc,
            LiveHints hints,
            MeterRegistry metrics,
            AppointmentRepository appointments,
            ObjectProvider<TimelineSource> sources) {
        this.jdbc = jdbc;
        this.hints = hints;
        this.metrics = metrics;
        this.appointments = appointments;
        this.sources = sources;
    }

    /**
     * Adds a step to the history and tells open consoles.
     *
     * @param what the step, for example {@code moved}
     * @param source {@code staff} or {@code patient}
     * @param subject the account that acted; null for patients
     * @param text the patient's words, or why staff cancelled
     */
    void add(
            UUID appointmentId,
            String what,
            Instant at,
            String source,
            @Nullable String subject,
            @Nullable String text) {
        jdbc.sql("""
                insert into appointment_event (organization_id, id, appointment_id, at, kind, source, subject, text)
                values (:org, :id, :appointment, :at, :kind, :source, :subject, :text)
                """)
                .param("org", CurrentOrganization.id())
                .param("id", Ids.next())
                .param("appointment", appointmentId)
                .param("at", Rows.bound(at))
                .param("kind", "appointment-" + what)
                .param("source", source)
                .param("subject", subject)
                .param("text", text)
                .update();
        hints.changed(LiveHints.Kind.APPOINTMENT, appointmentId);
        metrics.counter("recado.appointments.changes", "change", what, "source", source)
                .increment();
    }

    /** What happened around the appointment of a patient, the oldest first. */
    record Timeline(UUID patientId, List<TimelineEntry> entries) {}

    /** Everything that happened around an appointment, messages and answers included.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public Timeline of(UUID appointmentId) {
        var patientId = appointments
                .findById(appointmentId)
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such appointment"))
                .patientId();
        var history = new ArrayList<>(own(appointmentId));
        sources.orderedStream().forEach(source -> history.addAll(source.entries(appointmentId)));
        history.sort(Comparator.comparing(TimelineEntry::at)); // stable: what one source told in order stays in order
        return new Timeline(patientId, List.copyOf(history));
    }

    /** That a visit came with a file follows from its own row: undoing the import removes it, and steps are never removed. */
    private List<TimelineEntry> own(UUID appointmentId) {
        return jdbc.sql("""
                select at, kind, source, text from (
                    select at, kind, source, text, id from appointment_event
                     where organization_id = :org and appointment_id = :appointment
                    union all
                    select created_at, 'appointment-imported', 'staff', null, id from appointment
                     where organization_id = :org and id = :appointment and source = 'import') as story
                 order by at, id
                """)
                .param("org", CurrentOrganization.id())
                .param("appointment", appointmentId)
                .query((row, n) -> new TimelineEntry(
                        Rows.instant(row, "at"),
                        row.getString("kind"),
                        null,
                        null,
                        null,
                        row.getString("source"),
                        row.getString("text")))
                .list();
    }
}
