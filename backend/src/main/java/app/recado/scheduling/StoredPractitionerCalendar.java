package app.recado.scheduling;

import app.recado.kernel.CurrentOrganization;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads what a practitioner has to do. */
@Repository
class StoredPractitionerCalendar implements PractitionerCalendar {

    private static final int MOST = 1_000;

    private final JdbcClient jdbc;

    StoredPractitionerCalendar(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<String> nameOf(UUID practitionerId) {
        return jdbc.sql("select display_name from practitioner where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), practitionerId)
                .query(String.class)
                .optional();
    }

    @Override
    public List<Visit> visits(UUID practitionerId, Instant from, Instant until) {
        return jdbc.sql("""
                        select a.id, a.starts_at, a.ends_at, a.schedule_version, a.created_at, a.status, s.name as service,
                               case when p.restricted_at is null then concat_ws(' ', p.given_name, p.family_name) end as patient, l.name as place, l.address
                          from appointment a
                          join healthcare_service s on s.organization_id = a.organization_id and s.id = a.healthcare_service_id
                          join patient p on p.organization_id = a.organization_id and p.id = a.patient_id
                          left join location l on l.organization_id = a.organization_id and l.id = a.location_id
                         where a.organization_id = :org and a.practitioner_id = :practitioner
                           and a.starts_at >= :from and a.starts_at < :until and a.blocking
                         order by a.starts_at, a.id limit %d
                        """.formatted(MOST))
                .param("org", CurrentOrganization.id())
                .param("practitioner", practitionerId)
                .param("from", Rows.bound(from))
                .param("until", Rows.bound(until))
                .query((row, n) -> new Visit(
                        Rows.id(row, "id"),
                        Rows.instant(row, "starts_at"),
                        Rows.instant(row, "ends_at"),
                        row.getLong("schedule_version"),
                        Rows.instant(row, "created_at"),
                        row.getString("service"),
                        row.getString("patient"),
                        row.getString("place"),
                        row.getString("address"),
                        row.getString("status").equals(AppointmentStatus.PENDING.wireName())))
                .list();
    }
}
