package app.recado.patients;

import app.recado.customfields.CustomFields;
import app.recado.customfields.CustomValues;
import app.recado.customfields.FieldSubject;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Phones;
import app.recado.kernel.Problem;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.security.Caller;
import app.recado.organizations.ClinicPhones;
import app.recado.organizations.OrganizationProfile;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.PhoneConsents.Purpose;
import app.recado.patients.identifiers.Identifier;
import app.recado.patients.identifiers.IdentifierReading;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Registers patients and corrects what is written about them. */
@Service
class PatientRegister implements PatientNumbers {

    private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1900, 1, 1);

    private final PatientRepository patients;
    private final OrganizationProfiles organizations;
    private final ClinicPhones phones;
    private final PhoneConsents consents;
    private final PatientIndex index;
    private final NumberHolders holders;
    private final HouseholdContacts households;
    private final MergeRecords merges;
    private final CustomFields fields;
    private final LiveHints hints;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    PatientRegister(
            PatientRepository patients,
            OrganizationProfiles organizations,
            ClinicPhones phones,
            PhoneConsents consents,
            PatientIndex index,
            NumberHolders holders,
            HouseholdContacts households,
            MergeRecords merges,
            CustomFields fields,
            LiveHints hints,
            ApplicationEventPublisher events,
            Clock clock) {
        this.patients = patients;
        this.organizations = organizations;
        this.phones = phones;
        this.consents = consents;
        this.index = index;
        this.holders = holders;
        this.households = households;
        this.merges = merges;
        this.fields = fields;
        this.hints = hints;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Registers a patient. A number that opted out before stays opted out under its new name: the wish belongs to whoever
     * holds the phone.
     *
     * @throws app.recado.kernel.ProblemException {@code invalid-fields} without any name, for a phone number or identifier
     *     that cannot exist or a birth date in the future; {@code identifier-taken}
     */
    @Transactional
    public PatientView register(PatientRequest request) {
        return register(request, caller());
    }

    /** The same. @param by the account that registers; a word for whoever has none */
    PatientView register(PatientRequest request, String by) {
        var clinic = organizations.current();
        if (request.messaging() != null || request.marketing() != null) {
            throw Problem.INVALID_FIELDS.at(
                    request.messaging() == null ? "/marketing" : "/messaging",
                    "unknown-value",
                    "Only an existing patient can opt out or in");
        }
        if (request.archived() != null) {
            throw Problem.INVALID_FIELDS.at("/archived", "unknown-value", "Only an existing patient can be archived");
        }
        var patient = new Patient(particulars(request, null, clinic), clock.instant(), by);
        honourEarlierOptOut(patient);
        return store(patient, clinic);
    }

    /** Replaces what is written about a patient. When they answer the phone for others, those are reached at the new number too.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code patient-replaced}, {@code stale}, {@code invalid-fields},
     *     {@code identifier-taken} */
    @Transactional
    public PatientView correct(UUID id, ExpectedVersion expected, PatientRequest request) {
        var clinic = organizations.current();
        var patient = existing(id);
        expected.mustBe(patient.version());
        var phonesBefore = patient.phones().speaking();
        var before = PatientView.of(patient, clinic);
        var said = particulars(request, patient, clinic);
        var move = moveOf(patient, said.phones().reach());
        patient.correct(said, clock.instant(), caller());
        if (request.archived() != null) {
            patient.archive(request.archived(), clock.instant(), caller());
        }
        changeConsent(patient, request);
        if (!phonesBefore.equals(patient.phones().speaking())) {
            honourEarlierOptOut(patient);
        }
        var stored = store(patient, clinic);
        move.ifPresent(one -> follow(one, caller()));
        PatientChanged.between(before, stored).ifPresent(events::publishEvent);
        return stored;
    }

    /**
     * Nothing is done with what is kept of a patient by itself any more. Again, it changes the reason.
     *
     * @param reason for staff; null or blank for none
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code patient-replaced}, {@code stale}
     */
    @Transactional
    public PatientView restrict(UUID id, ExpectedVersion expected, @Nullable String reason) {
        var patient = existing(id);
        expected.mustBe(patient.version());
        patient.restrict(reason == null || reason.isBlank() ? null : reason.strip(), clock.instant(), caller());
        var stored = store(patient, organizations.current());
        tellRestricted(id, true);
        return stored;
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found}, {@code patient-replaced}, {@code stale}; {@code conflict}
     *     when it is not restricted */
    @Transactional
    public PatientView liftRestriction(UUID id, ExpectedVersion expected) {
        var patient = existing(id);
        expected.mustBe(patient.version());
        if (!patient.liftRestriction(clock.instant(), caller())) {
            throw Problem.CONFLICT.because("The processing of their data is not restricted");
        }
        var stored = store(patient, organizations.current());
        tellRestricted(id, false);
        return stored;
    }

    private void tellRestricted(UUID id, boolean restricted) {
        var by = Caller.current();
        events.publishEvent(new PatientRestrictionChanged(
                id, restricted, by.subject(), Objects.requireNonNullElse(by.name(), by.subject())));
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found}, {@code patient-replaced} */
    @Transactional(readOnly = true)
    public PatientView get(UUID id) {
        return PatientView.of(existing(id), organizations.current());
    }

    @Override
    @Transactional
    public List<UUID> moved(String from, String to) {
        var changed = holders.of(from).stream()
                .map(patient -> {
                    patient.moved(from, to, clock.instant(), caller());
                    followNumber(patient, caller());
                    return patient.id();
                })
                .toList();
        households.moved(null, from, to, caller());
        return changed;
    }

    /**
     * A patient without a number, or with the contact's former one, is reached at the contact's; everybody else keeps their
     * own. Whoever asks holds the number and the patient's row.
     *
     * @param before the contact's number until now, E.164
     * @param now the contact's number, E.164
     */
    @Transactional
    public void reachThroughContact(UUID id, String before, String now) {
        patients.findById(id)
                .filter(patient -> patient.phone() == null || patient.phone().equals(before))
                .filter(patient -> !now.equals(patient.phone()))
                .ifPresent(patient -> reach(patient, now, caller()));
    }

    private void reach(Patient patient, String phone, String by) {
        patient.reachedAt(phone, clock.instant(), by);
        followNumber(patient, by);
    }

    private void followNumber(Patient patient, String by) {
        honourEarlierOptOut(patient);
        store(patient, organizations.current());
        events.publishEvent(new PatientPhoneChanged(patient.id(), by));
    }

    /**
     * Whoever answers the phone for others is about to be written down with another number.
     *
     * @param others patients who are reached at the old one because of that
     */
    private record Move(UUID contact, String from, String to, List<UUID> others) {

        /** Numbers belong to people: never printed. */
        @Override
        public String toString() {
            return "Move[contact=" + contact + "]";
        }
    }

    /** What a change of number takes along; it is locked here, before anything of it is changed. */
    private Optional<Move> moveOf(Patient patient, Phones.@Nullable Phone now) {
        var from = patient.phone();
        if (from == null || now == null || from.equals(now.e164())) {
            return Optional.empty();
        }
        var others = households.reachedThrough(patient.id(), from);
        if (!others.isEmpty()) {
            consents.hold(now.e164()); // phones before rows, as everybody who holds both
            households.lock(
                    Stream.concat(others.stream(), Stream.of(patient.id())).toList());
        }
        return Optional.of(new Move(patient.id(), from, now.e164(), others));
    }

    /**
     * Somebody answers the phone at another number, because two cards became one or two again. Nothing follows from a number
     * that stays, or from none.
     *
     * @param others who was reached through them and is locked; whoever has another number by now keeps it
     */
    void follow(UUID contact, @Nullable String from, @Nullable String to, Collection<UUID> others, String by) {
        if (from != null && to != null && !from.equals(to)) {
            follow(new Move(contact, from, to, List.copyOf(others)), by);
        }
    }

    private void follow(Move move, String by) {
        for (var other : move.others()) {
            patients.findById(other)
                    .filter(patient -> move.from().equals(patient.phone()))
                    .ifPresent(patient -> reach(patient, move.to(), by));
        }
        households.moved(move.contact(), move.from(), move.to(), by);
    }

    /**
     * Completes a patient by what a file says: what it leaves out stays, tags are added, and an identifier that another
     * patient has is left alone. Changes nothing for a patient who is gone.
     *
     * @param by the account that imports it
     */
    @Transactional
    public void complete(UUID id, Patient.Particulars said, String by) {
        var clinic = organizations.current();
        patients.findById(id).filter(patient -> patient.replacedBy() == null).ifPresent(patient -> {
            var phoneBefore = patient.phone();
            var speakingBefore = patient.phones().speaking();
            var free = said.identifiers().stream()
                    .filter(one -> index.mayHave(patient.id(), one))
                    .toList();
            var completed = patient.completedBy(said, free);
            var move = moveOf(patient, completed.phones().reach());
            patient.correct(completed, clock.instant(), by);
            if (!speakingBefore.equals(patient.phones().speaking())) {
                honourEarlierOptOut(patient);
            }
            if (!Objects.equals(phoneBefore, patient.phone())) {
                events.publishEvent(new PatientPhoneChanged(patient.id(), by));
            }
            store(patient, clinic);
            move.ifPresent(one -> follow(one, by));
        });
    }

    /**
     * Writes a card as it shall be; the number stays who is reached at it. Needs an open transaction.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code patient-replaced}, {@code identifier-taken}
     */
    void write(UUID id, Patient.Particulars particulars, String by) {
        var patient = existing(id);
        patient.correct(particulars, clock.instant(), by);
        store(patient, organizations.current());
    }

    /** The patient wants no messages, or no marketing; what is not stopped stays. @param at when they said so */
    void stop(UUID id, boolean messaging, boolean marketing, Instant at) {
        var patient = existing(id);
        if (messaging && patient.optOut(at, Patient.BY_PATIENT)) {
            tell(patient, RegisteredPatients.CARE, false, Patient.BY_PATIENT);
        }
        if (marketing && patient.wantsMarketing(Messaging.OPTED_OUT, at, Patient.BY_PATIENT)) {
            tell(patient, RegisteredPatients.MARKETING, false, Patient.BY_PATIENT);
        }
        store(patient, organizations.current());
    }

    /** Somebody of the clinic found that the patient wants messages, or marketing, again. */
    void allow(UUID id, boolean messaging, boolean marketing, String by) {
        var patient = existing(id);
        var now = clock.instant();
        if (messaging && patient.optIn(now, by)) {
            tell(patient, RegisteredPatients.CARE, true, by);
        }
        if (marketing && patient.wantsMarketing(Messaging.ALLOWED, now, by)) {
            tell(patient, RegisteredPatients.MARKETING, true, by);
        }
        store(patient, organizations.current());
    }

    private Patient existing(UUID id) {
        var patient = patients.findById(id)
                .filter(one -> !one.isErased())
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such patient"));
        if (patient.replacedBy() != null) {
            throw merges.replaced(patient.replacedBy());
        }
        return patient;
    }

    private PatientView store(Patient patient, OrganizationProfile clinic) {
        var stored = patients.saveAndFlush(patient);
        index.renew(stored, clinic.country());
        hints.changed(LiveHints.Kind.PATIENT, stored.id());
        return PatientView.of(stored, clinic);
    }

    private void changeConsent(Patient patient, PatientRequest request) {
        var now = clock.instant();
        var by = caller();
        if (request.messaging() == Messaging.OPTED_OUT && patient.optOut(now, by)
                || request.messaging() == Messaging.ALLOWED && patient.optIn(now, by)) {
            tell(patient, RegisteredPatients.CARE, request.messaging() == Messaging.ALLOWED, by);
        }
        if (request.marketing() != null && patient.wantsMarketing(request.marketing(), now, by)) {
            tell(patient, RegisteredPatients.MARKETING, request.marketing() == Messaging.ALLOWED, by);
        }
    }

    /** Of everybody of whom one of these numbers speaks, and of whoever wrote from it before it was anybody's. */
    void honourEarlierOptOut(Patient patient) {
        // In one order, as everybody who holds several.
        var phones = patient.phones().speaking().stream().sorted().toList();
        if (phones.isEmpty()) {
            return;
        }
        consents.holdAll(phones);
        var others = phones.stream()
                .flatMap(phone -> holders.answering(phone).stream())
                .filter(other -> !other.id().equals(patient.id()))
                .toList();
        var now = clock.instant();
        if ((others.stream().anyMatch(other -> other.messaging() == Messaging.OPTED_OUT)
                        || saidNo(phones, Purpose.CARE))
                && patient.optOut(now, Patient.BY_PHONE)) {
            tell(patient, RegisteredPatients.CARE, false, Patient.BY_PHONE);
        }
        if ((others.stream().anyMatch(other -> other.marketing() == Messaging.OPTED_OUT)
                        || saidNo(phones, Purpose.MARKETING))
                && patient.wantsMarketing(Messaging.OPTED_OUT, now, Patient.BY_PHONE)) {
            tell(patient, RegisteredPatients.MARKETING, false, Patient.BY_PHONE);
        }
    }

    private boolean saidNo(List<String> phones, Purpose purpose) {
        return phones.stream().anyMatch(phone -> consents.latest(phone, purpose).equals(Optional.of(false)));
    }

    private void tell(Patient patient, String purpose, boolean allowed, String by) {
        events.publishEvent(new PatientConsentChanged(patient.id(), purpose, allowed, by));
    }

    /** @param before as they were; null for a new patient */
    private Patient.Particulars particulars(
            PatientRequest request, @Nullable Patient before, OrganizationProfile clinic) {
        var given = nameOrNull(request.givenName());
        var family = nameOrNull(request.familyName());
        if (given == null && family == null) {
            throw Problem.INVALID_FIELDS.at("/givenName", "required", "A patient has a given or a family name");
        }
        return new Patient.Particulars(
                given,
                family,
                phones(request, before),
                birthDate(request.birthDate(), clinic),
                languages(request, before, clinic),
                request.notes() == null || request.notes().isBlank()
                        ? null
                        : request.notes().strip(),
                request.gender() != null || before == null ? request.gender() : before.gender(),
                email(request.email(), before),
                request.identifiers() != null
                        ? identifiers(request.identifiers())
                        : before == null ? List.of() : before.identifiers(),
                request.tags() != null ? Tags.normal(request.tags()) : before == null ? List.of() : before.tags(),
                fields.checked(
                        FieldSubject.PATIENT,
                        request.customFields(),
                        before == null ? CustomValues.NONE : before.customFields(),
                        "/customFields"));
    }

    private static Languages languages(PatientRequest request, @Nullable Patient before, OrganizationProfile clinic) {
        var preferred =
                request.language() != null ? request.language() : before == null ? clinic.locale() : before.language();
        return request.otherLanguages() != null
                ? Languages.said(preferred, request.otherLanguages())
                : Languages.said(
                        preferred,
                        before == null ? List.of() : before.languages().others());
    }

    /**
     * All numbers, as whoever knows of several says them; or the one that is written to, beside which the others stay.
     *
     * @param before as they were; null for a new patient
     */
    private PatientPhones phones(PatientRequest request, @Nullable Patient before) {
        var known = before == null ? PatientPhones.NONE : before.phones();
        if (request.phoneNumbers() == null) {
            return known.reachedAt(request.phone() == null ? null : phones.read(request.phone(), "/phone"));
        }
        var typed = request.phoneNumbers();
        int chosen = chosen(typed);
        PatientPhone writtenTo = null;
        var others = new ArrayList<PatientPhone>();
        var seen = new HashSet<String>();
        for (int i = 0; i < typed.size(); i++) {
            var pointer = "/phoneNumbers/" + i;
            var one = typed.get(i);
            var read = phones.read(one.phone(), pointer + "/phone");
            if (!seen.add(read.e164())) {
                throw Problem.INVALID_FIELDS.at(
                        pointer + "/phone", "phone-repeated", "Each number stands on a card once");
            }
            var name = one.ownerName() == null || one.ownerName().isEmpty() ? null : one.ownerName();
            var phone = new PatientPhone(read.e164(), read.extension(), one.owner(), name);
            if (i == chosen) {
                writtenTo = phone;
            } else {
                others.add(phone);
            }
        }
        if (request.phone() != null
                && (writtenTo == null
                        || !phones.read(request.phone(), "/phone").e164().equals(writtenTo.e164()))) {
            throw Problem.INVALID_FIELDS.at("/phone", "unknown-value", "Say in the list which number is written to");
        }
        return new PatientPhones(writtenTo, others);
    }

    /** Which is written to: the one that says so; the first, while none says anything; else none, which is -1. */
    private static int chosen(List<PatientRequest.Numbers> typed) {
        int chosen = -1;
        for (int i = 0; i < typed.size(); i++) {
            if (Boolean.TRUE.equals(typed.get(i).writtenTo())) {
                if (chosen >= 0) {
                    throw Problem.INVALID_FIELDS.at(
                            "/phoneNumbers/%d/writtenTo".formatted(i), "repeated", "Messages go to one number");
                }
                chosen = i;
            }
        }
        boolean nothingSaid = typed.stream().allMatch(one -> one.writtenTo() == null);
        return chosen < 0 && nothingSaid && !typed.isEmpty() ? 0 : chosen;
    }

    private static @Nullable String email(@Nullable String typed, @Nullable Patient before) {
        if (typed == null) {
            return before == null ? null : before.email();
        }
        return typed.isEmpty() ? null : typed;
    }

    private static List<Identifier> identifiers(List<PatientRequest.Numbered> typed) {
        var read = new ArrayList<Identifier>();
        for (int i = 0; i < typed.size(); i++) {
            var one = typed.get(i);
            var pointer = "/identifiers/" + i;
            if (read.stream().anyMatch(other -> other.kind() == one.kind())) {
                throw Problem.INVALID_FIELDS.at(pointer + "/kind", "already-exists", "One identifier of each kind");
            }
            switch (Identifier.read(one.kind(), one.value())) {
                case Identifier identifier -> read.add(identifier);
                case IdentifierReading.Trouble trouble ->
                    throw Problem.INVALID_FIELDS.at(pointer + "/value", trouble.code(), trouble.detail());
            }
        }
        return read;
    }

    private static @Nullable String nameOrNull(@Nullable String name) {
        return name == null || name.isEmpty() ? null : name;
    }

    private @Nullable LocalDate birthDate(@Nullable LocalDate date, OrganizationProfile clinic) {
        if (date != null
                && (date.isAfter(LocalDate.now(clock.withZone(clinic.timeZone()))) || date.isBefore(EARLIEST_BIRTH))) {
            throw Problem.INVALID_FIELDS.at("/birthDate", "out-of-range", "Nobody can be born then");
        }
        return date;
    }

    private static String caller() {
        return Caller.current().subject();
    }
}
