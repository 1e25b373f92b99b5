package app.recado.notifications;

import app.recado.kernel.Problem;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.PatientContacts;
import app.recado.scheduling.Appointments;
import app.recado.scheduling.VisitLinks;
import app.recado.templates.MessageTemplates;
import app.recado.templates.TemplateLanguage;
import app.recado.templates.TextPreview;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Words a text for a visit that exists. */
@Service
class MessagePreviews {

    private final Appointments appointments;
    private final PatientContacts contacts;
    private final OrganizationProfiles profiles;
    private final VisitLinks links;
    private final MessageTemplates templates;

    MessagePreviews(
            Appointments appointments,
            PatientContacts contacts,
            OrganizationProfiles profiles,
            VisitLinks links,
            MessageTemplates templates) {
        this.appointments = appointments;
        this.contacts = contacts;
        this.profiles = profiles;
        this.links = links;
        this.templates = templates;
    }

    /** @param patientId whose visit it is */
    record Shown(UUID patientId, TextPreview preview) {}

    /** @throws app.recado.kernel.ProblemException {@code not-found}, {@code template-field-unknown} */
    @Transactional(readOnly = true)
    public Shown of(UUID appointmentId, TemplateLanguage language, String body) {
        var visit = appointments
                .find(appointmentId)
                .orElseThrow(() -> Problem.NOT_FOUND.because("This clinic has no such appointment"));
        var patient = contacts.find(visit.patientId()).orElseThrow();
        var link = links.of(List.of(visit.id())).get(visit.id());
        return new Shown(
                patient.id(),
                templates.preview(
                        language,
                        body,
                        VisitFields.of(visit, patient, profiles.current(), link, List.of(), List.of())));
    }
}
