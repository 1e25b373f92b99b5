package app.recado.scheduling;

import app.recado.scheduling.Appointment.Slot;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Places holds of the booking page while the rooms that suit and the practitioner are held, as every booking does, so that a
 * hold and a visit never meet; between holds the table's exclusion constraint is the last word.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class HeldSlots implements SlotHolds {

    private final SlotHoldRows rows;
    private final PractitionerRepository practitioners;
    private final VisitRooms rooms;
    private final SlotChecks slots;
    private final Clock clock;

    HeldSlots(
            SlotHoldRows rows, PractitionerRepository practitioners, VisitRooms rooms, SlotChecks slots, Clock clock) {
        this.rows = rows;
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
                var free = still.getFirst();
                var row = rows.insert(
                        serviceId,
                        free.practitionerId(),
                        free.roomId(),
                        new Slot(free.start(), free.end()),
                        free.capacity() > 1,
                        clock.instant().plus(length),
                        null);
                return new Held(row.id(), row.practitionerId(), row.start(), row.end(), row.expiresAt());
            }
        }
        throw slots.taken(serviceId, practitionerId, start, null);
    }

    @Override
    public boolean extend(UUID holdId, Instant until) {
        return rows.extend(holdId, until);
    }

    @Override
    public void release(UUID holdId) {
        rows.delete(holdId);
    }

    @Override
    public int live() {
        return rows.liveOnline();
    }
}
