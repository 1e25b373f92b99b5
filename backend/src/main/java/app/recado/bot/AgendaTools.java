package app.recado.bot;

import app.recado.bot.flow.FlowNode.Detail;
import app.recado.bot.flow.FlowTools;
import app.recado.conversations.AutomaticThreads;
import app.recado.messaging.AutomaticReplies;
import app.recado.organizations.OrganizationProfile;
import app.recado.patients.PatientCompletion;
import app.recado.patients.PatientContact;
import app.recado.patients.PatientContacts;
import app.recado.scheduling.Appointments;
import app.recado.scheduling.Coverages;
import app.recado.scheduling.OnlineAppointments;
import app.recado.scheduling.Participation;
import app.recado.scheduling.SlotHolds;
import app.recado.scheduling.availability.Availability;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a flow does in earnest: through the services that the booking page and answers to notices use, for whoever is reached at
 * the number it speaks with, in the turn's transaction. What is refused there ends the transaction; the turn is gone through
 * again and finds the agenda as it is by then.
 */
class AgendaTools implements FlowTools {

    /** So far ahead times are offered. */
    private static final int DAYS = 28;

    /** Nobody is offered what begins sooner. */
    private static final Duration NOT_SOONER = Duration.ofHours(1);

    /** The hold is used up in the same transaction. */
    private static final Duration HELD = Duration.ofMinutes(1);

