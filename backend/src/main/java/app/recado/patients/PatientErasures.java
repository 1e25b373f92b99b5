package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.media.Media;
import app.recado.kernel.retention.RetentionHolds;
import app.recado.kernel.security.Caller;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes a person out of the clinic's records, in one transaction; never under a legal hold. What is planned for them is called
 * off, what they asked to be done is done with it. It cannot be undone.
 */
@Component
class PatientErasures {

    private static final String CARD = """
            update patient
               set given_name = '—', family_name = null, sort_name = '', phone = null, phone_extension = null,
                   phone_owner = null, phone_owner_name = null, other_phones = '[]', birth_date = null,
                   other_languages = '{}', notes = null, gender = null, email = null, identifiers = '{}', tags = '{}', custom_fields = '{}',
                   messaging = 'opted-out', opted_out_at = coalesce(opted_out_at, :now), opted_out_by = coalesce(opted_out_by, :by),
                   marketing = 'opted-out', marketing_changed_at = coalesce(marketing_changed_at, :now),
                   marketing_changed_by = coalesce(marketing_changed_by, :by),
                   restricted_at = null, restricted_by = null, restriction_reason = null,
                   archived_at = coalesce(archived_at, :now), archived_by = coalesce(archived_by, :by),
                   erased_at = :now, erased_by = :by, updated_at = :now, updated_by = :by, version = version + 1
             where organization_id = :org and id = any (:cards)
            """;

    private static final String OWN_PHONES = """
            select distinct p.phone from patient_number p
             where p.organization_id = :org and p.id = any (:cards)
               and not exists (select from patient_number o
                                where o.organization_id = :org and o.phone = p.phone and o.id <> all (:cards))
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final MergeRecords merges;
    private final PhoneConsents consents;
    private final RetentionHolds holds;
    private final Media media;
    private final LiveHints hints;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final List<PatientErasure> tables;

    PatientErasures(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            MergeRecords merges,
            PhoneConsents consents,
            RetentionHolds holds,
            Media media,
            LiveHints hints,
            ApplicationEventPublisher events,
            Clock clock,
            List<PatientErasure> tables) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.merges = merges;
        this.consents = consents;
        this.holds = holds;
        this.media = media;
        this.hints = hints;
        this.events = events;
        this.clock = clock;
        this.tables = tables.stream()
                .sorted(Comparator.comparing(PatientErasure::last).thenComparing(PatientErasure::table))
                .toList();
    }

    /**
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code patient-replaced}, {@code stale}, {@code legal-hold},
     *     {@code patient-not-erasable}
     */
    void erase(UUID id, ExpectedVersion expected) {
        var caller = Caller.current();
        var keys = Objects.requireNonNull(transaction.execute(status -> eraseRows(id, expected, caller)));
        // After the commit: bytes that a crash leaves behind are found as orphans.
        keys.forEach(media::delete);
    }

    private List<String> eraseRows(UUID id, ExpectedVersion expected, Caller caller) {
        var cards = merges.cards(id);
        // Phones before rows, as everybody who holds both.
        merges.phones(cards).forEach(consents::hold);
        var patient = merges.lock(cards).get(id);
        if (patient == null || isErased(id)) {
            throw Problem.NOT_FOUND.because("There is no such patient");
        }
        if (patient.replacedBy() != null) {
            throw merges.replaced(patient.replacedBy());
        }
        expected.mustBe(patient.version());
        if (!holds.mayDelete()) {
            throw Problem.LEGAL_HOLD.because(
                    "The clinic's records are held for a legal matter: nothing is erased until it ends");
        }
        events.publishEvent(new PatientErasing(List.copyOf(cards)));
        var about = new About(
                cards.toArray(UUID[]::new),
                jdbc.sql(OWN_PHONES)
                        .param("org", CurrentOrganization.id())
                        .param("cards", cards.toArray(UUID[]::new))
                        .query((row, n) -> row.getString("phone"))
                        .list()
                        .toArray(String[]::new),
                SqlTime.at(clock.instant()),
                caller);
        for (var table : tables) {
            if (table.obstacle() instanceof String obstacle
                    && about.bound(jdbc.sql(obstacle)).query(Boolean.class).single()) {
                throw Problem.PATIENT_NOT_ERASABLE.because(table.reason());
            }
        }
        var keys = new ArrayList<String>();
        for (var table : tables) {
            if (table.mediaKeys() instanceof String query) {
                keys.addAll(about.bound(jdbc.sql(query))
                        .query((row, n) -> row.getString(1))
                        .list());
            }
            table.statements()
                    .forEach(statement -> about.bound(jdbc.sql(statement)).update());
        }
        about.bound(jdbc.sql(CARD)).update();
        hints.changed(LiveHints.Kind.PATIENT, id);
        events.publishEvent(new PatientErased(id, caller.subject()));
        return keys;
    }

    private boolean isErased(UUID id) {
        return jdbc.sql("select erased_at is not null from patient where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), id)
                .query(Boolean.class)
                .single();
    }

    /** Of whom, when and by whom. */
    private record About(UUID[] cards, String[] phones, OffsetDateTime now, Caller by) {

        JdbcClient.StatementSpec bound(JdbcClient.StatementSpec statement) {
            return statement
                    .param("org", CurrentOrganization.id())
                    .param("cards", cards)
                    .param("phones", phones)
                    .param("now", now)
                    .param("by", by.subject())
                    .param("byName", Objects.requireNonNullElse(by.name(), by.subject()));
        }
    }
}
