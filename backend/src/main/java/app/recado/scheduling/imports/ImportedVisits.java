package app.recado.scheduling.imports;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.SqlTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Many visits at once: which are there already, which have no place, and all others written by one statement. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class ImportedVisits {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    ImportedVisits(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /**
     * A visit and whose it is.
     *
     * @param seat its place in its group; null for one that has its practitioner alone, or occupies nobody
     * @param overbooked another one has the time too
     */
    record Placed(ReadVisit visit, UUID patient, @Nullable Integer seat, boolean overbooked) {}

    /** Visits that other systems called so, by that name. */
    Map<String, UUID> byExternalId(List<String> ids) {
        var found = new HashMap<String, UUID>();
        jdbc.sql("select external_id, id from appointment where organization_id = ? and external_id = any (?)")
                .param(CurrentOrganization.id())
                .param(ids.toArray(String[]::new))
                .query(row -> {
                    found.put(row.getString(1), row.getObject(2, UUID.class));
                });
        return found;
    }

    /**
     * Visits of the same patient with the same practitioner at the same time, by the place in the list: the file was imported
     * before, or somebody typed it.
     */
    Map<Integer, UUID> same(List<ReadVisit> visits, List<UUID> patients) {
        var found = new HashMap<Integer, UUID>();
        jdbc.sql("""
                        select r.n, a.id
                          from unnest(?, ?, ?, cast(? as timestamptz[])) as r (n, patient, practitioner, start)
                          join appointment a on a.organization_id = ? and a.patient_id = r.patient and a.starts_at = r.start
                           and a.practitioner_id = r.practitioner and a.status <> 'entered-in-error'
                        """)
                .param(numbers(visits.size()))
                .param(patients.toArray(UUID[]::new))
                .param(visits.stream().map(ReadVisit::practitionerId).toArray(UUID[]::new))
                .param(visits.stream().map(visit -> visit.start().toString()).toArray(String[]::new))
                .param(CurrentOrganization.id())
                .query(row -> {
                    found.put(row.getInt(1), row.getObject(2, UUID.class));
                });
        return found;
    }

    /**
     * What a visit meets in the agenda.
     *
     * @param inTheWay somebody else has its practitioner or room then
     * @param seats places of its group that are taken
     * @param room where its group is; null for no room, or no such group
     */
    record Met(
            boolean inTheWay, Set<Integer> seats, @Nullable UUID room) {
        static final Met NOBODY = new Met(false, Set.of(), null);
    }

    private record Meeting(
            int visit,
            boolean sameGroup,
            int seat,
            @Nullable UUID room) {}

    /** What visits meet, by their places in the list; those that meet nobody are left out. */
    Map<Integer, Met> met(List<ReadVisit> visits) {
        var numbers = new ArrayList<Integer>();
        var actors = new ArrayList<UUID>();
        for (int i = 0; i < visits.size(); i++) {
            var visit = visits.get(i);
            int number = i;
            if (visit.occupies()) {
                Stream.of(visit.practitionerId(), visit.roomId())
                        .filter(Objects::nonNull)
                        .forEach(actor -> {
                            numbers.add(number);
                            actors.add(actor);
                        });
            }
        }
        var asked = numbers.stream().map(visits::get).toList();
        var meetings = jdbc.sql("""
                        select r.n, coalesce(v.seat, 0) as seat, v.room_id,
                               v.seat is not null and r.shared and v.healthcare_service_id = r.service
                               and v.practitioner_id = r.practitioner and v.starts_at = r.starts and v.ends_at = r.ends
                               and (r.room is null or v.room_id = cast(r.room as uuid)) as same_group
                          from unnest(?, ?, ?, ?, ?, cast(? as boolean[]), cast(? as timestamptz[]), cast(? as timestamptz[]))
                               as r (n, actor, service, practitioner, room, shared, starts, ends)
                          join appointment_actor a on a.organization_id = ? and a.actor_id = r.actor
                           and tstzrange(a.starts_at, a.ends_at) && tstzrange(r.starts, r.ends)
                          join appointment v on v.organization_id = a.organization_id and v.id = a.appointment_id
                        """)
                .param(numbers.toArray(Integer[]::new))
                .param(actors.toArray(UUID[]::new))
                .param(asked.stream().map(ReadVisit::serviceId).toArray(UUID[]::new))
                .param(asked.stream().map(ReadVisit::practitionerId).toArray(UUID[]::new))
                .param(asked.stream()
                        .map(visit -> visit.roomId() == null ? null : String.valueOf(visit.roomId()))
                        .toArray(String[]::new))
                .param(asked.stream()
                        .map(visit -> String.valueOf(visit.isOfGroup()))
                        .toArray(String[]::new))
                .param(asked.stream().map(visit -> visit.start().toString()).toArray(String[]::new))
                .param(asked.stream().map(visit -> visit.end().toString()).toArray(String[]::new))
                .param(CurrentOrganization.id())
                .query((row, n) -> new Meeting(
                        row.getInt("n"),
                        row.getBoolean("same_group"),
                        row.getInt("seat"),
                        row.getObject("room_id", UUID.class)))
                .list();
        var met = new HashMap<Integer, Met>();
        for (var one : meetings) {
            var before = met.getOrDefault(one.visit(), Met.NOBODY);
            if (one.sameGroup()) {
                var seats = new HashSet<>(before.seats());
                seats.add(one.seat());
                met.put(one.visit(), new Met(before.inTheWay(), seats, one.room()));
            } else {
                met.put(one.visit(), new Met(true, before.seats(), before.room()));
            }
        }
        return met;
    }

    private static Integer[] numbers(int size) {
        var numbers = new Integer[size];
        Arrays.setAll(numbers, i -> i);
        return numbers;
    }

    /**
     * Writes visits, in the order of the list.
     *
     * @param by the account that imports them
     * @return their ids
     * @throws org.springframework.dao.DataIntegrityViolationException when somebody books one of the times meanwhile
     */
    List<UUID> add(List<Placed> visits, String by) {
        if (visits.isEmpty()) {
            return List.of();
        }
        var ids = visits.stream().map(one -> Ids.next()).toList();
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        for (int i = 0; i < visits.size(); i++) {
            rows.add(row(ids.get(i), visits.get(i)));
        }
        jdbc.sql("""
                        insert into appointment (organization_id, id, patient_id, practitioner_id, healthcare_service_id, location_id,
                                                 room_id, starts_at, ends_at, time_zone, starts_local, status, participation,
                                                 schedule_version, note, fulfilled_at, overbooked, seat, capacity, source,
                                                 external_id, created_at, created_by, version)
                        select :org, r.id, r.patient, r.practitioner, r.service, r.location, r.room, r.starts, r.ends, r.zone,
                               r.starts_local, r.status, 'needs-action', 1, r.note,
                               case r.status when 'fulfilled' then r.ends end, r.overbooked, r.seat, r.capacity, 'import',
                               r.external_id, :now, :by, 0
                          from jsonb_to_recordset(cast(:rows as jsonb)) as r (
                               id uuid, patient uuid, practitioner uuid, service uuid, location uuid, room uuid, starts timestamptz,
                               ends timestamptz, zone text, starts_local timestamp, status text, note text, overbooked boolean,
                               seat integer, capacity integer, external_id text)
                        """)
                .param("org", CurrentOrganization.id())
                .param("now", SqlTime.at(clock.instant()))
                .param("by", by)
                .param("rows", json.writeValueAsString(rows))
                .update();
        return ids;
    }

    private static Map<String, @Nullable Object> row(UUID id, Placed placed) {
        var visit = placed.visit();
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("id", id.toString());
        row.put("patient", placed.patient().toString());
        row.put("practitioner", visit.practitionerId().toString());
        row.put("service", visit.serviceId().toString());
        row.put("location", visit.locationId() == null ? null : String.valueOf(visit.locationId()));
        row.put("room", visit.roomId() == null ? null : String.valueOf(visit.roomId()));
        row.put("starts", visit.start().toString());
        row.put("ends", visit.end().toString());
        row.put("zone", visit.zone().getId());
        row.put("starts_local", visit.local().toString());
        row.put("status", visit.status().wireName());
        row.put("note", visit.note());
        row.put("overbooked", placed.overbooked());
        row.put("seat", placed.seat());
        row.put("capacity", placed.seat() == null ? null : visit.capacity());
        row.put("external_id", visit.externalId());
        return row;
    }

    /** Of these, visits that nobody touched since; they are held until the transaction ends. */
    List<UUID> untouched(List<UUID> ids) {
        return jdbc.sql("""
                        select id from appointment a
                         where organization_id = :org and id = any (:ids) and version = 0
                           and not exists (select from appointment_event e where e.organization_id = :org and e.appointment_id = a.id)
                         order by id for update
                        """)
                .param("org", CurrentOrganization.id())
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
    }

    /** @throws org.springframework.dao.DataIntegrityViolationException when something refers to one of them */
    void remove(List<UUID> ids) {
        jdbc.sql("delete from appointment where organization_id = ? and id = any (?)")
                .params(CurrentOrganization.id(), ids.toArray(UUID[]::new))
                .update();
    }
}
