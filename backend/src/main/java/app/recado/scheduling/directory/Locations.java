package app.recado.scheduling.directory;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.security.Caller;
import app.recado.organizations.ClinicPhones;
import app.recado.organizations.OrganizationProfiles;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Where the clinic sees patients. Every clinic has a main location, whose id is the clinic's own: until somebody changes it
 * or hours or visits refer to it, it has no row and is what the clinic's profile says.
 */
@Service
public class Locations {

    private static final String MISSING = "There is no such location";

    private static final String SELECT = """
            with place as (
                select id, name, address, latitude, longitude, phone, time_zone, active, version
                  from location where organization_id = :org
                union all
                select o.id, o.name, null, null, null, null, null, true, 0
                  from organization o
                 where o.id = :org and not exists (
                       select 1 from location l where l.organization_id = :org and l.id = :org))
            select * from place
            """;

    private final JdbcClient jdbc;
    private final VersionedRows rows;
    private final OrganizationProfiles organizations;
    private final ClinicPhones phones;
    private final LiveHints hints;
    private final Clock clock;

    Locations(
            JdbcClient jdbc,
            VersionedRows rows,
            OrganizationProfiles organizations,
            ClinicPhones phones,
            LiveHints hints,
            Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.organizations = organizations;
        this.phones = phones;
        this.hints = hints;
        this.clock = clock;
    }

    /**
     * A place.
     *
     * @param point where it is on the map; null when nobody said
     * @param phone E.164
     * @param timeZone IANA; null for the clinic's
     * @param active false: it keeps its visits and takes no new ones
     */
    record Location(
            UUID id,
            String name,
            @Nullable String address,
            @Nullable Point point,
            @Nullable String phone,
            @Nullable String timeZone,
            boolean active,
            long version) {

        boolean main() {
            return id.equals(CurrentOrganization.id());
        }
    }

    /** Degrees, WGS 84. */
    record Point(double latitude, double longitude) {}

    /**
     * A place as it shall be.
     *
     * @param phone as people type it
     * @param timeZone null for the clinic's
     */
    record Details(
            String name,
            @Nullable String address,
            @Nullable Point point,
            @Nullable String phone,
            @Nullable String timeZone) {}

    /** The main one first, the others by name. */
    @Transactional(readOnly = true)
    public List<Location> all() {
        return jdbc.sql(SELECT + " order by id <> :org, name, id")
                .param("org", CurrentOrganization.id())
                .query((row, n) -> read(row))
                .list();
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public Location get(UUID id) {
        return jdbc.sql(SELECT + " where id = :id")
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .query((row, n) -> read(row))
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because(MISSING));
    }

    /** @throws app.recado.kernel.ProblemException {@code invalid-fields} */
    @Transactional
    public Location create(Details details) {
        var id = Ids.next();
        var statement = jdbc.sql("""
                insert into location (organization_id, id, name, address, latitude, longitude, phone, time_zone, active,
                                      created_at, created_by, version)
                values (:org, :id, :name, :address, :latitude, :longitude, :phone, :zone, true, :now, :caller, 0)
                """)
                .param("now", SqlTime.at(clock.instant()))
                .param("caller", Caller.current().subject());
        bound(statement, id, details).update();
        hints.changed(LiveHints.Kind.LOCATION, id);
        return get(id);
    }

    /**
     * Changes a location, or retires one: it keeps its visits, its hours count no more and it takes no new visits.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code invalid-fields}
     */
    @Transactional
    public Location change(UUID id, ExpectedVersion expected, Details details, boolean active) {
        boolean main = id.equals(CurrentOrganization.id());
        if (main) {
            keepMain();
        }
        rows.hold("location", id, expected, MISSING);
        if (main && !active) {
            throw Problem.INVALID_FIELDS.at("/active", "out-of-range", "The main location is changed, never retired");
        }
        var statement = jdbc.sql("""
                update location
                   set name = :name, address = :address, latitude = :latitude, longitude = :longitude, phone = :phone,
                       time_zone = :zone, active = :active, version = version + 1
                 where organization_id = :org and id = :id
                """).param("active", active);
        bound(statement, id, details).update();
        hints.changed(LiveHints.Kind.LOCATION, id);
        return get(id);
    }

    /** The zones of all locations that take visits, the main one first. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Map<UUID, ZoneId> zones() {
        var clinics = organizations.current().timeZone();
        var zones = new LinkedHashMap<UUID, ZoneId>();
        for (var location : all()) {
            if (location.active()) {
                zones.put(location.id(), location.timeZone() == null ? clinics : ZoneId.of(location.timeZone()));
            }
        }
        return zones;
    }

    /**
     * A place as patients are shown it.
     *
     * @param address null when nobody said
     * @param latitude degrees, WGS 84; null when nobody said
     * @param phone E.164; null for none
     */
    public record Shown(
            UUID id,
            String name,
            @Nullable String address,
            @Nullable Double latitude,
            @Nullable Double longitude,
            @Nullable String phone,
            ZoneId zone) {}

    /** Those that take visits, and those that do no more but may have some; the main one first. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Shown> shown(boolean retiredToo) {
        var clinics = organizations.current().timeZone();
        return all().stream()
                .filter(location -> retiredToo || location.active())
                .map(location -> new Shown(
                        location.id(),
                        location.name(),
                        location.address(),
                        location.point() == null ? null : location.point().latitude(),
                        location.point() == null ? null : location.point().longitude(),
                        location.phone(),
                        location.timeZone() == null ? clinics : ZoneId.of(location.timeZone())))
                .toList();
    }

    /**
     * Makes sure that a row may refer to a location.
     *
     * @param pointer the field that names it, as a JSON pointer
     * @throws app.recado.kernel.ProblemException {@code invalid-fields} for one that the clinic does not have or retired
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void requireActive(UUID id, String pointer) {
        if (!zones().containsKey(id)) {
            throw Problem.INVALID_FIELDS.at(pointer, "unknown-value", "Choose one of the clinic's locations");
        }
        keep(id);
    }

    /** Makes sure that a row may refer to a location, if the clinic has it: the main one may have no row yet. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void keep(UUID id) {
        if (id.equals(CurrentOrganization.id())) {
            keepMain();
        }
    }

    private void keepMain() {
        jdbc.sql("""
                insert into location (organization_id, id, name, active, created_at, created_by, version)
                select id, id, name, true, :now, 'recado', 0 from organization where id = :org
                on conflict do nothing
                """)
                .param("org", CurrentOrganization.id())
                .param("now", SqlTime.at(clock.instant()))
                .update();
    }

    private JdbcClient.StatementSpec bound(JdbcClient.StatementSpec statement, UUID id, Details details) {
        var zone = details.timeZone();
        if (zone != null && !ZoneId.getAvailableZoneIds().contains(zone)) {
            throw Problem.INVALID_FIELDS.at("/timeZone", "unknown-value", "Not an IANA time zone");
        }
        var point = details.point();
        var phone = blankToNull(details.phone());
        return statement
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .param("name", details.name().strip())
                .param("address", blankToNull(details.address()))
                .param("latitude", point == null ? null : point.latitude())
                .param("longitude", point == null ? null : point.longitude())
                .param("phone", phone == null ? null : phones.dialled(phone, "/phone"))
                .param("zone", zone);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static Location read(ResultSet row) throws SQLException {
        double latitude = row.getDouble("latitude");
        var point = row.wasNull() ? null : new Point(latitude, row.getDouble("longitude"));
        return new Location(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("address"),
                point,
                row.getString("phone"),
                row.getString("time_zone"),
                row.getBoolean("active"),
                row.getLong("version"));
    }
}
