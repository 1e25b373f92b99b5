package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.SqlTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What whoever holds a number said about being written to. Kept whether the number is a patient's or not, so that it
 * holds for whoever is registered with it later; the database lets the application add to it, never change it.
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

    /**
     * Nobody else registers this number or records a wish of its holder until the transaction ends: otherwise a STOP and a
     * registration at the same time would not see each other.
     */
    public void hold(String phone) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 1))")
                .param(CurrentOrganization.id() + " " + phone)
                .query((row, n) -> n)
                .list();
    }

    /** What was said last; empty when nothing ever was. */
    public Optional<Boolean> latest(String phone, Purpose purpose) {
        return jdbc.sql("""
                        select allowed from phone_consent
                         where organization_id = ? and phone = ? and purpose = ?
                         order by said_at desc, id desc limit 1
                        """)
                .params(CurrentOrganization.id(), phone, purpose.wireName())
                .query(Boolean.class)
                .optional();
    }

    /**
     * Records a wish, unless the last one is the same.
     *
     * @param source {@code patient} or {@code provider}
     * @param at when it was said, whenever it arrives
     * @return false when something else was said later: then it changes nothing
     */
    public boolean record(String phone, Purpose purpose, boolean allowed, String source, Instant at) {
        if (!latest(phone, purpose).equals(Optional.of(allowed))) {
            jdbc.sql("""
                            insert into phone_consent (organization_id, id, phone, purpose, allowed, source, said_at, recorded_at)
                            values (?, ?, ?, ?, ?, ?, ?, ?)
                            """)
                    .params(
                            CurrentOrganization.id(),
                            Ids.next(),
                            phone,
                            purpose.wireName(),
                            allowed,
                            source,
                            SqlTime.at(at),
                            SqlTime.at(clock.instant()))
                    .update();
        }
        return latest(phone, purpose).equals(Optional.of(allowed));
    }
}
