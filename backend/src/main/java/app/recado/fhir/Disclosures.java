package app.recado.fhir;

import app.recado.patients.PatientPart;
import app.recado.patients.PatientReads;
import java.util.ArrayList;
import java.util.Collection;
import java.util.UUID;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ResourceType;
import org.springframework.stereotype.Component;

/**
 * Records whose data left for another system. Each patient is named, however many there are: what a program reads it may
 * keep, other than a list that somebody passes by.
 */
@Component
class Disclosures {

    private static final String PATIENT = ResourceType.Patient.name() + "/";

    private final PatientReads reads;

    Disclosures(PatientReads reads) {
        this.reads = reads;
    }

    /** These are about to be answered. */
    void of(Collection<? extends DomainResource> resources) {
        var records = new ArrayList<UUID>();
        var visits = new ArrayList<UUID>();
        for (var resource : resources) {
            switch (resource) {
                case Patient patient ->
                    records.add(UUID.fromString(patient.getIdElement().getIdPart()));
                case Appointment appointment ->
                    appointment.getParticipant().stream()
                            .map(Appointment.AppointmentParticipantComponent::getActor)
                            .map(Reference::getReference)
                            .filter(actor -> actor.startsWith(PATIENT))
                            .map(actor -> UUID.fromString(actor.substring(PATIENT.length())))
                            .forEach(visits::add);
                default -> {
                    // nobody's
                }
            }
        }
        reads.shown(PatientPart.RECORD, records);
        reads.shown(PatientPart.VISITS, visits);
    }
}
