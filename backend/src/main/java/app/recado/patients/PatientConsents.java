package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.security.Caller;
import app.recado.patients.PhoneConsents.Purpose;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What was said about being written to, of a patient's number, with what proves it. */
@Service
@Transactional
class PatientConsents {

    private final JdbcClient jdbc;
    private final PatientRepository patients;
    private final NumberHolders holders;
    private final PhoneConsents consents;
    private final LiveHints hints;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    PatientConsents(
            JdbcClient jdbc,
            PatientRepository patients,
            NumberHolders holders,
            PhoneConsents consents,
            LiveHints hints,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.patients = patients;
        this.holders = holders;
        this.consents = consents;
        this.hints = hints;
        this.events = events;
        this.clock = clock;
    }

    /** A wish as it was recorded. @param phone whose number's it is, E.164 */
    record Statement(
            UUID id,
            String phone,
            String purpose,
            String channel,
            boolean allowed,
            String source,
            @Nullable String evidence,
            Instant saidAt) {}

    /** Of the number that is written to now, or of all that the patient has now, the latest first.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public List<Statement> of(UUID patientId, boolean allNumbers) {
        var phones = existing(patientId).phones();
        var written = phones.writtenTo();
        var asked = allNumbers ? phones.numbers() : written == null ? List.<String>of() : List.of(written.e164());
        return jdbc.sql("""
                        select id, phone, purpose, channel, allowed, source, evidence, said_at from phone_consent
                         where organization_id = ? and phone = any (?) order by said_at desc, id desc limit 200
                        """)
                .param(CurrentOrganization.id())
                .param(asked.toArray(String[]::new))
                .query((row, n) -> new Statement(
                        row.getObject("id", UUID.class),
                        row.getString("phone"),
                        row.getString("purpose"),
                        row.getString("channel"),
                        row.getBoolean("allowed"),
                        row.getString("source"),
                        row.getString("evidence"),
                        SqlTime.instant(row, "said_at")))
                .list();
    }

    /** Staff write down what a patient told them about marketing, and what proves it.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}; {@code invalid-fields} without a phone */
    public List<Statement> marketing(UUID patientId, boolean allowed, String evidence) {
        var phone = existing(patientId).phone();
        if (phone == null) {
            throw Problem.INVALID_FIELDS.at("/allowed", "no-phone", "This patient has no phone number");
        }
        var now = clock.instant();
        var by = Caller.current().subject();
        consents.hold(phone);
        consents.record(
                phone, Purpose.MARKETING, allowed, new PhoneConsents.Origin("staff", evidence.strip(), by), now);
        var wish = allowed ? Messaging.ALLOWED : Messaging.OPTED_OUT;
        holders.answering(phone).stream()
                .filter(one -> one.wantsMarketing(wish, now, by))
                .forEach(one -> {
                    patients.saveAndFlush(one);
                    events.publishEvent(new PatientConsentChanged(one.id(), RegisteredPatients.MARKETING, allowed, by));
                });
        hints.changed(LiveHints.Kind.PATIENT, patientId);
        return of(patientId, false);
    }

    private Patient existing(UUID id) {
        return patients.findById(id)
                .filter(patient -> patient.replacedBy() == null)
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such patient"));
    }
}
