package app.recado.patients;

import app.recado.kernel.ClinicPhones;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.OrganizationProfile;
import app.recado.kernel.OrganizationProfiles;
import app.recado.kernel.Problem;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.security.Caller;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Registers patients and corrects what is written about them. */
@Service
class PatientRegister {

    private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1880, 1, 1);

    private final PatientRepository patients;
    private final OrganizationProfiles organizations;
    private final ClinicPhones phones;
    private final JdbcClient jdbc;
    private final LiveHints hints;
    private final Clock clock;

    PatientRegister(
            PatientRepository patients,
            OrganizationProfiles organizations,
            ClinicPhones phones,
            JdbcClient jdbc,
            LiveHints hints,
            Clock clock) {
        this.patients = patients;
        this.organizations = organizations;
        this.phones = phones;
        this.jdbc = jdbc;
        this.hints = hints;
        this.clock = clock;
    }

    /**
     * Registers a patient. A number that opted out before stays opted out under its new name: the wish belongs to whoever
     * holds the phone.
     *
     * @throws app.recado.kernel.ProblemException {@code invalid-fields} for a phone number that cannot exist or a birth
     *     date in the future
     */
    @Transactional
    public PatientView register(PatientRequest request) {
        var clinic = organizations.current();
        if (request.messaging() != null) {
            throw Problem.INVALID_FIELDS.at(
                    "/messaging", "unknown-value", "Only an existing patient can opt out or in");
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
        if (request.messaging() == Messaging.OPTED_OUT) {
            patient.optOut(clock.instant(), caller());
        } else if (request.messaging() == Messaging.ALLOWED) {
            patient.optIn(clock.instant(), caller());
        }
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
                insert into patient_search (organization_id, patient_id, token)
                select :org, :id, unnest(string_to_array(:tokens, ' '))
                """)
                .param("org", CurrentOrganization.id())
                .param("id", stored.id())
                .param("tokens", String.join(" ", SearchTokens.of(stored, clinic.country())))
                .update();
        hints.changed(LiveHints.Kind.PATIENT, stored.id());
        return PatientView.of(stored, clinic);
    }

    private void honourEarlierOptOut(Patient patient) {
        var phone = patient.phone();
        if (phone == null) {
            return;
        }
        boolean optedOut = patients.findByPhoneOrderById(phone).stream()
                .anyMatch(other -> !other.id().equals(patient.id()) && other.messaging() == Messaging.OPTED_OUT);
        if (optedOut) {
            patient.optOut(clock.instant(), Patient.BY_PHONE);
        }
    }

    private Patient.Particulars particulars(PatientRequest request, String language, OrganizationProfile clinic) {
        return new Patient.Particulars(
                request.givenName().strip(),
                request.familyName().strip(),
                request.phone() == null ? null : phones.parse(request.phone(), "/phone"),
                birthDate(request.birthDate(), clinic),
                language,
                request.notes() == null || request.notes().isBlank()
                        ? null
                        : request.notes().strip());
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
