package app.recado.scheduling;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.kernel.SqlTime;
import app.recado.kernel.web.Constraints;
import app.recado.scheduling.Appointment.Occupancy;
import app.recado.scheduling.Appointment.Slot;
import app.recado.scheduling.SlotChecks.Sought;
import app.recado.scheduling.availability.Availability;
import app.recado.scheduling.directory.Locations;
import app.recado.scheduling.directory.Offering;
import app.recado.scheduling.waitlist.Waitlist;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Books and moves visits for patients; whoever plans messages hears of it in the same transaction. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class OnlineVisits implements OnlineAppointments {

    /** Who booked a visit that no account booked. */
    static final String BY_PATIENT = "patient";

    private static final String OFFERS = """
            select s.id, s.name, s.duration_minutes, d.id as practitioner_id, d.display_name,
                   nullif(concat_ws(', ', d.specialty, nullif(array_to_string(d.other_specialties, ', '), '')), '') as specialty
              from healthcare_service s
              left join practitioner d on d.organization_id = s.organization_id and d.active and
            """ + Offering.by("s.id", "d.id") + """
             where s.organization_id = :org and s.active
             order by s.name, s.id, d.display_name, d.id
            """;

    private final AppointmentRepository appointments;
    private final PractitionerRepository practitioners;
    private final HealthcareServiceRepository services;
    private final Availability availability;
    private final SlotChecks slots;
    private final VisitRooms rooms;
    private final SlotHolds holds;
    private final Locations locations;
    private final AppointmentHistory history;
    private final Waitlist waitlist;
    private final ApplicationEventPublisher events;
    private final JdbcClient jdbc;
    private final Clock clock;

    OnlineVisits(
            AppointmentRepository appointments,
            PractitionerRepository practitioners,
            HealthcareServiceRepository services,
            Availability availability,
            SlotChecks slots,
            VisitRooms rooms,
            SlotHolds holds,
            Locations locations,
            AppointmentHistory history,
            Waitlist waitlist,
            ApplicationEventPublisher events,
            JdbcClient jdbc,
            Clock clock) {
        this.appointments = appointments;
        this.practitioners = practitioners;
        this.services = services;
        this.availability = availability;
        this.slots = slots;
        this.rooms = rooms;
        this.holds = holds;
        this.locations = locations;
        this.history = history;
        this.waitlist = waitlist;
        this.events = events;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public List<Offer> offers() {
        var found = new LinkedHashMap<UUID, Offer>();
        jdbc.sql(OFFERS).param("org", CurrentOrganization.id()).query(row -> {
            var id = Rows.id(row, "id");
            var offer = found.get(id);
            if (offer == null) {
                offer = new Offer(id, row.getString("name"), row.getInt("duration_minutes"), new ArrayList<>());
                found.put(id, offer);
            }
            var practitioner = row.getObject("practitioner_id", UUID.class);
            if (practitioner != null) {
                offer.practitioners()
                        .add(new Person(practitioner, row.getString("display_name"), row.getString("specialty")));
            }
        });
        return List.copyOf(found.values());
    }

    @Override
    public List<Place> places() {
        return locations.shown(false).stream().map(OnlineVisits::place).toList();
    }

    private static Place place(Locations.Shown shown) {
        return new Place(
                shown.id(),
                shown.name(),
                shown.address(),
                shown.latitude(),
                shown.longitude(),
                shown.phone(),
                shown.zone());
    }

    @Override
    public List<Free> free(
            UUID serviceId,
            @Nullable UUID practitionerId,
            @Nullable UUID locationId,
            LocalDate from,
            LocalDate to,
            @Nullable UUID moving) {
        var found = new LinkedHashMap<Instant, Free>();
        availability
                .find(
                        new Availability.Wanted(serviceId, practitionerId, locationId, null, from, to, null, moving),
                        Integer.MAX_VALUE)
                .slots()
                .forEach(slot -> found.putIfAbsent(
                        slot.start(),
                        new Free(
                                slot.practitionerId(),
                                slot.locationId(),
                                slot.start(),
                                slot.end(),
                                slot.capacity() > 1 ? slot.placesLeft() : null)));
        return List.copyOf(found.values());
    }

    @Override
    public UUID book(Request request) {
        var service = services.findById(request.serviceId())
                .filter(HealthcareService::active)
                .orElseThrow(() -> Problem.HEALTHCARE_SERVICE_UNKNOWN.because("This service is not offered any more"));
        var choice = rooms.hold(request.serviceId(), null, null);
        if (practitioners
                .hold(request.practitionerId())
                .filter(Practitioner::active)
                .isEmpty()) {
            throw Problem.PRACTITIONER_UNKNOWN.because("This practitioner takes no visits any more");
        }
        boolean kept = holds.extend(request.hold(), clock.instant());
        holds.release(request.hold());
        var slot = kept
                ? Slot.of(request.start(), Duration.ofMinutes(service.durationMinutes()))
                : freeSlot(request.serviceId(), request.practitionerId(), request.start(), null);
        var place = slots.place(request.practitionerId(), slot, null, null);
        // Nobody can have taken a time that was kept, whatever became of the hours meanwhile.
        var occupancy =
                occupy(new Sought(request.serviceId(), request.practitionerId(), slot, place, null, choice, null));
        var visit = new Appointment(
                request.patientId(),
                request.practitionerId(),
                request.serviceId(),
                slot,
                place,
                occupancy,
                request.note(),
                clock.instant(),
                BY_PATIENT);
        if (request.yes() == null) {
            visit.cameOnline(request.toBeConfirmed());
        } else {
            visit.cameFromConversation(request.toBeConfirmed());
        }
        store(visit);
        tell(visit.id(), request.toBeConfirmed() ? "requested" : "booked", new AppointmentBooked(visit.id()));
        accepted(visit, request.yes());
        return visit.id();
    }

    /** Whoever said yes to exactly this is not asked again whether they come. */
    private void accepted(Appointment visit, @Nullable Yes yes) {
        if (yes == null) {
            return;
        }
        var words = yes.words() == null ? null : BookedAppointments.cut(yes.words());
        visit.answer(Participation.ACCEPTED, AppointmentHistory.PATIENT, words, yes.at());
        appointments.saveAndFlush(visit);
        history.add(visit.id(), Participation.ACCEPTED.wireName(), yes.at(), AppointmentHistory.PATIENT, null, words);
        events.publishEvent(new AppointmentParticipationChanged(visit.id()));
    }

    /** Patients are not told what is in the way. */
    private Occupancy occupy(Sought sought) {
        try {
            return slots.occupy(sought, false);
        } catch (ProblemException refused) {
            if (refused.problem() != Problem.SLOT_TAKEN) {
                throw refused;
            }
            throw slots.taken(
                    sought.serviceId(), sought.practitionerId(), sought.slot().start(), sought.moving());
        }
    }

    private Slot freeSlot(UUID serviceId, UUID practitionerId, Instant start, @Nullable UUID moving) {
        return slots.freeAt(serviceId, practitionerId, start, moving).stream()
                .findFirst()
                .map(free -> new Slot(free.start(), free.end()))
                .orElseThrow(() -> slots.taken(serviceId, practitionerId, start, moving));
    }

    @Override
    public Optional<Visit> find(UUID id) {
        return jdbc.sql("""
                        select a.id, a.healthcare_service_id, s.name, a.practitioner_id, d.display_name, a.starts_at,
                               a.ends_at, a.time_zone, a.location_id, a.status, a.schedule_version
                          from appointment a
                          join practitioner d on d.organization_id = a.organization_id and d.id = a.practitioner_id
                          join healthcare_service s
                            on s.organization_id = a.organization_id and s.id = a.healthcare_service_id
                         where a.organization_id = ? and a.id = ?
                        """)
                .params(List.of(CurrentOrganization.id(), id))
                .query((row, n) -> new Visit(
                        Rows.id(row, "id"),
                        Rows.id(row, "healthcare_service_id"),
                        row.getString("name"),
                        Rows.id(row, "practitioner_id"),
                        row.getString("display_name"),
                        Rows.instant(row, "starts_at"),
                        Rows.instant(row, "ends_at"),
                        ZoneId.of(row.getString("time_zone")),
                        placeOf(row.getObject("location_id", UUID.class)),
                        AppointmentStatus.of(row.getString("status")),
                        row.getLong("schedule_version")))
                .optional();
    }

    private @Nullable Place placeOf(@Nullable UUID locationId) {
        return locations.shown(true).stream()
                .filter(shown -> shown.id().equals(locationId))
                .findFirst()
                .map(OnlineVisits::place)
                .orElse(null);
    }

    @Override
    public boolean move(UUID id, long scheduleVersion, Instant start, @Nullable Yes yes) {
        var visit = appointments.findById(id).orElse(null);
        if (visit == null
                || visit.scheduleVersion() != scheduleVersion
                || !visit.status().isAwaited()) {
            return false;
        }
        var choice = rooms.hold(visit.healthcareServiceId(), null, visit.roomId());
        practitioners.hold(visit.practitionerId());
        if (start.equals(visit.slot().start())) {
            accepted(visit, yes);
            return true;
        }
        var slot = freeSlot(visit.healthcareServiceId(), visit.practitionerId(), start, id);
        var place = slots.place(visit.practitionerId(), slot, null, visit.locationId());
        var occupancy =
                occupy(new Sought(visit.healthcareServiceId(), visit.practitionerId(), slot, place, null, choice, id));
        visit.moveTo(visit.practitionerId(), slot, place, occupancy);
        store(visit);
        tell(id, "moved", new AppointmentRescheduled(id));
        accepted(visit, yes);
        return true;
    }

    @Override
    public List<Ahead> upcoming(List<UUID> patientIds) {
        record Row(UUID id, UUID patientId) {}
        return jdbc
                .sql("""
                        select id, patient_id from appointment
                         where organization_id = :org and patient_id = any(:patients) and starts_at > :now
                           and status in ('pending', 'booked')
                         order by starts_at, id limit 10
                        """)
                .param("org", CurrentOrganization.id())
                .param("patients", patientIds.toArray(UUID[]::new))
                .param("now", SqlTime.at(clock.instant()))
                .query((row, n) -> new Row(Rows.id(row, "id"), Rows.id(row, "patient_id")))
                .list()
                .stream()
                .flatMap(row -> find(row.id()).map(visit -> new Ahead(row.patientId(), visit)).stream())
                .toList();
    }

    @Override
    public boolean waitFor(UUID patientId, UUID serviceId) {
        return waitlist.join(patientId, serviceId);
    }

    @Override
    public int ahead(List<UUID> patientIds) {
        return jdbc.sql("""
                        select count(*) from appointment
                         where organization_id = :org and patient_id = any(:patients) and starts_at > :now
                           and status in ('pending', 'booked') and source = 'online'
                        """)
                .param("org", CurrentOrganization.id())
                .param("patients", patientIds.toArray(UUID[]::new))
                .param("now", SqlTime.at(clock.instant()))
                .query(Integer.class)
                .single();
    }

    private void store(Appointment visit) {
        try {
            appointments.saveAndFlush(visit);
        } catch (DataAccessException refused) {
            if (AppointmentService.SLOT_CONSTRAINTS.contains(Constraints.nameIn(refused))) {
                throw Problem.SLOT_TAKEN.because("Choose another time");
            }
            throw refused;
        }
    }

    private void tell(UUID id, String what, Object event) {
        history.add(id, what, clock.instant(), AppointmentHistory.PATIENT, null, null);
        events.publishEvent(event);
    }
}
