package app.recado.scheduling;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.retention.OldRows;
import app.recado.kernel.retention.Retained;
import app.recado.scheduling.Appointment.Slot;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The rows of held times. Open consoles hear of each that comes, is kept for longer or goes. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class SlotHoldRows {

    private static final String TOUCHING = """
            organization_id = :org and (practitioner_id = :practitioner or room_id = any(:rooms))
              and starts_at >= :earliest and starts_at < :end and ends_at > :start
            """;

    private final JdbcClient jdbc;
    private final LiveHints hints;
    private final Clock clock;

    SlotHoldRows(JdbcClient jdbc, LiveHints hints, Clock clock) {
        this.jdbc = jdbc;
        this.hints = hints;
        this.clock = clock;
    }

    /**
     * Who of the staff fills a form.
     *
     * @param subject the account's id
     * @param name as colleagues know them; null for a client
     * @param form their name for the form; it has one hold
     */
    record FormHolder(String subject, @Nullable String name, UUID form) {}

    /**
     * A held time.
     *
     * @param shared the same of holds of one group, its own otherwise
     * @param subject whose form it is; null for one of the booking page
     * @param name of that person; null when their account has none, and for the booking page
     * @param expiresAt from then on it counts no more
     */
    record Row(
            UUID id,
            UUID practitionerId,
            @Nullable UUID roomId,
            UUID serviceId,
            UUID shared,
            Instant start,
            Instant end,
            Instant expiresAt,
            @Nullable String subject,
            @Nullable String name) {

        private static Row of(ResultSet row, int n) throws SQLException {
            return new Row(
                    Rows.id(row, "id"),
                    Rows.id(row, "practitioner_id"),
                    row.getObject("room_id", UUID.class),
                    Rows.id(row, "healthcare_service_id"),
                    Rows.id(row, "shared"),
                    Rows.instant(row, "starts_at"),
                    Rows.instant(row, "ends_at"),
                    Rows.instant(row, "expires_at"),
                    row.getString("held_by"),
                    row.getString("held_by_name"));
        }
    }

    /**
     * Those that count and overlap a time of a practitioner or of one of the rooms, but for somebody's own.
     *
     * @param own an account; empty for nobody's
     */
    List<Row> inTheWay(UUID practitionerId, Collection<UUID> rooms, Slot slot, String own) {
        return bound("select * from slot_hold where " + TOUCHING + """
                 and expires_at > :now and (held_by is null or held_by <> :own) order by starts_at, id
                """, practitionerId, rooms, slot)
                .param("now", SqlTime.at(clock.instant()))
                .param("own", own)
                .query(Row::of)
                .list();
    }

    /** Those that count during some time, by start. */
    List<Row> between(Instant from, Instant until) {
        return jdbc.sql("""
                        select * from slot_hold
                         where organization_id = :org and expires_at > :now and starts_at >= :earliest and starts_at < :until
                           and ends_at > :from
                         order by starts_at, id
                        """)
                .param("org", CurrentOrganization.id())
                .param("now", SqlTime.at(clock.instant()))
                .param("earliest", SqlTime.at(from.minus(Agenda.LONGEST)))
                .param("from", SqlTime.at(from))
                .param("until", SqlTime.at(until))
                .query(Row::of)
                .list();
    }

    /**
     * Holds a time; the practitioner and the room are held by the caller.
     *
     * @param group keeps a place of a group that others may keep one of, too; otherwise nobody else keeps the time
     * @param holder null for the booking page
     */
    Row insert(
            UUID serviceId,
            UUID practitionerId,
            @Nullable UUID room,
            Slot slot,
            boolean group,
            Instant expiresAt,
            @Nullable FormHolder holder) {
        deleteExpired(practitionerId, room == null ? List.of() : List.of(room), slot);
        var id = Ids.next();
        var row = new Row(
                id,
                practitionerId,
                room,
                serviceId,
                group ? GroupSlots.key(serviceId, practitionerId, slot) : id,
                slot.start(),
                slot.end(),
                expiresAt.truncatedTo(ChronoUnit.SECONDS),
                holder == null ? null : holder.subject(),
                holder == null ? null : holder.name());
        jdbc.sql("""
                insert into slot_hold (organization_id, id, practitioner_id, room_id, healthcare_service_id, shared,
                                       starts_at, ends_at, expires_at, held_by, held_by_name, form, created_at)
                values (:org, :id, :practitioner, :room, :service, :shared, :start, :end, :expires, :by, :name, :form, :now)
                """)
                .param("org", CurrentOrganization.id())
                .param("id", row.id())
                .param("practitioner", row.practitionerId())
                .param("room", row.roomId())
                .param("service", row.serviceId())
                .param("shared", row.shared())
                .param("start", SqlTime.at(row.start()))
                .param("end", SqlTime.at(row.end()))
                .param("expires", SqlTime.at(row.expiresAt()))
                .param("by", row.subject())
                .param("name", row.name())
                .param("form", holder == null ? null : holder.form())
                .param("now", SqlTime.at(clock.instant()))
                .update();
        tell(List.of(row.id()));
        return row;
    }

    /** So that the constraint compares only those that count. */
    private void deleteExpired(UUID practitionerId, Collection<UUID> rooms, Slot slot) {
        bound("delete from slot_hold where " + TOUCHING + " and expires_at <= :now", practitionerId, rooms, slot)
                .param("now", SqlTime.at(clock.instant()))
                .update();
    }

    /**
     * Lets go of what somebody of the staff held at a time that they take now.
     *
     * @param own whose account
     * @param everybodys also what their colleagues hold there
     */
    void giveWay(UUID practitionerId, @Nullable UUID room, Slot slot, String own, boolean everybodys) {
        tell(bound(
                        "delete from slot_hold where " + TOUCHING + """
                         and held_by is not null and (:everybodys or held_by = :own) returning id
                        """,
                        practitionerId,
                        room == null ? List.of() : List.of(room),
                        slot)
                .param("everybodys", everybodys)
                .param("own", own)
                .query((row, n) -> Rows.id(row, "id"))
                .list());
    }

    /** Lets go of what a form of the staff holds. */
    void deleteOfForm(String subject, UUID form) {
        tell(jdbc.sql("delete from slot_hold where organization_id = ? and held_by = ? and form = ? returning id")
                .params(List.of(CurrentOrganization.id(), subject, form))
                .query((row, n) -> Rows.id(row, "id"))
                .list());
    }

    /** @return false when it has expired or is gone */
    boolean extend(UUID id, Instant until) {
        boolean extended = jdbc.sql("""
                        update slot_hold set expires_at = greatest(expires_at, :until)
                         where organization_id = :org and id = :id and expires_at > :now
                        """)
                        .param("until", SqlTime.at(until))
                        .param("org", CurrentOrganization.id())
                        .param("id", id)
                        .param("now", SqlTime.at(clock.instant()))
                        .update()
                == 1;
        if (extended) {
            tell(List.of(id));
        }
        return extended;
    }

    Optional<Row> find(UUID id) {
        return jdbc.sql("select * from slot_hold where organization_id = ? and id = ?")
                .params(List.of(CurrentOrganization.id(), id))
                .query(Row::of)
                .optional();
    }

    void delete(UUID id) {
        if (jdbc.sql("delete from slot_hold where organization_id = ? and id = ?")
                        .params(List.of(CurrentOrganization.id(), id))
                        .update()
                == 1) {
            tell(List.of(id));
        }
    }

    /** How many of the booking page count now, in the whole clinic. */
    int liveOnline() {
        return jdbc.sql(
                        "select count(*) from slot_hold where organization_id = ? and expires_at > ? and held_by is null")
                .params(List.of(CurrentOrganization.id(), SqlTime.at(clock.instant())))
                .query(Integer.class)
                .single();
    }

    private void tell(List<UUID> ids) {
        ids.forEach(id -> hints.changed(LiveHints.Kind.SLOT_HOLD, id));
    }

    private JdbcClient.StatementSpec bound(String sql, UUID practitionerId, Collection<UUID> rooms, Slot slot) {
        return jdbc.sql(sql)
                .param("org", CurrentOrganization.id())
                .param("practitioner", practitionerId)
                .param("rooms", rooms.toArray(UUID[]::new))
                .param("earliest", SqlTime.at(slot.start().minus(Agenda.LONGEST)))
                .param("start", SqlTime.at(slot.start()))
                .param("end", SqlTime.at(slot.end()));
    }

    /** Expired holds count for nothing; their rows go with other technical records. */
    @Configuration(proxyBeanMethods = false)
    static class Old {

        @Bean
        Retained oldSlotHolds(JdbcClient jdbc) {
            return new OldRows(jdbc, "slot-holds", Retained.Term.TECHNICAL, "slot_hold", "expires_at", "true");
        }
    }
}
