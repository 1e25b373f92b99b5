package app.recado.booking;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.KeyedHash;
import app.recado.kernel.Problem;
import app.recado.messaging.PatientMessages;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.PatientCompletion;
import app.recado.patients.PatientContacts;
import app.recado.scheduling.Coverages;
import app.recado.scheduling.Coverages.Coverage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Links by which patients complete their own card: made, sent and taken back by staff, opened and answered once by whoever
 * holds one. What is said there fills what is empty; what differs from what staff wrote waits until staff decide.
 */
@Service
class Preregistrations {

    static final Duration COUNTS = Duration.ofDays(7);
    private static final String PURPOSE = "preregistration-answer";

    /** Between an insurance and the number there, where what differs is kept. */
    private static final String SEPARATOR = "|";

    private final PreregistrationRows rows;
    private final PatientCompletion patients;
    private final PatientContacts contacts;
    private final Coverages coverages;
    private final PatientMessages messages;
    private final OrganizationProfiles organizations;
    private final BookingPages pages;
    private final BookingTokens tokens;
    private final BookingSettings settings;
    private final KeyedHash hashes;
    private final JsonMapper json;
    private final Clock clock;

    Preregistrations(
            PreregistrationRows rows,
            PatientCompletion patients,
            PatientContacts contacts,
            Coverages coverages,
            PatientMessages messages,
            OrganizationProfiles organizations,
            BookingPages pages,
            BookingTokens tokens,
            BookingSettings settings,
            KeyedHash hashes,
            JsonMapper json,
            Clock clock) {
        this.rows = rows;
        this.patients = patients;
        this.contacts = contacts;
        this.coverages = coverages;
        this.messages = messages;
        this.organizations = organizations;
        this.pages = pages;
        this.tokens = tokens;
        this.settings = settings;
        this.hashes = hashes;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Makes a link, which takes the place of one that still counts.
     *
     * @param send whether it is sent over WhatsApp at once
     * @throws app.recado.kernel.ProblemException {@code patient-unknown}; with {@code send} also {@code window-closed},
     *     {@code public-address-missing} and {@code invalid-fields} for somebody who cannot or must not be written to
     */
    @Transactional
    public Preregistration begin(UUID patient, boolean send, String by) {
        patients.card(patient);
        var one = rows.get(rows.replaceOpen(patient, until(), by));
        if (send) {
            send(one, by);
        }
        return rows.get(one.id());
    }

    /** Sends a link, once more or for the first time; from then on it counts anew.
     *
     * @throws app.recado.kernel.ProblemException as {@link #begin}, {@code not-found}, {@code preregistration-closed} */
    @Transactional
    public Preregistration sendAgain(UUID id, String by) {
        var one = rows.hold(id);
        mustBeUnused(one);
        send(one, by);
        return rows.get(id);
    }

    private void send(Preregistration one, String by) {
        if (settings.consoleUrl().isBlank()) {
            throw Problem.PUBLIC_ADDRESS_MISSING.because("Set RECADO_CONSOLE_URL");
        }
        var contact = contacts.find(one.patientId()).orElseThrow();
        messages.write(
                one.patientId(),
                PreregistrationText.of(
                        contact.language(),
                        contact.greetingName(),
                        organizations.current().name(),
                        link(one),
                        COUNTS.toDays()),
                by);
        rows.sent(one, until());
    }

    private Instant until() {
        return clock.instant().plus(COUNTS).truncatedTo(ChronoUnit.SECONDS);
    }

    private void mustBeUnused(Preregistration one) {
        if (one.completedAt() != null || one.revokedAt() != null) {
            throw Problem.PREREGISTRATION_CLOSED.because(Problem.PREREGISTRATION_CLOSED.title());
        }
    }

    /** Its address; the secret stands behind the number sign, where no server sees it. Needs an open transaction. */
    String link(Preregistration one) {
        return settings.consoleUrl().replaceFirst("/+$", "") + "/reservar/" + pages.alias() + "#p="
                + tokens.ofPreregistration(one.id());
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code preregistration-closed} */
    @Transactional
    public Preregistration revoke(UUID id, ExpectedVersion expected) {
        var one = rows.hold(id);
        expected.mustBe(one.version());
        mustBeUnused(one);
        rows.revoked(one);
        return rows.get(id);
    }

    /** Somebody opens the link; used or not, but not expired or taken back.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional
    public Preregistration open(UUID id) {
        var one = rows.get(id);
        mustCount(one);
        rows.opened(one);
        return one;
    }

    private void mustCount(Preregistration one) {
        var state = one.state(clock.instant());
        if (state == PreregistrationState.EXPIRED || state == PreregistrationState.REVOKED) {
            throw gone();
        }
    }

    private static RuntimeException gone() {
        return Problem.NOT_FOUND.because("This link counts no more");
    }

    /**
     * Takes what a patient says, once; the same said again changes nothing.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} for a link that counts no more; {@code invalid-fields}
     */
    @Transactional
    public Preregistration answer(UUID id, PreregistrationAnswer answer) {
        var one = rows.hold(id);
        mustCount(one);
        if (one.answerHash() != null) {
            if (hashes.fits(one.answerHash(), PURPOSE, id.toString(), answer.all())) {
                return one;
            }
            throw gone();
        }
        if (!answer.data()) {
            throw Problem.INVALID_FIELDS.at("/data", "required", "Without it the clinic must not keep anything");
        }
        var now = clock.instant();
        var outcome = patients.complete(one.patientId(), answer.said(), now);
        var differing = new LinkedHashMap<PreregistrationDetail, String>();
        outcome.differing().forEach((detail, said) -> differing.put(PreregistrationDetail.of(detail), said));
        cover(one.patientId(), answer, differing);
        rows.completed(
                one,
                hashes.of(PURPOSE, id.toString(), answer.all()),
                json.writeValueAsString(differing),
                outcome.identifierTaken(),
                json.writeValueAsString(consents(answer, now)));
        return rows.get(id);
    }

    private void cover(UUID patient, PreregistrationAnswer answer, Map<PreregistrationDetail, String> differing) {
        var insurance = answer.insuranceId();
        if (insurance == null) {
            return;
        }
        if (coverages.accepted().stream().noneMatch(one -> one.id().equals(insurance))) {
            throw Problem.INVALID_FIELDS.at("/insuranceId", "unknown-value", "Choose one of the clinic's insurances");
        }
        var written = coverages.of(patient);
        if (written.insuranceId() == null
                || written.insuranceId().equals(insurance) && written.memberNumber() == null) {
            coverages.write(patient, insurance, answer.number(), "patient");
        } else if (!written.insuranceId().equals(insurance)
                || answer.number() != null && !answer.number().equals(written.memberNumber())) {
            differing.put(
                    PreregistrationDetail.INSURANCE,
                    insurance + SEPARATOR + Objects.requireNonNullElse(answer.number(), ""));
        }
    }

    /** What somebody agreed to or not. @param text in the words that were shown */
    record Consent(ConsentPurpose purpose, boolean given, String text, Instant at) {}

    private List<Consent> consents(PreregistrationAnswer answer, Instant now) {
        var clinic = organizations.current().name();
        var given = Map.of(
                ConsentPurpose.DATA, answer.data(),
                ConsentPurpose.CARE, Boolean.TRUE.equals(answer.care()),
                ConsentPurpose.MARKETING, answer.marketing());
        return java.util.Arrays.stream(ConsentPurpose.values())
                .map(purpose -> new Consent(
                        purpose, Boolean.TRUE.equals(given.get(purpose)), purpose.text(answer.language(), clinic), now))
                .toList();
    }

    /**
     * Staff decide about what differs: some of it is taken over, all else is not.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code patient-unknown}, {@code
     *     identifier-taken}
     */
    @Transactional
    public Preregistration resolve(UUID id, ExpectedVersion expected, Set<PreregistrationDetail> accepted, String by) {
        var one = rows.hold(id);
        expected.mustBe(one.version());
        var differing = differing(one);
        patients.accept(
                one.patientId(),
                differing.entrySet().stream()
                        .filter(entry -> entry.getKey().ofCard().isPresent())
                        .collect(Collectors.toMap(
                                entry -> entry.getKey().ofCard().orElseThrow(), Map.Entry::getValue)),
                accepted.stream().flatMap(detail -> detail.ofCard().stream()).collect(Collectors.toSet()),
                by);
        if (accepted.contains(PreregistrationDetail.INSURANCE)
                && differing.get(PreregistrationDetail.INSURANCE) instanceof String said) {
            coverages.write(one.patientId(), insuranceOf(said), numberOf(said), by);
        }
        rows.resolved(one, by);
        return rows.get(id);
    }

    /** The insurance of what differs. */
    static UUID insuranceOf(String said) {
        return UUID.fromString(said.substring(0, said.indexOf(SEPARATOR)));
    }

    /** The member number of what differs; null when none was said. */
    static @Nullable String numberOf(String said) {
        var number = said.substring(said.indexOf(SEPARATOR) + 1);
        return number.isEmpty() ? null : number;
    }

    /** What of the patient's answer waits for staff, as it would be stored. */
    Map<PreregistrationDetail, String> differing(Preregistration one) {
        return json.readValue(one.differing(), new TypeReference<LinkedHashMap<PreregistrationDetail, String>>() {});
    }

    List<Consent> consents(Preregistration one) {
        return json.readValue(one.consents(), new TypeReference<List<Consent>>() {});
    }

    /** What a card still lacks. Needs an open transaction. */
    List<PreregistrationDetail> missing(PatientCompletion.Card card, Coverage coverage) {
        var missing = new ArrayList<PreregistrationDetail>();
        addIf(missing, card.familyName() == null, PreregistrationDetail.FAMILY_NAME);
        addIf(missing, card.birthDate() == null, PreregistrationDetail.BIRTH_DATE);
        addIf(missing, card.identifiers().isEmpty(), PreregistrationDetail.IDENTIFIER);
        addIf(missing, card.email() == null, PreregistrationDetail.EMAIL);
        addIf(missing, coverage.insuranceId() == null, PreregistrationDetail.INSURANCE);
        return missing;
    }

    private static void addIf(List<PreregistrationDetail> missing, boolean lacks, PreregistrationDetail detail) {
        if (lacks) {
            missing.add(detail);
        }
    }
}
