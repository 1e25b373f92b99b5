package app.recado.notifications;

import app.recado.organizations.OrganizationProfile;
import app.recado.patients.PatientContact;
import app.recado.scheduling.AppointmentFacts;
import app.recado.templates.TemplateFields;
import app.recado.templates.TemplateFields.Companion;
import app.recado.templates.TemplateFields.Place;
import app.recado.templates.TemplateFields.Visit;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a text may say of a visit. */
final class VisitFields {

    private VisitFields() {}

    /**
     * @param link the patient's own page of it; null for none
     * @param others the visits that are told of with it, the earliest first
     * @param household visits of others of the household that are told of with it, the earliest first
     */
    static TemplateFields of(
            AppointmentFacts visit,
            PatientContact patient,
            OrganizationProfile clinic,
            @Nullable URI link,
            List<AppointmentFacts> others,
            List<Companion> household) {
        var place = visit.place();
        return new TemplateFields(
                patient.greetingName(),
                patient.displayName(),
                clinic.name(),
                new Visit(
                        visit.start().atZone(visit.zone()),
                        visit.practitionerName(),
                        visit.serviceName(),
                        place == null
                                ? null
                                : new Place(
                                        place.name(),
                                        place.address(),
                                        place.latitude(),
                                        place.longitude(),
                                        place.phone()),
                        visit.insuranceName(),
                        link,
                        others.stream()
                                .map(other -> other.start().atZone(other.zone()))
                                .toList(),
                        household));
    }
}
