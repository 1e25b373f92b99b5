package app.recado.scheduling;

import app.recado.kernel.CurrentOrganization;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Answers the neighbours' questions about appointments and takes patients' answers. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class BookedAppointments implements Appointments {

    private static final int LONGEST_TEXT = 500;

    private static final String FACTS = """
            select a.id, a.patient_id, d.display_name, s.name, a.starts_at, a.ends_at, a.time_zone, a.status,
                   a.participation, a.schedule_version, l.name as place_name, l.address, l.latitude, l.longitude, l.phone,
                   i.name as insurance_name
              from appointment a
              join practitioner d on d.organization_id = a.organization_id and d.id = a.practitioner_id
              join healthcare_service s on s.organization_id = a.organization_id and s.id = a.healthcare_service_id
              left join location l on l.organization_id = a.organization_id
                   and l.id = coalesce(a.location_id, a.organization_id)
              left join insurance i on i.organization_id = a.organization_id and i.id = a.insurance_id
             where a.organization_id = :org
            """;

    private final JdbcClient jdbc;
    private final AppointmentRepository appointments;
    private final AppointmentHistory history;
    private final ApplicationEventPublisher events;

    BookedAppointments(
            JdbcClient jdbc,
            AppointmentRepository appointments,
            AppointmentHistory history,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.appointments = appointments;
        this.history = history;
        this.events = events;
    }

    @Override
    public Optional<AppointmentFacts> find(UUID id) {
        return facts(FACTS + " and a.id = :id", id);
    }

    @Override
    public Optional<AppointmentFacts> lock(UUID id) {
        return facts(FACTS + " and a.id = :id for update of a", id);
    }

    @Override
    public Map<UUID, AppointmentFacts> lockAll(Collection<UUID> ids) {
        return all(" and a.id = any(:ids) order by a.id for update of a", ids);
    }

    @Override
    public Map<UUID, AppointmentFacts> findAll(Collection<UUID> ids) {
        return ids.isEmpty() ? Map.of() : all(" and a.id = any(:ids)", ids);
    }

    private Map<UUID, AppointmentFacts> all(String condition, Collection<UUID> ids) {
        return jdbc
                .sql(FACTS + condition)
                .param("org", CurrentOrganization.id())
                .param("ids", ids.toArray(UUID[]::new))
                .query(BookedAppointments::read)
                .list()
                .stream()
                .collect(Collectors.toMap(AppointmentFacts::id, Function.identity()));
    }

    private Optional<AppointmentFacts> facts(String sql, UUID id) {
        return jdbc.sql(sql)
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .query(BookedAppointments::read)
                .optional();
    }

    private static AppointmentFacts read(ResultSet row, int n) throws SQLException {
        return new AppointmentFacts(
                Rows.id(row, "id"),
                Rows.id(row, "patient_id"),
                row.getString("display_name"),
                row.getString("name"),
                Rows.instant(row, "starts_at"),
                Rows.instant(row, "ends_at"),
                ZoneId.of(row.getString("time_zone")),
                AppointmentStatus.of(row.getString("status")),
                Participation.of(row.getString("participation")),
                row.getLong("schedule_version"),
                row.getString("place_name") instanceof String name
                        ? new AppointmentFacts.Place(
                                name,
                                row.getString("address"),
                                row.getObject("latitude", Double.class),
                                row.getObject("longitude", Double.class),
                                row.getString("phone"))
                        : null,
                row.getString("insurance_name"));
    }

    @Override
    public boolean recordParticipation(
            UUID id, long scheduleVersion, Participation said, String source, @Nullable String text, Instant at) {
        var visit = appointments.hold(id).orElse(null);
        if (visit == null || visit.scheduleVersion() != scheduleVersion || !visit.takesAnswerOf(at)) {
            return false;
        }
        var kept = text == null ? null : cut(text);
        visit.answer(said, source, kept, at);
        appointments.saveAndFlush(visit);
        history.add(id, said.wireName(), at, source, null, kept);
        events.publishEvent(new AppointmentParticipationChanged(id));
        return true;
    }

    @Override
    public boolean withdrawParticipation(UUID id, Instant saidAt, Instant at) {
        var visit = appointments.hold(id).orElse(null);
        if (visit == null || !visit.withdrawAnswer(saidAt)) {
            return false;
        }
        appointments.saveAndFlush(visit);
        history.add(id, Participation.NEEDS_ACTION.wireName(), at, AppointmentHistory.PATIENT, null, null);
        events.publishEvent(new AppointmentParticipationChanged(id));
        return true;
    }

    private record StatedAnswer(
            String kind, String source, @Nullable String text, Instant at) {}

    @Override
    public boolean restoreParticipation(UUID id, Instant saidAt, Instant at) {
        var visit = appointments.hold(id).orElse(null);
        var last = jdbc.sql("""
                        select kind, source, text, at from appointment_event
                         where organization_id = ? and appointment_id = ? and kind in ('appointment-accepted',
                               'appointment-declined', 'appointment-tentative', 'appointment-needs-action')
                         order by at desc, id desc limit 1
                        """)
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> new StatedAnswer(
                        row.getString("kind"), row.getString("source"), row.getString("text"), Rows.instant(row, "at")))
                .optional()
                .filter(said -> said.source().equals(AppointmentHistory.PATIENT)
                        && said.at().equals(saidAt)
                        && !said.kind().equals("appointment-needs-action"))
                .orElse(null);
        if (visit == null || last == null || visit.hasAnswerOf(saidAt) || !visit.takesAnswerOf(saidAt)) {
            return false;
        }
        var said = Participation.of(last.kind().substring("appointment-".length()));
        visit.answer(said, AppointmentHistory.PATIENT, last.text(), saidAt);
        appointments.saveAndFlush(visit);
        history.add(id, "answer-restored", at, AppointmentHistory.PATIENT, null, last.text());
        events.publishEvent(new AppointmentParticipationChanged(id));
        return true;
    }

    @Override
    public boolean cancelByPatient(UUID id, long scheduleVersion, Instant at) {
        var visit = appointments.hold(id).orElse(null);
        if (visit == null
                || visit.scheduleVersion() != scheduleVersion
                || !visit.status().isAwaited()) {
            return false;
        }
        if (visit.participation() != Participation.DECLINED) {
            visit.answer(Participation.DECLINED, AppointmentHistory.PATIENT, null, at);
        }
        visit.cancel(CancellationCode.PATIENT, null, AppointmentHistory.PATIENT, at);
        appointments.saveAndFlush(visit);
        history.add(id, "cancelled", at, AppointmentHistory.PATIENT, null, null);
        events.publishEvent(new AppointmentCancelled(id, AppointmentHistory.PATIENT));
        return true;
    }

    /** What is kept of a patient's words; never half a character. */
    static String cut(String text) {
        if (text.length() <= LONGEST_TEXT) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1)) ? LONGEST_TEXT - 1 : LONGEST_TEXT;
        return text.substring(0, end);
    }
}
