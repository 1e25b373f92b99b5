package app.recado.fhir;

import app.recado.fhir.AppointmentRows.AppointmentRow;
import app.recado.fhir.AppointmentRows.Named;
import app.recado.fhir.AppointmentRows.Place;
import app.recado.fhir.AppointmentRows.Wanted;
import app.recado.scheduling.AppointmentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.ParticipantRequired;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.ResourceType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Appointments as FHIR has them; status, what the patient said and the reason of a cancellation are FHIR's words already.
 * Remarks of the desk and the patient's own words stay here.
 */
@Component
class FhirAppointments implements FhirResources {

    private static final String REASONS = "http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason";

    private static final String EXAMPLE = "0199c7a4-6f3e-7c52-9b1d-2f6a8e0c4d11";

    private static final List<SearchParameter> PARAMETERS = List.of(
            SearchParameter.id(),
            SearchParameter.of(
                            "date",
                            SearchParamType.DATE,
                            "When it begins, with eq, ge, gt, le or lt; dates are the clinic's",
                            "ge2026-11-24")
                    .andAgain(),
            SearchParameter.of("patient", SearchParamType.REFERENCE, "Of this patient", "Patient/" + EXAMPLE),
            SearchParameter.of(
                    "practitioner", SearchParamType.REFERENCE, "With this practitioner", "Practitioner/" + EXAMPLE),
            SearchParameter.of("location", SearchParamType.REFERENCE, "At this location", "Location/" + EXAMPLE),
            SearchParameter.of(
                            "actor",
                            SearchParamType.REFERENCE,
                            "With this Patient, Practitioner, Location or HealthcareService; all of several",
                            "Practitioner/" + EXAMPLE)
                    .andAgain(),
            SearchParameter.of("status", SearchParamType.TOKEN, "One of these states", "booked,arrived"));

    private final AppointmentRows rows;

    FhirAppointments(AppointmentRows rows) {
        this.rows = rows;
    }

    @Override
    public ResourceType type() {
        return ResourceType.Appointment;
    }

    @Override
    public String documentation() {
        return "Visits, by their beginning; cancelled ones and those that were entered in error as well.";
    }

    @Override
    public boolean versioned() {
        return true;
    }

    @Override
    public List<SearchParameter> parameters() {
        return PARAMETERS;
    }

    @Override
    public Optional<DomainResource> read(String id) {
        return Criteria.uuidOf(id).flatMap(rows::find).map(FhirAppointments::resource);
    }

    @Override
    public List<Hit> search(Criteria criteria, @Nullable List<String> after, int limit) {
        var wanted = new Wanted(
                criteria.uuids(),
                criteria.dates("date"),
                actors(criteria, "patient", ResourceType.Patient),
                actors(criteria, "practitioner", ResourceType.Practitioner),
                actors(criteria, "location", ResourceType.Location),
                actors(criteria, null, ResourceType.HealthcareService),
                statuses(criteria.tokens("status")));
        var place = after == null ? null : new Place(Instant.parse(after.get(0)), UUID.fromString(after.get(1)));
        return rows.search(wanted, place, limit).stream()
                .map(row -> new Hit(
                        resource(row), List.of(row.start().toString(), row.id().toString())))
                .toList();
    }

    /** Those of a type, by the parameter of their own and by {@code actor}. */
    private static List<UUID> actors(Criteria criteria, @Nullable String own, ResourceType type) {
        var ids = new ArrayList<UUID>();
        if (own != null) {
            criteria.allReferences(own, type).forEach(target -> ids.add(target.uuid(own)));
        }
        criteria
                .allReferences(
                        "actor",
                        ResourceType.Patient,
                        ResourceType.Practitioner,
                        ResourceType.Location,
                        ResourceType.HealthcareService)
                .stream()
                .filter(target -> target.type() == type)
                .forEach(target -> ids.add(target.uuid("actor")));
        return ids;
    }

    private static @Nullable List<String> statuses(@Nullable List<Criteria.Token> tokens) {
        if (tokens == null) {
            return null;
        }
        var statuses = new ArrayList<String>();
        for (var token : tokens) {
            Appointment.AppointmentStatus status;
            try {
                status = Appointment.AppointmentStatus.fromCode(token.code());
            } catch (FHIRException e) {
                throw FhirRefusal.invalid("status is one of "
                        + Arrays.stream(AppointmentStatus.values())
                                .map(AppointmentStatus::wireName)
                                .toList());
            }
            if (token.is(status.getSystem(), status.toCode())) {
                statuses.add(status.toCode());
            }
        }
        return statuses;
    }

    private static Appointment resource(AppointmentRow row) {
        var appointment = new Appointment();
        appointment.setId(row.id().toString());
        appointment.getMeta().setVersionId(String.valueOf(row.version()));
        appointment.setStatus(Appointment.AppointmentStatus.fromCode(row.status()));
        if (row.cancellationCode() != null) {
            appointment.setCancelationReason(new CodeableConcept()
                    .addCoding(new Coding().setSystem(REASONS).setCode(row.cancellationCode())));
        }
        appointment.addServiceType(Elements.words(row.service().name())
                .addCoding(new Coding()
                        .setSystem(FhirSlots.SERVICES)
                        .setCode(row.service().id().toString())));
        appointment.setStartElement(Elements.moment(row.start(), row.zone()));
        appointment.setEndElement(Elements.moment(row.end(), row.zone()));
        appointment.setMinutesDuration(
                Math.toIntExact(Duration.between(row.start(), row.end()).toMinutes()));
        appointment.setCreatedElement(new DateTimeType(Elements.text(row.createdAt(), row.zone())));
        participant(
                appointment, ResourceType.Patient, row.patient(), ParticipationStatus.fromCode(row.participation()));
        participant(appointment, ResourceType.Practitioner, row.practitioner(), clinics(row));
        participant(appointment, ResourceType.HealthcareService, row.service(), clinics(row));
        if (row.location() != null) {
            participant(appointment, ResourceType.Location, row.location(), clinics(row));
        }
        return appointment;
    }

    /** What a patient asked for online waits for the clinic; everything else it has agreed to. */
    private static ParticipationStatus clinics(AppointmentRow row) {
        return row.status().equals(AppointmentStatus.PENDING.wireName())
                        || row.status().equals(AppointmentStatus.PROPOSED.wireName())
                        || row.status().equals(AppointmentStatus.WAITLIST.wireName())
                ? ParticipationStatus.NEEDSACTION
                : ParticipationStatus.ACCEPTED;
    }

    private static void participant(Appointment appointment, ResourceType type, Named who, ParticipationStatus status) {
        appointment
                .addParticipant()
                .setActor(Elements.reference(type, who.id()).setDisplay(who.name()))
                .setRequired(ParticipantRequired.REQUIRED)
                .setStatus(status);
    }
}
