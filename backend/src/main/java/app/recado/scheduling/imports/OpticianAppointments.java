package app.recado.scheduling.imports;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.migration.ExternalRow;
import app.recado.kernel.migration.MigratedTable;
import app.recado.kernel.migration.MigrationRelations;
import app.recado.kernel.security.Caller;
import app.recado.patients.ImportKind;
import app.recado.patients.PatientLookup;
import app.recado.scheduling.AppointmentStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Appointments of the optician's practice manager, taken over as visits of a file are: nobody is told of past ones, and of
 * those to come patients get reminders. Where two have one hour the second is overbooked: none may be lost.
 */
@Component
class OpticianAppointments implements MigratedTable {

    private static final int LONGEST_MINUTES = 480;
    private static final int LONGEST_NOTE = 500;

    private final ImportedVisits visits;
    private final ClinicDirectory directory;
    private final PatientLookup patients;
    private final ApplicationEventPublisher events;
    private final JdbcClient jdbc;
    private final Clock clock;

    OpticianAppointments(
            ImportedVisits visits,
            ClinicDirectory directory,
            PatientLookup patients,
            ApplicationEventPublisher events,
            JdbcClient jdbc,
            Clock clock) {
        this.visits = visits;
        this.directory = directory;
        this.patients = patients;
        this.events = events;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "appointments";
    }

    @Override
    public String table() {
        return "appointments";
    }

    @Override
    public int order() {
        return 50;
    }

    @Override
    public Set<String> columns() {
        return Set.of("patient_id", "user_id", "service_id", "starts_at", "duration_minutes", "status", "notes");
    }

    @Override
    public UUID take(ExternalRow row, MigrationRelations relations) {
        var patient = relations.required(row, "patient_id", "patients");
        var practitioner = relations.required(row, "user_id", "practitioners");
        var service = relations.required(row, "service_id", "services");
        var clinic = directory.load();
        var offered = clinic.services().stream()
                .filter(one -> one.id().equals(service))
                .findFirst()
                .orElseThrow(() -> row.refused("service_id", "relation-unknown"));
        var location = clinic.mainLocation();
        var zone = location == null ? clinic.zone() : location.zone();
        var start = row.moment("starts_at", zone);
        var minutes = row.number("duration_minutes", offered.minutes(), 5, LONGEST_MINUTES);
        boolean past = !start.isAfter(clock.instant());
        var note = row.text("notes");
        if (note != null && note.length() > LONGEST_NOTE) {
            throw row.refused("notes", "too-long");
        }
        var visit = new ReadVisit(
                new PatientLookup.Wanted(patient, null, null, null, null),
                -1,
                -1,
                practitioner,
                service,
                offered.capacity(),
                location == null ? null : location.id(),
                null,
                start,
                start.plus(Duration.ofMinutes(minutes)),
                start.atZone(zone).toLocalDateTime(),
                zone,
                status(row, past),
                past,
                note,
                "optician " + row.id());
        return taken(row, visit);
    }

    private UUID taken(ExternalRow row, ReadVisit visit) {
        var done = new VisitBatches(visits, patients, events, ImportNotices.REMINDERS, true)
                .take(
                        List.of(new ImportKind.Row(row.number(), visit, List.of())),
                        true,
                        Caller.current().subject())
                .getFirst();
        var id = done.id();
        if (id == null) {
            throw row.refused("starts_at", done.row().problems().getFirst().code());
        }
        return id;
    }

    /** What took place and is not said to have ended otherwise was attended. */
    private static AppointmentStatus status(ExternalRow row, boolean past) {
        var text = row.text("status");
        var said = text == null
                ? AppointmentStatus.BOOKED
                : AppointmentImportReader.statusOf(text).orElseThrow(() -> row.refused("status", "unknown-value"));
        if (past) {
            return said == AppointmentStatus.BOOKED ? AppointmentStatus.FULFILLED : said;
        }
        if (said == AppointmentStatus.FULFILLED || said == AppointmentStatus.NOSHOW) {
            throw row.refused("status", "not-yet");
        }
        return said;
    }

    @Override
    public long present(boolean rehearsal) {
        return jdbc.sql("select count(*) from appointment where organization_id = ?")
                .param(CurrentOrganization.id())
                .query(Long.class)
                .single();
    }
}
