package app.recado.patients;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.kernel.Versioned;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.security.Caller;
import app.recado.organizations.OrganizationProfile;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.identifiers.Identifier;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes one patient of two cards of the same person, and two again. The survivor keeps what is written about them, completed
 * by what only the other card says; visits, messages and answers follow; of two wishes about messages the stricter counts.
 */
@Service
class PatientMerges {

    /** How long a merge can be undone. */
    static final Duration UNDOABLE = Duration.ofDays(30);

    private static final int LISTED = 20;

    private final PatientRepository patients;
    private final MergeRecords records;
    private final PatientIndex index;
    private final PatientRegister register;
    private final HouseholdContacts households;
    private final PhoneConsents consents;
    private final OrganizationProfiles organizations;
    private final LiveHints hints;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    PatientMerges(
            PatientRepository patients,
            MergeRecords records,
            PatientIndex index,
            PatientRegister register,
            HouseholdContacts households,
            PhoneConsents consents,
            OrganizationProfiles organizations,
            LiveHints hints,
            ApplicationEventPublisher events,
            Clock clock) {
        this.patients = patients;
        this.records = records;
        this.index = index;
        this.register = register;
        this.households = households;
        this.consents = consents;
        this.organizations = organizations;
        this.hints = hints;
        this.events = events;
        this.clock = clock;
    }

    /**
     * What a merge would do.
     *
     * @param survivor who goes on
     * @param replaced whose card goes
     * @param differing what both say differently: somebody chooses, or the survivor's stays
     * @param differingCustomFields keys of fields of the clinic's own in which both say something different; likewise
     * @param messaging what holds afterwards: the stricter of the two
     * @param marketing likewise
     * @param following records of the replaced patient that become the survivor's
     */
    @Schema(name = "PatientMergePreview")
    record Preview(
            PatientView survivor,
            PatientView replaced,
            List<MergeField> differing,
            @Schema(example = "[\"grupo-sanguineo\"]") List<String> differingCustomFields,
            Messaging messaging,
            Messaging marketing,
            List<Following> following) {}

    /**
     * Records that follow.
     *
     * @param kind such as {@code appointment}, {@code message} or {@code inbound-message}
     */
    @Schema(name = "PatientMergeFollowing")
    record Following(@Schema(example = "appointment") String kind, long count) {}

    /**
     * A merge that can be undone.
     *
     * @param replacedId who is no patient of their own any more
     * @param replacedName how they were called
     * @param mergedAt when the two cards became one
     * @param undoableUntil after which it stays
     */
    @Schema(name = "PatientMerge")
    record Merge(
            UUID id,
            UUID replacedId,
            @Schema(example = "Ana Núñez") String replacedName,
            Instant mergedAt,
            Instant undoableUntil) {}

    /**
     * What a merge did.
     *
     * @param patient the survivor as they are now
     * @param merge what can be undone
     */
    @Schema(name = "MergedPatient")
    record Merged(PatientView patient, Merge merge) implements Versioned {
        @Override
        public long version() {
            return patient.version();
        }
    }

    /**
     * What undoing a merge did.
     *
     * @param patient the survivor as they are now
     * @param restored who is a patient of their own again
     * @param returned how many visits, messages and answers went back
     */
    @Schema(name = "UnmergedPatients")
    record Unmerged(PatientView patient, PatientView restored, int returned) implements Versioned {
        @Override
        public long version() {
            return patient.version();
        }
    }

    /** @throws ProblemException {@code not-found}, {@code patient-replaced}, {@code invalid-fields} for one patient twice */
    @Transactional(readOnly = true)
    public Preview preview(UUID survivorId, UUID replacedId) {
        var survivor = current(survivorId);
        var replaced = current(replacedId);
        mustBeTwo(survivorId, replacedId);
        var clinic = organizations.current();
        return new Preview(
                PatientView.of(survivor, clinic),
                PatientView.of(replaced, clinic),
                Arrays.stream(MergeField.values())
                        .filter(field -> field.differs(survivor, replaced))
                        .toList(),
                survivor.customFields().differing(replaced.customFields()),
                stricter(survivor.messaging(), replaced.messaging()),
                stricter(survivor.marketing(), replaced.marketing()),
                records.counts(replacedId).stream()
                        .map(one -> new Following(one.place(), one.count()))
                        .toList());
    }

    private Patient current(UUID id) {
        var patient = patients.findById(id)
                .filter(one -> !one.isErased())
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such patient"));
        if (patient.replacedBy() != null) {
            throw records.replaced(patient.replacedBy());
        }
        return patient;
    }

