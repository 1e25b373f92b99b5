package app.recado.scheduling.directory;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.security.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Rooms and equipment of the clinic's locations: one visit at a time takes each. Retired, never deleted: past visits name them. */
@Service
public class Rooms {

    private static final String TABLE = "room";
    private static final String MISSING = "There is no such room";

    private static final String SELECT = """
            select id, location_id, name, kind, colour, active, version from room where organization_id = :org
            """;

    private final JdbcClient jdbc;
    private final VersionedRows rows;
    private final Locations locations;
    private final LiveHints hints;
    private final Clock clock;

    Rooms(JdbcClient jdbc, VersionedRows rows, Locations locations, LiveHints hints, Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.locations = locations;
        this.hints = hints;
        this.clock = clock;
    }

    /**
     * A room or a piece of equipment.
     *
     * @param colour place in the console's palette; null for none
     * @param active false: it keeps its visits and takes no new ones
     */
    public record Room(
            UUID id,
            UUID locationId,
            String name,
            RoomKind kind,
            @Nullable Integer colour,
            boolean active,
            long version) {}

    /**
     * A room as it shall be.
     *
     * @param locationId where it is; of a room that has visits, where the next ones take place
     * @param colour place in the console's palette; null for none
     */
    record Details(
            UUID locationId,
            String name,
            RoomKind kind,
            @Nullable Integer colour) {}

    /**
     * What a service needs.
     *
     * @param needed whether a visit must have one; also true when all that suit were retired
     * @param suitable the active ones that suit, by name
     */
    public record Need(boolean needed, List<Room> suitable) {}

    /** By name. */
    @Transactional(readOnly = true)
    public List<Room> all() {
        return jdbc.sql(SELECT + " order by name, id")
                .param("org", CurrentOrganization.id())
                .query((row, n) -> read(row))
                .list();
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public Room get(UUID id) {
        return jdbc.sql(SELECT + " and id = :id")
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .query((row, n) -> read(row))
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because(MISSING));
    }

    /** @throws app.recado.kernel.ProblemException {@code invalid-fields} for a location that the clinic does not have */
    @Transactional
    public Room create(Details details) {
        var id = Ids.next();
        var statement = jdbc.sql("""
                insert into room (organization_id, id, location_id, name, kind, colour, active, created_at, created_by, version)
                values (:org, :id, :location, :name, :kind, :colour, true, :now, :caller, 0)
                """)
                .param("now", SqlTime.at(clock.instant()))
                .param("caller", Caller.current().subject());
        bound(statement, id, details).update();
        hints.changed(LiveHints.Kind.ROOM, id);
        return get(id);
    }

    /**
     * Changes a room, or retires one: it keeps its visits and takes no new ones.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code invalid-fields}
     */
    @Transactional
    public Room change(UUID id, ExpectedVersion expected, Details details, boolean active) {
        rows.hold(TABLE, id, expected, MISSING);
        var statement = jdbc.sql("""
                update room
                   set location_id = :location, name = :name, kind = :kind, colour = :colour, active = :active,
                       version = version + 1
                 where organization_id = :org and id = :id
                """).param("active", active);
        bound(statement, id, details).update();
        hints.changed(LiveHints.Kind.ROOM, id);
        return get(id);
    }

    /** What a service needs; of one that names no rooms, nothing. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Need neededBy(UUID serviceId) {
        var named = jdbc.sql(SELECT + """
                 and id in (select room_id from healthcare_service_room
                             where organization_id = :org and healthcare_service_id = :service)
                 order by name, id
                """)
                .param("org", CurrentOrganization.id())
                .param("service", serviceId)
                .query((row, n) -> read(row))
                .list();
        return new Need(!named.isEmpty(), named.stream().filter(Room::active).toList());
    }

    /**
     * Holds rooms until the transaction ends: bookings that need the same ones queue here. Always in the order of their
     * ids and before a practitioner is held, so that two bookings never wait for each other.
     *
     * @return those that the clinic has, by name
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Room> hold(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var wanted = ids.toArray(UUID[]::new);
        // A reference from a new visit does not wait for this lock, another booking does.
        jdbc.sql("select id from room where organization_id = ? and id = any(?) order by id for no key update")
                .params(CurrentOrganization.id(), wanted)
                .query((row, n) -> n)
                .list();
        return jdbc.sql(SELECT + " and id = any(:ids) order by name, id")
                .param("org", CurrentOrganization.id())
                .param("ids", wanted)
                .query((row, n) -> read(row))
                .list();
    }

    private JdbcClient.StatementSpec bound(JdbcClient.StatementSpec statement, UUID id, Details details) {
        locations.requireActive(details.locationId(), "/locationId");
        return statement
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .param("location", details.locationId())
                .param("name", details.name().strip())
                .param("kind", details.kind().wireName())
                .param("colour", details.colour());
    }

    private static Room read(ResultSet row) throws SQLException {
        return new Room(
                row.getObject("id", UUID.class),
                row.getObject("location_id", UUID.class),
                row.getString("name"),
                RoomKind.of(row.getString("kind")),
                row.getObject("colour", Integer.class),
                row.getBoolean("active"),
                row.getLong("version"));
    }
}
