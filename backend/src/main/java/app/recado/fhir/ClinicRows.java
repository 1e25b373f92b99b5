package app.recado.fhir;

import app.recado.kernel.CurrentOrganization;
import app.recado.organizations.OrganizationProfiles;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What a clinic has to see patients with, retired parts included, as the resources need it. */
@Repository
class ClinicRows {

    /** Until somebody changes it, the main location, whose id is the clinic's own, has no row. */
    private static final String PLACES = """
            select id, name, address, latitude, longitude, phone, time_zone, active, version
              from location where organization_id = :org
            union all
            select o.id, o.name, null, null, null, null, null, true, 0
              from organization o
             where o.id = :org and not exists (select 1 from location l where l.organization_id = :org and l.id = :org)
            """;

    private final JdbcClient jdbc;
    private final OrganizationProfiles organizations;

    ClinicRows(JdbcClient jdbc, OrganizationProfiles organizations) {
        this.jdbc = jdbc;
        this.organizations = organizations;
    }

    /** @param specialties the first before all others; none when nobody said */
    record PractitionerRow(UUID id, String name, List<String> specialties, boolean active, long version) {}

    /**
     * A place.
     *
     * @param latitude degrees, WGS 84; null, as the longitude, when nobody said
     * @param phone E.164
     * @param zone its own, or the clinic's
     */
    record LocationRow(
            UUID id,
            String name,
            @Nullable String address,
            @Nullable BigDecimal latitude,
            @Nullable BigDecimal longitude,
            @Nullable String phone,
            ZoneId zone,
            boolean active,
            long version) {}

    /** What patients come for.
     *
     * @param locations where it is offered; none when that is everywhere */
    record ServiceRow(UUID id, String name, List<UUID> locations, boolean active, long version) {}

    @Transactional(readOnly = true)
    public List<PractitionerRow> practitioners() {
        return jdbc.sql("select id, display_name, active, version,"
                        + " array_remove(array_prepend(specialty, other_specialties), null) as specialties"
                        + " from practitioner where organization_id = ?")
                .param(CurrentOrganization.id())
                .query((row, n) -> new PractitionerRow(
                        row.getObject("id", UUID.class),
                        row.getString("display_name"),
                        List.of((String[]) row.getArray("specialties").getArray()),
                        row.getBoolean("active"),
                        row.getLong("version")))
                .list();
    }

    @Transactional(readOnly = true)
    public List<LocationRow> locations() {
        var clinics = organizations.current().timeZone();
        return jdbc.sql(PLACES)
                .param("org", CurrentOrganization.id())
                .query((row, n) -> location(row, clinics))
                .list();
    }

    @Transactional(readOnly = true)
    public List<ServiceRow> services() {
        return jdbc.sql("""
                        select s.id, s.name, s.active, s.version,
                               array(select l.location_id from healthcare_service_location l
                                      where l.organization_id = s.organization_id and l.healthcare_service_id = s.id
                                      order by l.location_id) as locations
                          from healthcare_service s where s.organization_id = ?
                        """)
                .param(CurrentOrganization.id())
                .query((row, n) -> new ServiceRow(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        List.of((UUID[]) row.getArray("locations").getArray()),
                        row.getBoolean("active"),
                        row.getLong("version")))
                .list();
    }

    private static LocationRow location(ResultSet row, ZoneId clinics) throws SQLException {
        var zone = row.getString("time_zone");
        return new LocationRow(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("address"),
                row.getBigDecimal("latitude"),
                row.getBigDecimal("longitude"),
                row.getString("phone"),
                zone == null ? clinics : ZoneId.of(zone),
                row.getBoolean("active"),
                row.getLong("version"));
    }
}
