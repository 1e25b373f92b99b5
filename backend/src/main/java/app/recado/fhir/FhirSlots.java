package app.recado.fhir;

import app.recado.fhir.ClinicRows.LocationRow;
import app.recado.fhir.ClinicRows.ServiceRow;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.scheduling.availability.Availability;
import app.recado.scheduling.availability.Availability.FreeSlot;
import app.recado.scheduling.availability.Availability.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.ResourceType;
import org.hl7.fhir.r4.model.Slot;
import org.hl7.fhir.r4.model.Slot.SlotStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Times at which a visit fits, as {@link Availability} finds them; none is kept. What is not free is no slot: who is busy
 * with whom is told by appointments, to those who may read them.
 */
@Component
class FhirSlots implements FhirResources {

    /** The services of all clinics, by their ids. */
    static final String SERVICES = "https://recado.app/fhir/healthcare-service";

    /** Days are asked for with one more at each end, for locations in other zones. */
    private static final int MOST_DAYS = Availability.MOST_DAYS - 4;

    /** The end of the year 9999: calendars go no further. */
    private static final long LATEST = 253_402_300_799L;

    private static final List<SearchParameter> PARAMETERS = List.of(
            SearchParameter.of(
                            "start",
                            SearchParamType.DATE,
                            "Needed, with both bounds: begins within these, at most %d days apart, and from now on"
                                    .formatted(MOST_DAYS),
                            "2026-11-24")
                    .andAgain(),
            SearchParameter.of(
                    "service-type",
                    SearchParamType.TOKEN,
                    "Needed: the id of a HealthcareService, which says how long the visit takes and who offers it",
                    "0199c7a4-6f3e-7c52-9b1d-2f6a8e0c4d11"),
            SearchParameter.of(
                    "schedule",
                    SearchParamType.REFERENCE,
                    "Of this practitioner at this location; left out, anybody who offers the service",
                    "Schedule/AZnHpG8.fFKbHS9qjgxNEQGZx6RvPnxSmx0vao4MTRE"),
            SearchParameter.of(
                    "status", SearchParamType.TOKEN, "Whatever else is asked for, only free is found", "free"));

    private final Availability availability;
    private final ClinicRows clinic;

    FhirSlots(Availability availability, ClinicRows clinic) {
        this.availability = availability;
        this.clinic = clinic;
    }

    @Override
    public ResourceType type() {
        return ResourceType.Slot;
    }

    @Override
    public String documentation() {
        return "Times at which a visit fits, computed at each question and not held for anybody. One that is taken is gone.";
    }

    @Override
    public boolean versioned() {
        return false;
    }

    @Override
    public List<SearchParameter> parameters() {
        return PARAMETERS;
    }

    @Override
    public Optional<DomainResource> read(String id) {
        var named = ComposedId.slot(id);
        if (named.isEmpty()) {
            return Optional.empty();
        }
        var of = named.get();
        var service = service(of.healthcareServiceId());
        if (service.isEmpty() || of.start() < 0 || of.start() > LATEST) {
            return Optional.empty();
        }
        var start = Instant.ofEpochSecond(of.start());
        return free(service.get(), of.practitionerId(), null, start, start.plusSeconds(1)).stream()
                .findFirst()
                .map(slot -> resource(slot, service.get(), zones()));
    }

