package app.recado.scheduling;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.SqlTime;
import app.recado.kernel.retention.OldRows;
import app.recado.kernel.retention.Retained;
import app.recado.scheduling.Appointment.Slot;
import app.recado.scheduling.availability.Availability;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Places holds while the rooms that suit and the practitioner are held, as every booking does, so that a hold and a visit never meet; between holds
 * the table's exclusion constraint is the last word.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class HeldSlots implements SlotHolds {

    private final JdbcClient jdbc;
    private final PractitionerRepository practitioners;
    private final VisitRooms rooms;
    private final SlotChecks slots;
    private final Clock clock;

    HeldSlots(JdbcClient jdbc, PractitionerRepository practitioners, VisitRooms rooms, SlotChecks slots, Clock clock) {
        this.jdbc = jdbc;
        this.practitioners = practitioners;
        this.rooms = rooms;
        this.slots = slots;
        this.clock = clock;
    }

    @Override
    public Held place(UUID serviceId, @Nullable UUID practitionerId, Instant start, Duration length) {
        rooms.hold(serviceId, null, null);
        // In order of their names, as everybody does who asks for anybody: two of them never wait for each other.
        for (var candidate : slots.freeAt(serviceId, practitionerId, start, null)) {
            practitioners.hold(candidate.practitionerId());
            var still = slots.freeAt(serviceId, candidate.practitionerId(), start, null);
            if (!still.isEmpty()) {
                return insert(serviceId, still.getFirst(), clock.instant().plus(length));
            }
        }
        throw slots.taken(serviceId, practitionerId, start, null);
    }

    private Held insert(UUID serviceId, Availability.FreeSlot free, Instant expiresAt) {
        var slot = new Slot(free.start(), free.end());
        var now = clock.instant();
        deleteExpired(free, slot, now);
        var held = new Held(
                Ids.next(), free.practitionerId(), slot.start(), slot.end(), expiresAt.truncatedTo(ChronoUnit.SECONDS));
        jdbc.sql("""
                insert into slot_hold (organization_id, id, practitioner_id, room_id, healthcare_service_id, starts_at,
                                       ends_at, expires_at, created_at)
                values (:org, :id, :practitioner, :room, :service, :start, :end, :expires, :now)
                """)
                .param("org", CurrentOrganization.id())
                .param("id", held.id())
                .param("practitioner", held.practitionerId())
                .param("room", free.roomId())
                .param("service", serviceId)
                .param("start", SqlTime.at(held.start()))
                .param("end", SqlTime.at(held.end()))
                .param("expires", SqlTime.at(held.expiresAt()))
                .param("now", SqlTime.at(now))
                .update();
        return held;
    }

    private void deleteExpired(Availability.FreeSlot free, Slot slot, Instant now) {
        jdbc.sql("""
                delete from slot_hold
                 where organization_id = :org and (practitioner_id = :practitioner or room_id = :room) and expires_at <= :now
                   and starts_at >= :earliest and starts_at < :end and ends_at > :start
                """)
                .param("org", CurrentOrganization.id())
                .param("practitioner", free.practitionerId())
                .param("room", free.roomId())
                .param("now", SqlTime.at(now))
                .param("earliest", SqlTime.at(slot.start().minus(Agenda.LONGEST)))
                .param("start", SqlTime.at(slot.start()))
                .param("end", SqlTime.at(slot.end()))
                .update();
    }

    @Override
    public boolean extend(UUID holdId, Instant until) {
        return jdbc.sql("""
                        update slot_hold set expires_at = greatest(expires_at, :until)
                         where organization_id = :org and id = :id and expires_at > :now
                        """)
                        .param("until", SqlTime.at(until))
                        .param("org", CurrentOrganization.id())
                        .param("id", holdId)
                        .param("now", SqlTime.at(clock.instant()))
                        .update()
                == 1;
    }

    @Override
    public void release(UUID holdId) {
        jdbc.sql("delete from slot_hold where organization_id = ? and id = ?")
                .params(List.of(CurrentOrganization.id(), holdId))
                .update();
    }

    @Override
    public int live() {
        return jdbc.sql("select count(*) from slot_hold where organization_id = ? and expires_at > ?")
                .params(List.of(CurrentOrganization.id(), SqlTime.at(clock.instant())))
                .query(Integer.class)
                .single();
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