    private static Messaging stricter(Messaging one, Messaging other) {
        return one == Messaging.OPTED_OUT ? one : other;
    }

    private static void mustBeTwo(UUID one, UUID other) {
        if (one.equals(other)) {
            throw Problem.INVALID_FIELDS.at("/patientId", "repeated", "A merge is of two patients");
        }
    }

    /**
     * Merges.
     *
     * @param expected the survivor's version
     * @param replacedVersion the other one's
     * @param take what of the other card wins where both say something
     * @param takeFields keys of fields of the clinic's own, likewise
     * @throws ProblemException {@code not-found}, {@code patient-unknown}, {@code patient-replaced}, {@code stale} when
     *     somebody changed either of them, {@code invalid-fields} for one patient twice
     */
    @Transactional
    public Merged merge(
            UUID survivorId,
            ExpectedVersion expected,
            UUID replacedId,
            long replacedVersion,
            Set<MergeField> take,
            Collection<String> takeFields) {
        // Phones before rows, as everybody who holds both.
        records.phones(List.of(survivorId, replacedId)).forEach(consents::hold);
        var reached = records.reachedAt(List.of(survivorId, replacedId));
        var through = households.reachedThrough(List.of(survivorId, replacedId));
        var locked = records.lock(Stream.concat(Stream.of(survivorId, replacedId), through.stream())
                .toList());
        if (!(locked.get(survivorId) instanceof MergeRecords.Locked seen)) {
            throw Problem.NOT_FOUND.because("There is no such patient");
        }
        if (!(locked.get(replacedId) instanceof MergeRecords.Locked other)) {
            throw Problem.PATIENT_UNKNOWN.at("/patientId", "unknown-value", "There is no such patient");
        }
        mustBeTwo(survivorId, replacedId);
        for (var one : List.of(seen, other)) {
            if (one.replacedBy() != null) {
                throw records.replaced(one.replacedBy());
            }
        }
        expected.mustBe(seen.version());
        new ExpectedVersion(replacedVersion).mustBe(other.version());

        var survivorBefore = records.snapshot(survivorId);
        var replacedBefore = records.snapshot(replacedId);
        var survivor = current(survivorId);
        var replaced = current(replacedId);
        var now = clock.instant();
        var by = Caller.current().subject();
        var before = survivor.messaging();
        var marketingBefore = survivor.marketing();
        var united = united(survivor, replaced, take, takeFields);
        replaced.becomeReplaced(survivorId, now, by);
        index.remove(replacedId);
        patients.saveAndFlush(replaced);
        survivor.correct(united, now, by);
        survivor.takeStricterWishesOf(replaced);
        var clinic = organizations.current();
        var stored = store(survivor, clinic);
        var id = records.store(survivorId, replacedId, survivorBefore, replacedBefore, now, by);
        // Households of either card have the one number of this person now.
        reached.forEach(phone -> register.follow(survivorId, phone, stored.phone(), through, by));
        if (before != stored.messaging()) {
            events.publishEvent(new PatientConsentChanged(survivorId, RegisteredPatients.CARE, false, by));
        }
        if (marketingBefore != stored.marketing()) {
            events.publishEvent(new PatientConsentChanged(survivorId, RegisteredPatients.MARKETING, false, by));
        }
        hints.changed(LiveHints.Kind.PATIENT, replacedId);
        events.publishEvent(new PatientsMerged(survivorId, replacedId, by));
        return new Merged(
                stored,
                new Merge(
                        id,
                        replacedId,
                        PatientView.displayName(replaced.givenName(), replaced.familyName()),
                        now,
                        now.plus(UNDOABLE)));
    }

    /** What only one of them says, and of what both say the survivor's, or what was chosen. */
    private static Patient.Particulars united(
            Patient one, Patient other, Set<MergeField> take, Collection<String> takeFields) {
        boolean othersPhone = takes(MergeField.PHONE, one, other, take);
        var phones =
                othersPhone ? other.phones().with(one.phones()) : one.phones().with(other.phones());
        return new Patient.Particulars(
                pick(MergeField.GIVEN_NAME, one, other, take, Patient::givenName),
                pick(MergeField.FAMILY_NAME, one, other, take, Patient::familyName),
                phones,
                pick(MergeField.BIRTH_DATE, one, other, take, Patient::birthDate),
                takes(MergeField.LANGUAGE, one, other, take) ? other.languages() : one.languages(),
                pick(MergeField.NOTES, one, other, take, Patient::notes),
                pick(MergeField.GENDER, one, other, take, Patient::gender),
                pick(MergeField.EMAIL, one, other, take, Patient::email),
                identifiers(one, other, take.contains(MergeField.IDENTIFIERS)),
                Stream.concat(one.tags().stream(), other.tags().stream())
                        .distinct()
                        .limit(Tags.MOST)
                        .toList(),
                one.customFields().completedBy(other.customFields(), takeFields));
    }

