package app.recado.bot;

import app.recado.bot.AgendaTools.ClinicServices;
import app.recado.bot.AgendaTools.Who;
import app.recado.bot.flow.FlowTools;
import app.recado.conversations.AutomaticThreads;
import app.recado.messaging.AutomaticReplies;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.PatientCompletion;
import app.recado.patients.PatientContact;
import app.recado.patients.PatientContacts;
import app.recado.scheduling.Appointments;
import app.recado.scheduling.Coverages;
import app.recado.scheduling.OnlineAppointments;
import app.recado.scheduling.SlotHolds;
import app.recado.scheduling.availability.Availability;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Finds whom a flow speaks with and what it may do for them. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class FlowAgenda {

    private final OnlineAppointments online;
    private final Appointments appointments;
    private final SlotHolds holds;
    private final Availability availability;
    private final PatientContacts contacts;
    private final PatientCompletion cards;
    private final Coverages coverages;
    private final AutomaticReplies replies;
    private final AutomaticThreads threads;
    private final OrganizationProfiles organizations;

    FlowAgenda(
            OnlineAppointments online,
            Appointments appointments,
            SlotHolds holds,
            Availability availability,
            PatientContacts contacts,
            PatientCompletion cards,
            Coverages coverages,
            AutomaticReplies replies,
            AutomaticThreads threads,
            OrganizationProfiles organizations) {
        this.online = online;
        this.appointments = appointments;
        this.holds = holds;
        this.availability = availability;
        this.contacts = contacts;
        this.cards = cards;
        this.coverages = coverages;
        this.replies = replies;
        this.threads = threads;
        this.organizations = organizations;
    }

    /** Everybody reached at a number; nobody while it is not known. */
    public List<PatientContact> people(@Nullable String phone) {
        return phone == null ? List.of() : contacts.byPhone(phone);
    }

    /** The language to speak with them: the only patient's, else the clinic's. */
    public String language(List<PatientContact> people) {
        return people.size() == 1
                ? people.getFirst().language()
                : organizations.current().locale();
    }

    public FlowTools tools(Who who) {
        return new AgendaTools(
                new ClinicServices(
                        online,
                        appointments,
                        holds,
                        availability,
                        contacts,
                        cards,
                        coverages,
                        replies,
                        threads,
                        organizations.current()),
                who);
    }

    public boolean isOpen(Instant at) {
        return AgendaTools.isOpen(availability, organizations.current(), at);
    }

    /** When the clinic's day began. */
    public Instant dayBegan(Instant now) {
        var zone = organizations.current().timeZone();
        return LocalDate.ofInstant(now, zone).atStartOfDay(zone).toInstant();
    }
}
