package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.security.Caller;
import app.recado.organizations.ClinicPhones;
import app.recado.organizations.OrganizationProfile;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.PhoneConsents.Purpose;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Registers patients and corrects what is written about them. */
@Service
class PatientRegister implements PatientNumbers {

    private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1880, 1, 1);

    private final PatientRepository patients;
    private final OrganizationProfiles organizations;
    private final ClinicPhones phones;
    private final PhoneConsents consents;
    private final JdbcClient jdbc;
    private final LiveHints hints;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    PatientRegister(
            PatientRepository patients,
            OrganizationProfiles organizations,
            ClinicPhones phones,
            PhoneConsents consents,
            JdbcClient jdbc,
            LiveHints hints,
            ApplicationEventPublisher events,
            Clock clock) {
        this.patients = patients;
        this.organizations = organizations;
        this.phones = phones;
        this.consents = consents;
        this.jdbc = jdbc;
        this.hints = hints;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Registers a patient. A number that opted out before stays opted out under its new name: the wish belongs to whoever
     * holds the phone.
     *
     * @throws app.recado.kernel.ProblemException {@code invalid-fields} without any name, for a phone number that cannot
     *     exist or a birth date in the future
     */
    @Transactional
    public PatientView register(PatientRequest request) {
        var clinic = organizations.current();
        if (request.messaging() != null || request.marketing() != null) {
            throw Problem.INVALID_FIELDS.at(
                    request.messaging() == null ? "/marketing" : "/messaging",
                    "unknown-value",
                    "Only an existing patient can opt out or in");
        }
        var language = Objects.requireNonNullElse(request.language(), clinic.locale());
        var patient = new Patient(particulars(request, language, clinic), clock.instant(), caller());
        honourEarlierOptOut(patient);
        return store(patient, clinic);
    }

    /** Replaces what is written about a patient.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code invalid-fields} */
    @Transactional
    public PatientView correct(UUID id, ExpectedVersion expected, PatientRequest request) {
        var clinic = organizations.current();
        var patient = existing(id);
        expected.mustBe(patient.version());
        var phoneBefore = patient.phone();
        var language = Objects.requireNonNullElse(request.language(), patient.language());
        patient.correct(particulars(request, language, clinic), clock.instant(), caller());
        changeConsent(patient, request);
        if (!Objects.equals(phoneBefore, patient.phone())) {
            honourEarlierOptOut(patient);
        }
        return store(patient, clinic);
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public PatientView get(UUID id) {
        return PatientView.of(existing(id), organizations.current());
    }

    @Override
    @Transactional
    public List<UUID> moved(String from, String to) {
        var clinic = organizations.current();
        return patients.findByPhoneOrderById(from).stream()
                .map(patient -> {
                    patient.reachedAt(to, clock.instant(), caller());
                    honourEarlierOptOut(patient);
                    store(patient, clinic);
                    events.publishEvent(new PatientPhoneChanged(patient.id(), caller()));
                    return patient.id();
                })
                .toList();
    }

    private Patient existing(UUID id) {
        return patients.findById(id).orElseThrow(() -> Problem.NOT_FOUND.because("There is no such patient"));
    }

    private PatientView store(Patient patient, OrganizationProfile clinic) {
        var stored = patients.saveAndFlush(patient);
        jdbc.sql("delete from patient_search where organization_id = :org and patient_id = :id")
                .param("org", CurrentOrganization.id())
                .param("id", stored.id())
                .update();
        jdbc.sql("""
                insert into patient_search (organization_id, patient_id, sort_name, token)
                select :org, :id, :name, unnest(string_to_array(:tokens, ' '))
                """)
                .param("org", CurrentOrganization.id())
                .param("id", stored.id())
                .param("name", stored.sortName())
                .param("tokens", String.join(" ", SearchTokens.of(stored.sortName(), stored.phone(), clinic.country())))
                .update();
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

    /** Of everybody reached at that number, and of whoever wrote from it before it was anybody's. */
    private void honourEarlierOptOut(Patient patient) {
        var phone = patient.phone();
        if (phone == null) {
            return;
        }
        consents.hold(phone);
        var others = patients.findByPhoneOrderById(phone).stream()
                .filter(other -> !other.id().equals(patient.id()))
                .toList();
        var now = clock.instant();
        if ((others.stream().anyMatch(other -> other.messaging() == Messaging.OPTED_OUT)
                        || consents.latest(phone, Purpose.CARE).equals(Optional.of(false)))
                && patient.optOut(now, Patient.BY_PHONE)) {
            tell(patient, RegisteredPatients.CARE, false, Patient.BY_PHONE);
        }
        if ((others.stream().anyMatch(other -> other.marketing() == Messaging.OPTED_OUT)
                        || consents.latest(phone, Purpose.MARKETING).equals(Optional.of(false)))
                && patient.wantsMarketing(Messaging.OPTED_OUT, now, Patient.BY_PHONE)) {
            tell(patient, RegisteredPatients.MARKETING, false, Patient.BY_PHONE);
        }
    }

    private void tell(Patient patient, String purpose, boolean allowed, String by) {
        events.publishEvent(new PatientConsentChanged(patient.id(), purpose, allowed, by));
    }

    private Patient.Particulars particulars(PatientRequest request, String language, OrganizationProfile clinic) {
        var given = nameOrNull(request.givenName());
        var family = nameOrNull(request.familyName());
        if (given == null && family == null) {
            throw Problem.INVALID_FIELDS.at("/givenName", "required", "A patient has a given or a family name");
        }
        return new Patient.Particulars(
                given,
                family,
                request.phone() == null ? null : phones.read(request.phone(), "/phone"),
                birthDate(request.birthDate(), clinic),
                language,
                request.notes() == null || request.notes().isBlank()
                        ? null
                        : request.notes().strip());
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
