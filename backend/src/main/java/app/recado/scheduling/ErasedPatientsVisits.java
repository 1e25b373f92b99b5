package app.recado.scheduling;

import app.recado.kernel.CurrentOrganization;
import app.recado.patients.PatientErasing;
import java.time.Clock;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Calls off the visits to come of somebody who asked to be erased: their hours are free for others. It counts as said by the
 * patient, who therefore is told nothing.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ErasedPatientsVisits {

    private final JdbcClient jdbc;
    private final Appointments appointments;
    private final Clock clock;

    ErasedPatientsVisits(JdbcClient jdbc, Appointments appointments, Clock clock) {
        this.jdbc = jdbc;
        this.appointments = appointments;
        this.clock = clock;
    }

    private record Ahead(UUID id, long scheduleVersion) {}

    @EventListener
    @Order(0)
    public void erasing(PatientErasing event) {
        var now = clock.instant();
        // What is over and was never marked stays as it is: nobody knows whether they came.
        jdbc.sql("""
                        select id, schedule_version from appointment
                         where organization_id = :org and patient_id = any (:cards) and status in ('pending', 'booked')
                           and ends_at > :now
                         order by id for update
                        """)
                .param("org", CurrentOrganization.id())
                .param("cards", event.cards().toArray(UUID[]::new))
                .param("now", Rows.bound(now))
                .query((row, n) -> new Ahead(Rows.id(row, "id"), row.getLong("schedule_version")))
                .list()
                .forEach(visit -> appointments.cancelByPatient(visit.id(), visit.scheduleVersion(), now));
    }
}