    private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1900, 1, 1);
    private static final String BY_PATIENT = "patient";

    private final ClinicServices clinicServices;
    private final Who who;

    /** What the clinic offers; the same for everybody. */
    record ClinicServices(
            OnlineAppointments online,
            Appointments appointments,
            SlotHolds holds,
            Availability availability,
            PatientContacts contacts,
            PatientCompletion cards,
            Coverages coverages,
            AutomaticReplies replies,
            AutomaticThreads threads,
            OrganizationProfile clinic) {}

    /**
     * Whom the flow speaks with.
     *
     * @param phone E.164; null while it is not known
     * @param people everybody reached at that number
     * @param words what they wrote last; null for none
     * @param now the moment of the turn
     * @param conversationId where; null for a trial
     */
    record Who(
            @Nullable String phone,
            List<PatientContact> people,
            @Nullable String words,
            Instant now,
            @Nullable UUID conversationId) {
        Who {
            people = List.copyOf(people);
        }

        /** Of a trial, and of whoever only looks. */
        Who(@Nullable String phone, List<PatientContact> people, @Nullable String words, Instant now) {
            this(phone, people, words, now, null);
        }

        /** The only one, unless their data may not be used by itself. */
        @Nullable PatientContact only() {
            return people.size() == 1 && !people.getFirst().restricted() ? people.getFirst() : null;
        }

        @Override
        public String toString() {
            return "Who";
        }
    }

    AgendaTools(ClinicServices clinicServices, Who who) {
        this.clinicServices = clinicServices;
        this.who = who;
    }

    @Override
    public boolean patientKnown() {
        return who.only() != null;
    }

    @Override
    public boolean tagged(String tag) {
        var only = who.only();
        return only != null && clinicServices.contacts().hasTag(only.id(), tag);
    }

    @Override
    public boolean insured(String insurance) {
        var only = who.only();
        var covered =
                only == null ? null : clinicServices.coverages().of(only.id()).insuranceId();
        return covered != null && covered.toString().equals(insurance);
    }

    @Override
    public List<Place> places() {
        return clinicServices.online().places().stream()
                .map(place -> new Place(place.id(), place.name(), place.address(), place.latitude(), place.longitude()))
                .toList();
    }

    @Override
    public boolean hasFile(UUID mediaId) {
        // A voice note has no words beside it.
        return clinicServices
                .replies()
                .fileType(mediaId)
                .filter(type -> !type.startsWith("audio/"))
                .isPresent();
    }

    /** Fills what is empty and replaces an e-mail address. What a person wrote otherwise is for a person. */
    @Override
    public Result update(Map<Detail, String> said) {
        var only = who.only();
        var born = said.get(Detail.BIRTH_DATE) instanceof String date ? LocalDate.parse(date) : null;
        var today = LocalDate.ofInstant(who.now(), clinicServices.clinic().timeZone());
        if (only == null || born != null && (born.isAfter(today) || born.isBefore(EARLIEST_BIRTH))) {
            return Result.NOT_POSSIBLE;
        }
        var outcome = clinicServices
                .cards()
                .complete(
                        only.id(),
                        new PatientCompletion.Submission(
                                said.get(Detail.GIVEN_NAME),
                                said.get(Detail.FAMILY_NAME),
                                born,
                                null,
                                null,
                                said.get(Detail.EMAIL),
                                null,
                                null),
                        who.now());
        var differing = outcome.differing();
        if (differing.containsKey(PatientCompletion.Detail.EMAIL)) {
            clinicServices.cards().accept(only.id(), differing, Set.of(PatientCompletion.Detail.EMAIL), BY_PATIENT);
        }
        return result(differing.keySet().stream().allMatch(PatientCompletion.Detail.EMAIL::equals));
    }

    @Override
    public boolean open() {
        return isOpen(clinicServices.availability(), clinicServices.clinic(), who.now());
    }

    /** Whether somebody sees patients at that moment. */
    static boolean isOpen(Availability availability, OrganizationProfile clinic, Instant at) {
        var today = LocalDate.ofInstant(at, clinic.timeZone());
        return availability.openDays(null, today, today.plusDays(1)).stream()
                .flatMap(day -> day.open().stream())
                .anyMatch(open -> !at.isBefore(open.start()) && at.isBefore(open.end()));
    }

    @Override
    public @Nullable String field(String name) {
        var only = who.only();
        return switch (name) {
            case "clinic.name" -> clinicServices.clinic().name();
            case "patient.givenName" -> only == null ? null : only.greetingName();
            default -> null;
        };
    }

    @Override
    public List<Visit> visits() {
        var people =
                who.people().stream().filter(person -> !person.restricted()).toList();
        if (people.isEmpty()) {
            return List.of();
        }
        var names = new HashMap<UUID, String>();
        people.forEach(person -> names.put(person.id(), person.greetingName()));
        return clinicServices
                .online()
                .upcoming(people.stream().map(PatientContact::id).toList())
                .stream()
                .map(ahead -> {
                    var visit = ahead.visit();
                    return new Visit(
                            visit.id(),
                            visit.serviceName(),
                            visit.serviceId(),
                            visit.practitionerName(),
                            visit.start(),
                            visit.zone(),
                            visit.scheduleVersion(),
                            people.size() > 1 ? names.get(ahead.patientId()) : null);
                })
                .toList();
    }

    @Override
    public List<Service> services() {
        return clinicServices.online().offers().stream()
                .filter(offer -> !offer.practitioners().isEmpty())
                .map(offer -> new Service(offer.id(), offer.name()))
                .toList();
    }

    @Override
    public List<Free> free(UUID serviceId, @Nullable Visit moving) {
        var offer = clinicServices.online().offers().stream()
                .filter(one -> one.id().equals(serviceId))
                .findFirst();
        if (offer.isEmpty()) {
            return List.of();
        }
        var names = new HashMap<UUID, String>();
        offer.get().practitioners().forEach(person -> names.put(person.id(), person.displayName()));
        var zones = new HashMap<UUID, ZoneId>();
        clinicServices.online().places().forEach(place -> zones.put(place.id(), place.zone()));
        var practitioner = moving == null
                ? null
                : clinicServices
                        .online()
                        .find(moving.id())
                        .map(OnlineAppointments.Visit::practitionerId)
                        .orElse(null);
        if (moving != null && !names.containsKey(practitioner)) {
            return List.of(); // who sees them does not offer it any more: a person has to look
        }
        var today = LocalDate.ofInstant(who.now(), clinicServices.clinic().timeZone());
        return clinicServices
                .online()
                .free(serviceId, practitioner, null, today, today.plusDays(DAYS), moving == null ? null : moving.id())
                .stream()
                .filter(free -> free.start().isAfter(who.now().plus(NOT_SOONER)))
                .filter(free -> moving == null || !free.start().equals(moving.start()))
                .map(free -> new Free(
                        free.practitionerId(),
                        names.getOrDefault(free.practitionerId(), ""),
                        free.start(),
                        zones.getOrDefault(
                                free.locationId(), clinicServices.clinic().timeZone())))
                .toList();
    }

    @Override
    public Result confirm(Visit visit) {
        return result(clinicServices
                .appointments()
                .recordParticipation(
                        visit.id(), visit.version(), Participation.ACCEPTED, BY_PATIENT, who.words(), who.now()));
    }

    @Override
    public Result cancel(Visit visit) {
        return result(clinicServices.appointments().cancelByPatient(visit.id(), visit.version(), who.now()));
    }

    @Override
    public Result move(Visit visit, Free to) {
        return result(clinicServices.online().move(visit.id(), visit.version(), to.start(), yes()));
    }

    @Override
    public Result book(UUID serviceId, Free at) {
        var only = who.only();
        if (only == null) {
            return Result.NOT_POSSIBLE;
        }
        var hold = clinicServices.holds().place(serviceId, at.practitionerId(), at.start(), HELD);
        clinicServices
                .online()
                .book(new OnlineAppointments.Request(
                        only.id(), serviceId, at.practitionerId(), at.start(), hold.id(), false, null, yes()));
        return Result.DONE;
    }

    /** Nothing is booked or moved without one, so the confirmation that follows asks nothing. */
    private OnlineAppointments.Yes yes() {
        return new OnlineAppointments.Yes(who.words(), who.now());
    }

    @Override
    public Result joinWaitlist(UUID serviceId) {
        var only = who.only();
        return result(only != null && clinicServices.online().waitFor(only.id(), serviceId));
    }

    @Override
    public @Nullable Long openTicket() {
        var conversation = who.conversationId();
        return conversation == null ? null : clinicServices.threads().openTicket(conversation);
    }

    @Override
    public Result consent(boolean wanted, String words) {
        var phone = who.phone();
        if (phone == null) {
            return Result.NOT_POSSIBLE;
        }
        if (wanted) {
            clinicServices.contacts().agreeToMarketing(phone, words, who.now());
        } else {
            clinicServices.contacts().stopMarketing(phone, words, who.now());
        }
        return Result.DONE;
    }

    private static Result result(boolean done) {
        return done ? Result.DONE : Result.NOT_POSSIBLE;
    }
}
