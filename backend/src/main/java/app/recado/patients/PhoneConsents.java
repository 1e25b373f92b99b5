package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.SqlTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What whoever holds a number said about being written to, and what a contact said whose number is not known. Kept whether
 * the number is a patient's or not, so that it holds for whoever is registered with it later; the database lets the
 * application add to it, never change it.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class PhoneConsents {

    /** What messages are for. */
    enum Purpose {
        /** About visits. */
        CARE,
        MARKETING;

        private String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final JdbcClient jdbc;
    private final Clock clock;

    PhoneConsents(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Who said it: a number in E.164, or a contact without one. Exactly one is set. */
    record Holder(@Nullable String phone, @Nullable UUID contactId) {

        static Holder phone(String e164) {
            return new Holder(e164, null);
        }

        static Holder contact(UUID id) {
            return new Holder(null, id);
        }

        private String column() {
            return phone == null ? "contact_id" : "phone";
        }

        private Object value() {
            return phone == null ? Objects.requireNonNull(contactId) : phone;
        }

        /** The number belongs to a person: never printed. */
        @Override
        public String toString() {
            return "Holder";
        }
    }

    /**
     * Who says so and what proves it.
     *
     * @param source {@code patient}, {@code provider} or {@code staff}
     * @param evidence the words of a message, or what staff saw; null when the provider said it
     * @param by the account of staff; null otherwise
     */
    record Origin(
            String source,
            @Nullable String evidence,
            @Nullable String by) {

        private static final int LONGEST = 500;

        static Origin patient() {
            return new Origin(Patient.BY_PATIENT, null, null);
        }

        /** In these words. */
        static Origin patient(String words) {
            return new Origin(
                    Patient.BY_PATIENT,
                    words.isBlank()
                            ? null
                            : words.substring(
                                    0,
                                    words.offsetByCodePoints(
                                            0, Math.min(words.codePointCount(0, words.length()), LONGEST))),
                    null);
        }

        static Origin provider() {
            return new Origin(Patient.BY_PROVIDER, null, null);
        }

        /** Words belong to a patient: never printed. */
        @Override
        public String toString() {
            return "Origin[source=" + source + "]";
        }
    }

    /** What was said. @param at when */
    record Stated(boolean allowed, Instant at) {}

    /**
     * Nobody else registers this number or records a wish of its holder until the transaction ends: otherwise a STOP and a
     * registration at the same time would not see each other.
     */
    public void hold(String phone) {
        hold(Holder.phone(phone));
    }

    /** The same. */
    public void hold(Holder holder) {
        holdAll(List.of(holder.value().toString()));
    }

    /** The same for several at once, in the order given: whoever holds several sorts them, so that no two wait for each other. */
    public void holdAll(List<String> holders) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(holder, 1)) from unnest(?) as holder")
                .param(holders.stream()
                        .map(holder -> CurrentOrganization.id() + " " + holder)
                        .toArray(String[]::new))
                .query((row, n) -> n)
                .list();
    }

    /** What was said last; empty when nothing ever was. */
    public Optional<Boolean> latest(String phone, Purpose purpose) {
        return latest(Holder.phone(phone), purpose);
    }

    /** The same. */
    public Optional<Boolean> latest(Holder holder, Purpose purpose) {
        return last(holder, purpose).map(Stated::allowed);
    }

    /** Of these numbers those of which the last that was said is yes. */
    public Set<String> allowed(Collection<String> phones, Purpose purpose) {
        return phones.isEmpty()
                ? Set.of()
                : Set.copyOf(jdbc.sql("""
                                select phone from (
                                    select distinct on (phone) phone, allowed from phone_consent
                                     where organization_id = ? and phone = any (?) and purpose = ?
                                     order by phone, said_at desc, id desc) as said where allowed
                                """)
                        .params(CurrentOrganization.id(), phones.toArray(String[]::new), purpose.wireName())
                        .query(String.class)
                        .list());
    }

    /** The same, with its time. */
    public Optional<Stated> last(Holder holder, Purpose purpose) {
        return jdbc.sql("""
                        select allowed, said_at from phone_consent
                         where organization_id = ? and %s = ? and purpose = ?
                         order by said_at desc, id desc limit 1
                        """.formatted(holder.column()))
                .params(CurrentOrganization.id(), holder.value(), purpose.wireName())
                .query((row, n) -> new Stated(row.getBoolean("allowed"), SqlTime.instant(row, "said_at")))
                .optional();
    }

    /**
     * Records a wish, unless the last one is the same.
     *
     * @param origin who says so and what proves it
     * @param at when it was said, whenever it arrives
     * @return false when something else was said later: then it changes nothing
     */
    public boolean record(String phone, Purpose purpose, boolean allowed, Origin origin, Instant at) {
        return record(Holder.phone(phone), purpose, allowed, origin, at);
    }

    /** The same. */
    public boolean record(Holder holder, Purpose purpose, boolean allowed, Origin origin, Instant at) {
        if (!latest(holder, purpose).equals(Optional.of(allowed))) {
            jdbc.sql("""
                            insert into phone_consent (organization_id, id, phone, contact_id, purpose, allowed, source,
                                                       evidence, recorded_by, said_at, recorded_at)
                            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                            """)
                    .param(CurrentOrganization.id())
                    .param(Ids.next())
                    .param(holder.phone())
                    .param(holder.contactId())
                    .param(purpose.wireName())
                    .param(allowed)
                    .param(origin.source())
                    .param(origin.evidence())
                    .param(origin.by())
                    .param(SqlTime.at(at))
                    .param(SqlTime.at(clock.instant()))
                    .update();
        }
        return latest(holder, purpose).equals(Optional.of(allowed));
    }
}
