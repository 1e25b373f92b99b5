package app.recado.booking;

import app.recado.kernel.KeyedHash;
import app.recado.kernel.Problem;
import app.recado.messaging.VerificationMessages;
import app.recado.organizations.ClinicPhones;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.PatientContact;
import app.recado.patients.PatientContacts;
import app.recado.patients.PatientIntake;
import app.recado.scheduling.Deposits;
import app.recado.scheduling.OnlineAppointments;
import app.recado.scheduling.SlotHolds;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * From a chosen time to a visit: hold it, prove the phone, book. Each step is one transaction of the current organization
 * and may be repeated: the same key begins one form, a second code within a minute is the first one, a form becomes one visit.
 */
@Service
class OnlineBookings {

    static final Duration HELD = Duration.ofMinutes(10);
    static final Duration CODE_VALID = Duration.ofMinutes(10);
    static final Duration AGAIN_AFTER = Duration.ofMinutes(1);
    static final int TRIES = 5;
    private static final int CODES = 5;
    private static final int CODE_BOUND = 1_000_000;
    private static final String PURPOSE = "booking-code";

    private final BookingPages pages;
    private final BookingForms forms;
    private final BookingLimits limits;
    private final OnlineAppointments appointments;
    private final SlotHolds holds;
    private final Deposits deposits;
    private final VerificationMessages codes;
    private final PatientIntake intake;
    private final PatientContacts contacts;
    private final ClinicPhones phones;
    private final OrganizationProfiles organizations;
    private final KeyedHash hashes;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    OnlineBookings(
            BookingPages pages,
            BookingForms forms,
            BookingLimits limits,
            OnlineAppointments appointments,
            SlotHolds holds,
            Deposits deposits,
            VerificationMessages codes,
            PatientIntake intake,
            PatientContacts contacts,
            ClinicPhones phones,
            OrganizationProfiles organizations,
            KeyedHash hashes,
            TransactionTemplate transaction,
            Clock clock) {
        this.pages = pages;
        this.forms = forms;
        this.limits = limits;
        this.appointments = appointments;
        this.holds = holds;
        this.deposits = deposits;
        this.codes = codes;
        this.intake = intake;
        this.contacts = contacts;
        this.phones = phones;
        this.organizations = organizations;
        this.hashes = hashes;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * A time somebody wants.
     *
     * @param practitionerId null for anybody
     */
    record Wanted(UUID serviceId, @Nullable UUID practitionerId, Instant start) {}

    /**
     * A code is on its way.
     *
     * @param phone E.164
     * @param againAt when another one may be asked for
     */
    record Sent(String phone, Instant codeExpiresAt, Instant againAt, Instant heldUntil) {

        /** The number belongs to a person: never printed. */
        @Override
        public String toString() {
            return "Sent";
        }
    }

    /** Who books, and the code they were sent. */
    record Confirmation(
            String code,
            String givenName,
            @Nullable String familyName,
            @Nullable String note) {

        /** Belongs to a person: never printed. */
        @Override
        public String toString() {
            return "Confirmation";
        }
    }

    /**
     * Begins a form by holding its time.
     *
     * @param key one per intention; a repetition answers the form it began
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code slot-taken}, {@code too-many-requests}, {@code
     *     healthcare-service-unknown}, {@code practitioner-unknown}
     */
    @Transactional
    public BookingForm begin(String key, Wanted wanted) {
        var page = pages.open();
        var begun = forms.begunWith(key);
        if (begun.isPresent()) {
            return begun.get();
        }
        check(page, wanted);
        limits.holdsAtOnce(holds.live());
        return forms.insert(
                key,
                wanted.serviceId(),
                holds.place(wanted.serviceId(), wanted.practitionerId(), wanted.start(), HELD));
    }

    /**
     * The form is for another time; what was proven stays so.
     *
     * @throws app.recado.kernel.ProblemException as {@link #begin}
     */
    @Transactional
    public BookingForm change(UUID formId, Wanted wanted) {
        var page = pages.open();
        check(page, wanted);
        var form = forms.hold(formId);
        if (form.appointmentId() != null) {
            throw Problem.APPOINTMENT_NOT_IN_THAT_STATE.because("This form became a visit already");
        }
        boolean same = form.serviceId().equals(wanted.serviceId())
                && form.start().equals(wanted.start())
                && (wanted.practitionerId() == null || wanted.practitionerId().equals(form.practitionerId()));
        if (same && holds.extend(form.hold(), clock.instant())) {
            return form;
        }
        holds.release(form.hold());
        return forms.keep(
                formId,
                wanted.serviceId(),
                holds.place(wanted.serviceId(), wanted.practitionerId(), wanted.start(), HELD));
    }

    /** Gives the time back; a form that became a visit stays one. */
    @Transactional
    public void leave(UUID formId) {
        var form = forms.hold(formId);
        if (form.appointmentId() == null) {
            holds.release(form.hold());
        }
    }

    /** @throws app.recado.kernel.ProblemException {@code healthcare-service-unknown}, {@code slot-taken} */
    private void check(BookingPage page, Wanted wanted) {
        if (!page.serviceIds().contains(wanted.serviceId())) {
            throw Problem.HEALTHCARE_SERVICE_UNKNOWN.at(
                    "/healthcareServiceId", "unknown-value", "Choose one of the services offered here");
        }
        requireOffered(page, wanted.start());
    }

    /** @throws app.recado.kernel.ProblemException {@code slot-taken} for a time too soon or too far ahead */
    void requireOffered(BookingPage page, Instant start) {
        if (!page.offers(start, clock.instant(), organizations.current().timeZone())) {
            throw Problem.SLOT_TAKEN.because("This time is not offered any more");
        }
    }

    /**
     * Sends a code to the phone that is to be proven, and keeps the time for as long as it is valid.
     *
     * @param typed as people type it in the clinic's country
     * @param language es, en or pt-BR
     * @throws app.recado.kernel.ProblemException {@code invalid-fields}, {@code line-down}, {@code slot-taken} when the hold
     *     expired and somebody else was faster, {@code too-many-requests}
     */
    @Transactional
    public Sent sendCode(UUID formId, String typed, String language) {
        pages.open();
        var phone = phones.read(typed, "/phone").e164();
        var form = forms.hold(formId);
        if (form.appointmentId() != null) {
            throw Problem.APPOINTMENT_NOT_IN_THAT_STATE.because("This form became a visit already");
        }
        var now = clock.instant();
        if (phone.equals(form.phone())
                && form.codeSentAt() instanceof Instant sent
                && form.codeExpiresAt() instanceof Instant expires
                && now.isBefore(sent.plus(AGAIN_AFTER))) {
            return new Sent(phone, expires, sent.plus(AGAIN_AFTER), form.expiresAt());
        }
        if (!codes.possible()) {
            throw Problem.LINE_DOWN.because("Codes cannot leave now");
        }
        if (form.codes() >= CODES) {
            throw limits.tooMany("booking-form", CODES, HELD, HELD.toSeconds());
        }
        limits.codeTo(phone);
        var until = now.plus(HELD).truncatedTo(ChronoUnit.SECONDS);
        if (!holds.extend(form.hold(), until)) {
            holds.release(form.hold());
            forms.keep(
                    formId, form.serviceId(), holds.place(form.serviceId(), form.practitionerId(), form.start(), HELD));
        }
        var code = "%06d".formatted(random.nextInt(CODE_BOUND));
        var expires = now.plus(CODE_VALID).truncatedTo(ChronoUnit.SECONDS);
        codes.send(phone, CodeText.of(language, code, organizations.current().name(), CODE_VALID.toMinutes()), expires);
        forms.codeSent(formId, phone, language, hashes.of(PURPOSE, formId.toString(), code), expires, until);
        return new Sent(phone, expires, now.plus(AGAIN_AFTER).truncatedTo(ChronoUnit.SECONDS), until);
    }

    /** What a confirmation came to. */
    private sealed interface Outcome {
        record Booked(UUID visit) implements Outcome {}

        record Refused(String code, String detail) implements Outcome {}
    }

    /**
     * Books the visit of a form. A wrong code is counted, whatever else becomes of the request.
     *
     * @return the visit's id
     * @throws app.recado.kernel.ProblemException {@code invalid-fields} at {@code /code} ({@code wrong-code}, {@code
     *     code-expired}, {@code no-tries-left}), {@code slot-taken} when the hold expired and somebody else was faster,
     *     {@code too-many-requests}
     */
    UUID confirm(UUID formId, Confirmation said) {
        var outcome = Objects.requireNonNull(transaction.execute(status -> confirmed(formId, said)));
        return switch (outcome) {
            case Outcome.Booked booked -> booked.visit();
            case Outcome.Refused refused -> throw Problem.INVALID_FIELDS.at("/code", refused.code(), refused.detail());
        };
    }

    private Outcome confirmed(UUID formId, Confirmation said) {
        var form = forms.hold(formId);
        if (form.codeHash() == null || form.phone() == null || form.codeExpiresAt() == null) {
            return new Outcome.Refused("required", "Ask for a code first");
        }
        boolean fits = hashes.fits(form.codeHash(), PURPOSE, formId.toString(), said.code());
        if (form.appointmentId() != null && fits) {
            return new Outcome.Booked(form.appointmentId());
        }
        if (form.tries() >= TRIES) {
            return new Outcome.Refused("no-tries-left", "Ask for another code");
        }
        if (!clock.instant().isBefore(form.codeExpiresAt())) {
            return new Outcome.Refused("code-expired", "Ask for another code");
        }
        if (!fits) {
            forms.wrongCode(formId);
            int left = TRIES - form.tries() - 1;
            return left == 0
                    ? new Outcome.Refused("no-tries-left", "Ask for another code")
                    : new Outcome.Refused("wrong-code", "%d tries are left".formatted(left));
        }
        var visit = book(form, form.phone(), said);
        forms.became(formId, visit);
        return new Outcome.Booked(visit);
    }

    private UUID book(BookingForm form, String phone, Confirmation said) {
        var page = pages.open();
        var patient = intake.findOrRegister(new PatientIntake.Newcomer(
                said.givenName(),
                said.familyName(),
                phone,
                Objects.requireNonNullElse(
                        form.language(), organizations.current().locale())));
        limits.visitsAhead(appointments.ahead(Stream.concat(
                        Stream.of(patient), contacts.byPhone(phone).stream().map(PatientContact::id))
                .distinct()
                .toList()));
        var visit = appointments.book(new OnlineAppointments.Request(
                patient,
                form.serviceId(),
                form.practitionerId(),
                form.start(),
                form.hold(),
                page.byHand(),
                said.note()));
        askForDeposit(page.deposit(), visit, form.start());
        return visit;
    }

    /** It is due before the visit begins, whatever the clinic's term is. */
    private void askForDeposit(@Nullable DepositRule rule, UUID visit, Instant start) {
        if (rule == null) {
            return;
        }
        var due = clock.instant().plus(Duration.ofHours(rule.hours())).truncatedTo(ChronoUnit.SECONDS);
        deposits.ask(
                visit,
                new Deposits.Terms(
                        rule.minor(),
                        rule.currency(),
                        rule.linkFor(visit.toString()),
                        due.isBefore(start) ? due : start));
    }
}
