package app.recado.booking;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.security.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The booking pages: whose an address is, and how each clinic has set up its own. */
@Component
class BookingPages {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final LiveHints hints;
    private final Clock clock;

    BookingPages(JdbcClient jdbc, TransactionTemplate transaction, LiveHints hints, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.hints = hints;
        this.clock = clock;
    }

    /**
     * Works for the clinic of an address, outside any transaction.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} for an address that is nobody's; whether the clinic takes
     *     bookings is for {@link #open()} to say
     */
    <T> T of(String alias, Supplier<T> work) {
        var clinic = CurrentOrganization.get(
                CurrentOrganization.PLATFORM,
                () -> transaction.execute(
                        status -> jdbc.sql("select id from organization where alias = ? and state = 'active'")
                                .param(alias)
                                .query(UUID.class)
                                .optional()
                                .orElseThrow(BookingPages::nothingHere)));
        return CurrentOrganization.get(java.util.Objects.requireNonNull(clinic), work);
    }

    /** The current clinic's page. Needs an open transaction.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} while it takes no bookings */
    BookingPage open() {
        var page = current();
        if (!page.enabled()) {
            throw nothingHere();
        }
        return page;
    }

    /** The current clinic's short name, part of its address. Needs an open transaction. */
    String alias() {
        return jdbc.sql("select alias from organization where id = ?")
                .param(CurrentOrganization.id())
                .query(String.class)
                .single();
    }

    /** The same answer for an address that is nobody's and for a clinic that takes no bookings. */
    private static RuntimeException nothingHere() {
        return Problem.NOT_FOUND.because("There is no booking page at this address");
    }

    /** The current clinic's settings, or what counts while it has none. Needs an open transaction. */
    BookingPage current() {
        List<UUID> services = jdbc.sql("""
                        select healthcare_service_id from booking_page_service where organization_id = ?
                         order by healthcare_service_id
                        """)
                .param(CurrentOrganization.id())
                .query((row, n) -> row.getObject(1, UUID.class))
                .list();
        return jdbc.sql("select * from booking_page where organization_id = ?")
                .param(CurrentOrganization.id())
                .query((row, n) -> page(row, services))
                .optional()
                .orElse(BookingPage.OFF);
    }

    private static BookingPage page(ResultSet row, List<UUID> services) throws SQLException {
        return new BookingPage(
                row.getBoolean("enabled"),
                row.getBoolean("by_hand"),
                Duration.ofMinutes(row.getLong("notice_minutes")),
                row.getInt("horizon_days"),
                Duration.ofMinutes(row.getLong("change_notice_minutes")),
                row.getString("welcome"),
                row.getString("phone"),
                row.getString("address"),
                services,
                row.getString("deposit_link") == null
                        ? null
                        : new DepositRule(
                                row.getString("deposit_link"),
                                row.getLong("deposit_minor"),
                                row.getString("deposit_currency"),
                                row.getInt("deposit_hours")),
                row.getLong("version"));
    }

    /**
     * Replaces the settings. Needs an open transaction.
     *
     * @param page its version is the one that is replaced
     * @throws app.recado.kernel.ProblemException {@code stale}
     */
    void replace(BookingPage page) {
        var deposit = page.deposit();
        int changed = jdbc.sql("""
                        insert into booking_page as p (organization_id, enabled, by_hand, notice_minutes, horizon_days,
                                change_notice_minutes, welcome, phone, address, deposit_link, deposit_minor, deposit_currency,
                                deposit_hours, changed_at, changed_by, version)
                        values (:org, :enabled, :byHand, :notice, :horizon, :changeNotice, :welcome, :phone, :address,
                                :link, :minor, :currency, :hours, :now,
                                :caller, 1)
                        on conflict (organization_id) do update
                           set enabled = excluded.enabled, by_hand = excluded.by_hand,
                               notice_minutes = excluded.notice_minutes, horizon_days = excluded.horizon_days,
                               change_notice_minutes = excluded.change_notice_minutes, welcome = excluded.welcome,
                               phone = excluded.phone, address = excluded.address,
                               deposit_link = excluded.deposit_link, deposit_minor = excluded.deposit_minor,
                               deposit_currency = excluded.deposit_currency, deposit_hours = excluded.deposit_hours,
                               changed_at = excluded.changed_at,
                               changed_by = excluded.changed_by, version = p.version + 1
                         where p.version = :version
                        """)
                .param("org", CurrentOrganization.id())
                .param("enabled", page.enabled())
                .param("byHand", page.byHand())
                .param("notice", page.notice().toMinutes())
                .param("horizon", page.horizonDays())
                .param("changeNotice", page.changeNotice().toMinutes())
                .param("welcome", page.welcome())
                .param("phone", page.phone())
                .param("address", page.address())
                .param("link", deposit == null ? null : deposit.link())
                .param("minor", deposit == null ? null : deposit.minor(), java.sql.Types.BIGINT)
                .param("currency", deposit == null ? null : deposit.currency())
                .param("hours", deposit == null ? null : deposit.hours(), java.sql.Types.INTEGER)
                .param("now", SqlTime.at(clock.instant()))
                .param("caller", Caller.current().subject())
                .param("version", page.version())
                .update();
        if (changed == 0) {
            throw Problem.STALE.because("Somebody else changed the settings just now");
        }
        jdbc.sql("delete from booking_page_service where organization_id = ?")
                .param(CurrentOrganization.id())
                .update();
        page.serviceIds()
                .forEach(service -> jdbc.sql(
                                "insert into booking_page_service (organization_id, healthcare_service_id) values (?, ?)")
                        .params(List.of(CurrentOrganization.id(), service))
                        .update());
        hints.changed(LiveHints.Kind.ORGANIZATION, CurrentOrganization.id());
    }
}