    @Override
    public List<Hit> search(Criteria criteria, @Nullable List<String> after, int limit) {
        var start = criteria.dates("start");
        var types = criteria.tokens("service-type");
        var schedule = criteria.reference("schedule", ResourceType.Schedule);
        var from = start.from();
        var before = start.before();
        if (from == null || before == null || types == null || types.size() != 1) {
            throw FhirRefusal.required("A search of Slot needs one service-type, and start with both bounds");
        }
        if (Duration.between(from, before).toDays() > MOST_DAYS) {
            throw FhirRefusal.invalid("start takes at most %d days".formatted(MOST_DAYS));
        }
        var service = service(types.getFirst());
        var of = Optional.ofNullable(schedule).flatMap(target -> ComposedId.schedule(target.id()));
        if (service.isEmpty() || !wantsFree(criteria) || schedule != null && of.isEmpty()) {
            return List.of();
        }
        var zones = zones();
        return free(
                        service.get(),
                        of.map(ComposedId.OfSchedule::practitionerId).orElse(null),
                        of.map(ComposedId.OfSchedule::locationId).orElse(null),
                        from,
                        before)
                .stream()
                .sorted(Comparator.comparing(FreeSlot::start)
                        .thenComparing(slot -> slot.practitionerId().toString()))
                .filter(slot -> after == null || isBehind(slot, after))
                .limit(limit)
                .map(slot -> new Hit(
                        resource(slot, service.get(), zones),
                        List.of(slot.start().toString(), slot.practitionerId().toString())))
                .toList();
    }

    private static boolean isBehind(FreeSlot slot, List<String> after) {
        int order = slot.start().compareTo(Instant.parse(after.get(0)));
        return order > 0 || order == 0 && slot.practitionerId().toString().compareTo(after.get(1)) > 0;
    }

    private static boolean wantsFree(Criteria criteria) {
        var statuses = criteria.tokens("status");
        return statuses == null
                || statuses.stream().anyMatch(one -> one.is(SlotStatus.FREE.getSystem(), SlotStatus.FREE.toCode()));
    }

    private Optional<ServiceRow> service(Criteria.Token token) {
        return token.system() == null || SERVICES.equals(token.system())
                ? Criteria.uuidOf(token.code()).flatMap(this::service)
                : Optional.empty();
    }

    private Optional<ServiceRow> service(UUID id) {
        return clinic.services().stream()
                .filter(row -> row.active() && row.id().equals(id))
                .findFirst();
    }

    private Map<UUID, ZoneId> zones() {
        return clinic.locations().stream().collect(Collectors.toMap(LocationRow::id, LocationRow::zone));
    }

    private List<FreeSlot> free(
            ServiceRow service,
            @Nullable UUID practitionerId,
            @Nullable UUID locationId,
            Instant from,
            Instant before) {
        if (!from.isBefore(before)) {
            return List.of();
        }
        var first = from.atZone(ZoneOffset.UTC).toLocalDate().minusDays(1);
        var last = before.atZone(ZoneOffset.UTC).toLocalDate().plusDays(2);
        var wanted = new Wanted(service.id(), practitionerId, locationId, null, first, last, null, null);
        try {
            return availability.find(wanted, Integer.MAX_VALUE).slots().stream()
                    .filter(slot -> !slot.start().isBefore(from) && slot.start().isBefore(before))
                    .toList();
        } catch (ProblemException refusal) {
            // Whoever has left or does not offer the service has no slots.
            if (refusal.problem() == Problem.PRACTITIONER_UNKNOWN) {
                return List.of();
            }
            throw refusal;
        }
    }

    private static Slot resource(FreeSlot free, ServiceRow service, Map<UUID, ZoneId> zones) {
        var zone = zones.getOrDefault(free.locationId(), ZoneOffset.UTC);
        var slot = new Slot();
        slot.setId(new ComposedId.OfSlot(
                        free.practitionerId(), service.id(), free.start().getEpochSecond())
                .text());
        slot.addServiceType(Elements.words(service.name())
                .addCoding(new Coding().setSystem(SERVICES).setCode(service.id().toString())));
        slot.setSchedule(Elements.reference(
                ResourceType.Schedule, new ComposedId.OfSchedule(free.practitionerId(), free.locationId()).text()));
        slot.setStatus(SlotStatus.FREE);
        slot.setStartElement(Elements.moment(free.start(), zone));
        slot.setEndElement(Elements.moment(free.end(), zone));
        if (free.capacity() > 1) {
            // R4 has no element for it.
            slot.setComment("%d of %d places are free".formatted(free.placesLeft(), free.capacity()));
        }
        return slot;
    }
}
