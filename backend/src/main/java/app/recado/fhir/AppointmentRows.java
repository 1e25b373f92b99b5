package app.recado.fhir;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Reads appointments for other systems, without what the desk writes about them; of restricted patients none. */
@Repository
class AppointmentRows {

    private static final String SELECT = """
            select a.id, a.starts_at, a.ends_at, a.time_zone, a.status, a.participation, a.cancellation_code, a.created_at,
                   a.version, p.id as patient_id, concat_ws(' ', p.given_name, p.family_name) as patient_name,
                   d.id as practitioner_id, d.display_name as practitioner_name, s.id as service_id, s.name as service_name,
                   l.id as location_id, l.name as location_name
              from appointment a
              join patient p on p.organization_id = a.organization_id and p.id = a.patient_id
              join practitioner d on d.organization_id = a.organization_id and d.id = a.practitioner_id
              join healthcare_service s on s.organization_id = a.organization_id and s.id = a.healthcare_service_id
              left join location l on l.organization_id = a.organization_id and l.id = a.location_id
             where a.organization_id = :org and p.restricted_at is null
            """;

    private final JdbcClient jdbc;

    AppointmentRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Somebody or something with a name. */
    record Named(UUID id, String name) {}

    /**
     * An appointment.
     *
     * @param zone in which its hour is meant
     * @param status in the words of FHIR
     * @param participation what the patient said about coming, in the words of FHIR
     * @param cancellationCode of FHIR's list; null while it is not cancelled, or when nobody said why
     * @param location null for a visit from before there were locations
     */
    record AppointmentRow(
            UUID id,
            Instant start,
            Instant end,
            ZoneId zone,
            String status,
            String participation,
            @Nullable String cancellationCode,
            Instant createdAt,
            long version,
            Named patient,
            Named practitioner,
            Named service,
            @Nullable Named location) {}

    /**
     * What is looked for; everything said must hold.
     *
     * @param ids one of these; null for all
     * @param start when it begins
     * @param patients all of these: more than one is nobody's appointment
     * @param statuses one of these; null for all
     */
    record Wanted(
            @Nullable List<UUID> ids,
            DateRange start,
            List<UUID> patients,
            List<UUID> practitioners,
            List<UUID> locations,
            List<UUID> services,
            @Nullable List<String> statuses) {}

    /** A place in the order of beginnings. */
    record Place(Instant start, UUID id) {}

    /** Empty for ids that are not this clinic's. */
    @Transactional(readOnly = true)
    public Optional<AppointmentRow> find(UUID id) {
        return jdbc.sql(SELECT + " and a.id = :id")
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .query((row, n) -> read(row))
                .optional();
    }

    /** By their beginning. @param after where the page before ended; null for the first one */
    @Transactional(readOnly = true)
    public List<AppointmentRow> search(Wanted wanted, @Nullable Place after, int limit) {
        var sql = new StringBuilder(SELECT);
        var values = new LinkedHashMap<String, Object>();
        if (wanted.ids() != null) {
            sql.append(" and a.id = any(:ids)");
            values.put("ids", wanted.ids().toArray(UUID[]::new));
        }
        if (wanted.start().from() != null) {
            sql.append(" and a.starts_at >= :from");
            values.put("from", SqlTime.at(wanted.start().from()));
        }
        if (wanted.start().before() != null) {
            sql.append(" and a.starts_at < :before");
            values.put("before", SqlTime.at(wanted.start().before()));
        }
        each("a.patient_id", wanted.patients(), sql, values);
        each("a.practitioner_id", wanted.practitioners(), sql, values);
        each("a.location_id", wanted.locations(), sql, values);
        each("a.healthcare_service_id", wanted.services(), sql, values);
        if (wanted.statuses() != null) {
            sql.append(" and a.status = any(:statuses)");
            values.put("statuses", wanted.statuses().toArray(String[]::new));
        }
        if (after != null) {
            sql.append(" and (a.starts_at, a.id) > (:start, :id)");
            values.put("start", SqlTime.at(after.start()));
            values.put("id", after.id());
        }
        sql.append(" order by a.starts_at, a.id limit ").append(limit);
        var statement = jdbc.sql(sql.toString()).param("org", CurrentOrganization.id());
        for (var value : values.entrySet()) {
            statement = statement.param(value.getKey(), value.getValue());
        }
        return statement.query((row, n) -> read(row)).list();
    }

    /** Equality with each: the index is found, and two different ones find nothing. */
    private static void each(String column, List<UUID> ids, StringBuilder sql, Map<String, Object> values) {
        for (int i = 0; i < ids.size(); i++) {
            var name = column.replaceAll("[._]", "") + i;
            sql.append(" and ").append(column).append(" = :").append(name);
            values.put(name, ids.get(i));
        }
    }

    private static AppointmentRow read(ResultSet row) throws SQLException {
        return new AppointmentRow(
                row.getObject("id", UUID.class),
                SqlTime.instant(row, "starts_at"),
                SqlTime.instant(row, "ends_at"),
                ZoneId.of(row.getString("time_zone")),
                row.getString("status"),
                row.getString("participation"),
                row.getString("cancellation_code"),
                SqlTime.instant(row, "created_at"),
                row.getLong("version"),
                named(row, "patient"),
                named(row, "practitioner"),
                named(row, "service"),
                row.getString("location_name") == null ? null : named(row, "location"));
    }

    private static Named named(ResultSet row, String who) throws SQLException {
        return new Named(row.getObject(who + "_id", UUID.class), row.getString(who + "_name"));
    }
}
