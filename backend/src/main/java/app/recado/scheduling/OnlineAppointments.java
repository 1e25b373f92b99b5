package app.recado.scheduling;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What patients do with the agenda by themselves, on a page without sign-in. Rules are those of the desk, but for two: a
 * patient gets only times that are free by every rule, and never one outside the hours. Everything here is part of the
 * caller's transaction.
 */
public interface OnlineAppointments {

    /**
     * A service and who offers it.
     *
     * @param practitioners active ones, by name; none when nobody active offers it
     */
    record Offer(UUID id, String name, int durationMinutes, List<Person> practitioners) {}

    /**
     * Where patients come to.
     *
     * @param address null when nobody said
     * @param latitude degrees, WGS 84; null when nobody said
     * @param phone E.164; null for none
     */
    record Place(
            UUID id,
            String name,
            @Nullable String address,
            @Nullable Double latitude,
            @Nullable Double longitude,
            @Nullable String phone,
            ZoneId zone) {}

    /** Who sees patients. */
    record Person(UUID id, String displayName, @Nullable String specialty) {}

    /**
     * A visit as its patient may see it.
     *
     * @param zone the zone in which its hour is meant
     * @param place null for a visit from before there were locations
     * @param scheduleVersion rises when it is moved or cancelled
     */
    record Visit(
            UUID id,
            UUID serviceId,
            String serviceName,
            UUID practitionerId,
            String practitionerName,
            Instant start,
            Instant end,
            ZoneId zone,
            @Nullable Place place,
            AppointmentStatus status,
            long scheduleVersion) {}

    /**
     * A visit to book.
     *
     * @param hold the time that was kept for it; used up, also when it has expired
     * @param toBeConfirmed whether staff have to accept it first
     * @param yes what the patient said to exactly this in a conversation, and so also that they come; null for the page, where
     *     the confirmation asks it
     */
    record Request(
            UUID patientId,
            UUID serviceId,
            UUID practitionerId,
            Instant start,
            UUID hold,
            boolean toBeConfirmed,
            @Nullable String note,
            @Nullable Yes yes) {

        /** On the page. */
        public Request(
                UUID patientId,
                UUID serviceId,
                UUID practitionerId,
                Instant start,
                UUID hold,
                boolean toBeConfirmed,
                @Nullable String note) {
            this(patientId, serviceId, practitionerId, start, hold, toBeConfirmed, note, null);
        }
    }

    /**
     * A patient's yes.
     *
     * @param words what they wrote; null where only a button is known
     * @param at when it was acted on
     */
    record Yes(@Nullable String words, Instant at) {
        @Override
        public String toString() {
            return "Yes";
        }
    }

    /**
     * A time at which a visit fits.
     *
     * @param placesLeft how many may still share it; null for a time that is one patient's alone
     */
    record Free(
            UUID practitionerId,
            UUID locationId,
            Instant start,
            Instant end,
            @Nullable Integer placesLeft) {}

    /** Active services, by name. */
    List<Offer> offers();

    /** Locations that take visits, the main one first. */
    List<Place> places();

    /**
     * Free times from now on, by start; where several people are free, the first by name stands for them.
     *
     * @param practitionerId null for anybody who offers the service
     * @param locationId null for wherever they see patients
     * @param from first day, of the clinic's own
     * @param to the day after the last
     * @param moving a visit that is being moved and is in nobody's way; null for none
     * @throws app.recado.kernel.ProblemException {@code healthcare-service-unknown}, {@code practitioner-unknown}, {@code
     *     invalid-parameter} for days out of order or more than six weeks
     */
    List<Free> free(
            UUID serviceId,
            @Nullable UUID practitionerId,
            @Nullable UUID locationId,
            LocalDate from,
            LocalDate to,
            @Nullable UUID moving);

    /**
     * Books the time that was held, or, when the hold has expired, the same time if it is still free.
     *
     * @return the visit's id
     * @throws app.recado.kernel.ProblemException {@code slot-taken} with the nearest free times, {@code
     *     practitioner-unknown} and {@code healthcare-service-unknown} for what was retired meanwhile
     */
    UUID book(Request request);

    /** Empty for unknown ids and for visits of other organizations alike. */
    Optional<Visit> find(UUID id);

    /**
     * Moves a visit to another free time of the same practitioner.
     *
     * @param yes what the patient said to exactly this in a conversation; null for the page
     * @return false when nothing was changed, because the visit moved on or is no longer awaited
     * @throws app.recado.kernel.ProblemException {@code slot-taken} with the nearest free times
     */
    boolean move(UUID id, long scheduleVersion, Instant start, @Nullable Yes yes);

    /** Awaited visits of these patients that lie ahead, the next first; a few of them where there are many. */
    List<Ahead> upcoming(List<UUID> patientIds);

    /** A visit and whose it is. */
    record Ahead(UUID patientId, Visit visit) {}

    /**
     * A patient wants to be told when an hour for a service becomes free, with anybody.
     *
     * @return false when they wait for it already, or nobody offers it
     */
    boolean waitFor(UUID patientId, UUID serviceId);

    /** How many visits that were booked online lie ahead of these patients together. */
    int ahead(List<UUID> patientIds);
}
