package app.recado.scheduling.directory;

import app.recado.kernel.CurrentOrganization;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who offers a service, and where: those whom it names, and everybody while it names nobody; at the locations that it names,
 * and at all while it names none. The one place that says so.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Offering {

    private final JdbcClient jdbc;

    Offering(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A condition of a statement in which {@code :org} is bound.
     *
     * @param service an expression of the statement for the service's id
     * @param practitioner one for the practitioner's id
     */
    public static String by(String service, String practitioner) {
        return """
                (not exists (select 1 from healthcare_service_practitioner o
                              where o.organization_id = :org and o.healthcare_service_id = %1$s)
                 or exists (select 1 from healthcare_service_practitioner o
                             where o.organization_id = :org and o.healthcare_service_id = %1$s
                               and o.practitioner_id = %2$s))
                """.formatted(service, practitioner);
    }

    /** Where a service is offered, in order of their ids; empty when that is everywhere. */
    public List<UUID> locations(UUID serviceId) {
        return jdbc.sql("""
                select location_id from healthcare_service_location
                 where organization_id = ? and healthcare_service_id = ? order by location_id
                """)
                .params(CurrentOrganization.id(), serviceId)
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    /** Whether a practitioner offers a service. */
    public boolean includes(UUID serviceId, UUID practitionerId) {
        return jdbc.sql("select " + by("cast(:service as uuid)", "cast(:practitioner as uuid)"))
                .param("org", CurrentOrganization.id())
                .param("service", serviceId)
                .param("practitioner", practitionerId)
                .query(Boolean.class)
                .single();
    }
}
