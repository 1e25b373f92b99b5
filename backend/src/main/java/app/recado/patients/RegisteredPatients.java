package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.live.LiveHints;
import app.recado.patients.PhoneConsents.Origin;
import app.recado.patients.PhoneConsents.Purpose;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Answers the neighbours' questions about patients. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class RegisteredPatients implements Patients, PatientContacts {

    static final String CARE = "care";
    static final String MARKETING = "marketing";

    private final JdbcClient jdbc;
    private final PatientRepository patients;
    private final NumberHolders holders;
    private final HouseholdContacts households;
    private final PhoneConsents consents;
    private final LiveHints hints;
    private final ApplicationEventPublisher events;
    private final Counter optOuts;

    RegisteredPatients(
            JdbcClient jdbc,
            PatientRepository patients,
            NumberHolders holders,
            HouseholdContacts households,
            PhoneConsents consents,
            LiveHints hints,
            ApplicationEventPublisher events,
            MeterRegistry metrics) {
        this.jdbc = jdbc;
        this.patients = patients;
        this.holders = holders;
        this.households = households;
        this.consents = consents;
        this.hints = hints;
        this.events = events;
        this.optOuts = Counter.builder("recado.patients.opt_outs")
                .description("Patients who asked for no more messages by answering one")
                .register(metrics);
    }

    @Override
    public boolean exists(UUID id) {
        return patients.existsByIdAndReplacedByIsNullAndErasedAtIsNull(id);
    }

    @Override
    public boolean hold(UUID id) {
        // The weakest lock, which changes of the card do not wait for: only a merge does.
        return jdbc.sql(
                        "select replaced_by is null and erased_at is null from patient where organization_id = ? and id = ? for key share")
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> row.getBoolean(1))
                .optional()
                .orElse(false);
    }

    @Override
    public Optional<PatientContact> find(UUID patientId) {
        return patients.findById(patientId)
                .filter(patient -> patient.replacedBy() == null && !patient.isErased())
                .map(patient -> contacts(List.of(patient)).getFirst());
    }

    @Override
    public Map<UUID, PatientContact> findAll(Collection<UUID> patientIds) {
        return contacts(patients.findAllById(patientIds)).stream()
                .collect(Collectors.toMap(PatientContact::id, Function.identity()));
    }

    @Override
    public boolean hasTag(UUID patientId, String tag) {
        return patients.findById(patientId)
                .filter(patient -> patient.tags().contains(Tags.normal(tag)))
                .isPresent();
    }

    @Override
    public List<PatientContact> byPhone(String e164) {
        return contacts(patients.findByPhoneOrderById(e164));
    }

    @Override
    public List<PatientContact> writingFrom(String e164) {
        return contacts(holders.writingFrom(e164));
    }

    @Override
    public List<PatientContact> answering(String e164) {
        return contacts(holders.answering(e164));
    }

    @Override
    public List<String> numbers(UUID patientId) {
        return patients.findById(patientId)
                .filter(patient -> patient.replacedBy() == null && !patient.isErased())
                .map(patient -> patient.phones().numbers())
                .orElse(List.of());
    }

    @Override
    public Map<UUID, UUID> households(Collection<UUID> patientIds) {
        return households.together(patientIds);
    }

    @Override
    public boolean optOut(String e164, Instant at) {
        consents.hold(e164);
        boolean known = consents.latest(e164, Purpose.CARE).equals(Optional.of(false));
        if (!consents.record(e164, Purpose.CARE, false, Origin.patient(), at)) {
            return false;
        }
        var people = holders.answering(e164);
        var changed = people.stream()
                .filter(patient -> patient.optOut(at, Patient.BY_PATIENT))
                .toList();
        changed.forEach(patient -> {
            store(patient, new PatientConsentChanged(patient.id(), CARE, false, Patient.BY_PATIENT));
            optOuts.increment();
        });
        return people.isEmpty() ? !known : !changed.isEmpty();
    }

    @Override
    public boolean optIn(String e164, Instant at) {
        consents.hold(e164);
        var people = holders.answering(e164);
        boolean stopped = consents.latest(e164, Purpose.CARE).equals(Optional.of(false))
                || people.stream().anyMatch(patient -> patient.messaging() == Messaging.OPTED_OUT);
        if (!stopped || !consents.record(e164, Purpose.CARE, true, Origin.patient(), at)) {
            return false;
        }
        people.stream()
                .filter(patient -> patient.optIn(at, Patient.BY_PATIENT))
                .forEach(patient ->
                        store(patient, new PatientConsentChanged(patient.id(), CARE, true, Patient.BY_PATIENT)));
        return true;
    }

    @Override
    public void marketing(String e164, boolean allowed, Instant at) {
        marketing(e164, allowed, Origin.provider(), at);
    }

    @Override
    public Set<String> wantMarketing(Collection<String> phones) {
        return consents.allowed(phones, Purpose.MARKETING);
    }

    @Override
    public boolean stopMarketing(String e164, String words, Instant at) {
        consents.hold(e164);
        boolean known = consents.latest(e164, Purpose.MARKETING).equals(Optional.of(false));
        return marketing(e164, false, Origin.patient(words), at) && !known;
    }

    @Override
    public boolean agreeToMarketing(String e164, String words, Instant at) {
        return marketing(e164, true, Origin.patient(words), at);
    }

    /** @return false when something else was said later */
    private boolean marketing(String e164, boolean allowed, Origin origin, Instant at) {
        consents.hold(e164);
        if (!consents.record(e164, Purpose.MARKETING, allowed, origin, at)) {
            return false;
        }
        var wish = allowed ? Messaging.ALLOWED : Messaging.OPTED_OUT;
        holders.answering(e164).stream()
                .filter(patient -> patient.wantsMarketing(wish, at, origin.source()))
                .forEach(patient ->
                        store(patient, new PatientConsentChanged(patient.id(), MARKETING, allowed, origin.source())));
        return true;
    }

    private void store(Patient patient, PatientConsentChanged change) {
        patients.saveAndFlush(patient);
        hints.changed(LiveHints.Kind.PATIENT, patient.id());
        events.publishEvent(change);
    }

    private List<PatientContact> contacts(Collection<Patient> known) {
        var through = households.names(known);
        return known.stream()
                .map(patient -> contact(patient, through.get(patient.id())))
                .toList();
    }

    /** @param through who answers the phone for them; null when they do themselves */
    private static PatientContact contact(Patient patient, @Nullable String through) {
        var name = patient.givenName() instanceof String given
                ? given
                : Objects.requireNonNull(patient.familyName(), "a patient has a name");
        return new PatientContact(
                patient.id(),
                through == null
                        ? name
                        : "%s (%s %s)".formatted(through, patient.language().equals("en") ? "for" : "por", name),
                PatientView.displayName(patient.givenName(), patient.familyName()),
                patient.phone(),
                patient.language(),
                patient.messaging() == Messaging.OPTED_OUT,
                patient.marketing() == Messaging.OPTED_OUT || patient.restrictedAt() != null,
                patient.restrictedAt() != null);
    }
}