    private static boolean takes(MergeField field, Patient one, Patient other, Set<MergeField> take) {
        return field.of(one) == null || take.contains(field) && field.of(other) != null;
    }

    private static <T> @Nullable T pick(
            MergeField field, Patient one, Patient other, Set<MergeField> take, Function<Patient, @Nullable T> value) {
        return value.apply(takes(field, one, other, take) ? other : one);
    }

    private static List<Identifier> identifiers(Patient one, Patient other, boolean othersWin) {
        var all = new ArrayList<>((othersWin ? other : one).identifiers());
        for (var more : (othersWin ? one : other).identifiers()) {
            if (all.stream().noneMatch(there -> there.kind() == more.kind())) {
                all.add(more);
            }
        }
        return all;
    }

    /** The merges into a patient that can still be undone, the latest first.
     *
     * @throws ProblemException {@code not-found}, {@code patient-replaced} */
    @Transactional(readOnly = true)
    public List<Merge> into(UUID survivor) {
        current(survivor);
        return records.into(survivor, clock.instant().minus(UNDOABLE), LISTED).stream()
                .map(one -> new Merge(
                        one.id(),
                        one.replacedId(),
                        one.replacedName(),
                        one.mergedAt(),
                        one.mergedAt().plus(UNDOABLE)))
                .toList();
    }

    /**
     * Makes two patients again of those who were merged. Exactly the records that the merge moved go back; what came since,
     * and what was written about the survivor since, stays with the survivor. Who asked for no more messages since has said
     * so for both.
     *
     * @throws ProblemException {@code not-found}, {@code patient-replaced}, {@code stale}, {@code merge-not-undoable} when it
     *     is too old, was undone, or an identifier belongs to somebody else by now
     */
    @Transactional
    public Unmerged undo(UUID survivorId, UUID mergeId, ExpectedVersion expected) {
        var merge = records.find(survivorId, mergeId)
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such merge"));
        records.phones(List.of(survivorId)).forEach(consents::hold);
        var reached = records.reachedAt(List.of(survivorId));
        var through = households.reachedThrough(List.of(survivorId));
        var seen = records.lock(Stream.concat(Stream.of(survivorId, merge.replacedId()), through.stream())
                        .toList())
                .get(survivorId);
        if (seen == null) {
            throw Problem.NOT_FOUND.because("There is no such patient");
        }
        if (seen.replacedBy() != null) {
            throw records.replaced(seen.replacedBy());
        }
        expected.mustBe(seen.version());
        var now = clock.instant();
        if (merge.undone() || merge.mergedAt().plus(UNDOABLE).isBefore(now)) {
            throw Problem.MERGE_NOT_UNDOABLE.because(
                    merge.undone() ? "It was undone already" : "It is older than 30 days");
        }
        var by = Caller.current().subject();
        boolean saidSince = records.wishesChangedSince(mergeId);
        int returned = records.undo(merge, now, by);
        var survivor = current(survivorId);
        var restored = current(merge.replacedId());
        survivor.sortAnew();
        if (saidSince) {
            restored.takeStricterWishesOf(survivor);
        }
        register.honourEarlierOptOut(restored);
        register.honourEarlierOptOut(survivor);
        var clinic = organizations.current();
        events.publishEvent(new PatientMergeUndone(survivorId, merge.replacedId(), by));
        try {
            var stored = new Unmerged(store(survivor, clinic), store(restored, clinic), returned);
            for (var phone : reached) {
                for (var one : List.of(stored.patient(), stored.restored())) {
                    register.follow(one.id(), phone, one.phone(), households.reachedThrough(one.id(), phone), by);
                }
            }
            return stored;
        } catch (ProblemException refused) {
            throw refused.problem() == Problem.IDENTIFIER_TAKEN
                    ? Problem.MERGE_NOT_UNDOABLE.because("Somebody else has an identifier of the merged patient by now")
                    : refused;
        }
    }

    private PatientView store(Patient patient, OrganizationProfile clinic) {
        var stored = patients.saveAndFlush(patient);
        index.renew(stored, clinic.country());
        hints.changed(LiveHints.Kind.PATIENT, stored.id());
        return PatientView.of(stored, clinic);
    }
}
