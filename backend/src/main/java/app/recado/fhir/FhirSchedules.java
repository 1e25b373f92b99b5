package app.recado.fhir;

import app.recado.fhir.ClinicRows.LocationRow;
import app.recado.fhir.ClinicRows.PractitionerRow;
import app.recado.kernel.CurrentOrganization;
import app.recado.scheduling.availability.Availability;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.ResourceType;
import org.hl7.fhir.r4.model.Schedule;
import org.springframework.stereotype.Component;

/**
 * A practitioner's time at a location, which slots are cut from. FHIR's schedule is no table of hours: those are said by the
 * slots.
 */
@Component
class FhirSchedules extends FewResources<FhirSchedules.PractitionerAtLocation> {

    private static final List<SearchParameter> PARAMETERS = List.of(
            SearchParameter.id(),
            SearchParameter.of(
                            "actor",
                            SearchParamType.REFERENCE,
                            "Of this practitioner, or at this location",
                            "Practitioner/0199c7a4-6f3e-7c52-9b1d-2f6a8e0c4d11")
                    .andAgain());

    private final Availability availability;
    private final ClinicRows clinic;
    private final Clock clock;

    FhirSchedules(Availability availability, ClinicRows clinic, Clock clock) {
        this.availability = availability;
        this.clinic = clinic;
        this.clock = clock;
    }

    /** Somebody who sees patients somewhere. */
    record PractitionerAtLocation(PractitionerRow practitioner, LocationRow location) {

        ComposedId.OfSchedule id() {
            return new ComposedId.OfSchedule(practitioner.id(), location.id());
        }
    }

    @Override
    public ResourceType type() {
        return ResourceType.Schedule;
    }

    @Override
    public String documentation() {
        return "A practitioner's time at a location. A search finds those with hours in the next %d days."
                .formatted(Availability.MOST_DAYS);
    }

    @Override
    public boolean versioned() {
        return false;
    }

    @Override
    public List<SearchParameter> parameters() {
        return PARAMETERS;
    }

    /** Also one without hours now: slots that somebody kept refer to it. */
    @Override
    public Optional<DomainResource> read(String id) {
        return ComposedId.schedule(id).flatMap(of -> {
            var practitioner = clinic.practitioners().stream()
                    .filter(row -> row.id().equals(of.practitionerId()))
                    .findFirst();
            var location = clinic.locations().stream()
                    .filter(row -> row.id().equals(of.locationId()))
                    .findFirst();
            return practitioner.isEmpty() || location.isEmpty()
                    ? Optional.empty()
                    : Optional.of(resource(new PractitionerAtLocation(practitioner.get(), location.get())));
        });
    }

    @Override
    List<PractitionerAtLocation> all() {
        var practitioners =
                clinic.practitioners().stream().collect(Collectors.toMap(PractitionerRow::id, Function.identity()));
        var locations = clinic.locations().stream().collect(Collectors.toMap(LocationRow::id, Function.identity()));
        var found = new LinkedHashSet<ComposedId.OfSchedule>();
        var today = LocalDate.ofInstant(clock.instant(), mainOf(locations).zone());
        for (var day : availability.openDays(null, today, today.plusDays(Availability.MOST_DAYS))) {
            day.open().forEach(open -> found.add(new ComposedId.OfSchedule(day.practitionerId(), open.locationId())));
        }
        var all = new ArrayList<PractitionerAtLocation>();
        for (var one : found) {
            var practitioner = practitioners.get(one.practitionerId());
            var location = locations.get(one.locationId());
            if (practitioner != null && location != null) {
                all.add(new PractitionerAtLocation(practitioner, location));
            }
        }
        return all;
    }

    private static LocationRow mainOf(Map<UUID, LocationRow> locations) {
        var main = locations.get(CurrentOrganization.id());
        if (main == null) {
            throw new IllegalStateException("Every clinic has a main location");
        }
        return main;
    }

    @Override
    String idOf(PractitionerAtLocation one) {
        return one.id().text();
    }

    @Override
    Predicate<PractitionerAtLocation> wanted(Criteria criteria) {
        var actors = criteria.allReferences("actor", ResourceType.Practitioner, ResourceType.Location).stream()
                .map(target -> target.uuid("actor"))
                .toList();
        return one -> actors.stream()
                .allMatch(actor -> actor.equals(one.practitioner().id())
                        || actor.equals(one.location().id()));
    }

    @Override
    DomainResource resource(PractitionerAtLocation one) {
        var schedule = new Schedule();
        schedule.setId(idOf(one));
        schedule.setActive(one.practitioner().active() && one.location().active());
        one.practitioner().specialties().forEach(said -> schedule.addSpecialty(Elements.words(said)));
        schedule.addActor(
                Elements.reference(ResourceType.Practitioner, one.practitioner().id())
                        .setDisplay(one.practitioner().name()));
        schedule.addActor(
                Elements.reference(ResourceType.Location, one.location().id())
                        .setDisplay(one.location().name()));
        return schedule;
    }
}
