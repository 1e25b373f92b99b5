package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.SqlTime;
import app.recado.organizations.OrganizationProfiles;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How much a clinic wants to spend on messages in a month of its own clocks, and how much it did. */
@Component
@Transactional
class MessageBudgets implements MarketingBudget {

    private final JdbcClient jdbc;
    private final OrganizationProfiles organizations;
    private final Clock clock;

    MessageBudgets(JdbcClient jdbc, OrganizationProfiles organizations, Clock clock) {
        this.jdbc = jdbc;
        this.organizations = organizations;
        this.clock = clock;
    }

    /**
     * @param monthlyMicros null for no limit
     * @param spentMicros what was charged this month in that currency
     */
    record Budget(@Nullable Long monthlyMicros, String currency, long spentMicros, long version) {

        boolean isReached() {
            return monthlyMicros != null && spentMicros >= monthlyMicros;
        }
    }

    private record Limit(@Nullable Long monthlyMicros, String currency, long version) {
        private static final Limit NONE = new Limit(null, "USD", 0);
    }

    @Transactional(readOnly = true)
    public Budget get() {
        var limit = limit();
        return new Budget(limit.monthlyMicros(), limit.currency(), spent(limit.currency()), limit.version());
    }

    /** @throws app.recado.kernel.ProblemException {@code stale} */
    public Budget change(ExpectedVersion expected, @Nullable Long monthlyMicros, String currency) {
        jdbc.sql("""
                        insert into message_budget (organization_id, monthly_micros, currency, version)
                        values (?, null, 'USD', 0) on conflict do nothing
                        """).param(CurrentOrganization.id()).update();
        expected.mustBe(jdbc.sql("select version from message_budget where organization_id = ? for update")
                .param(CurrentOrganization.id())
                .query(Long.class)
                .single());
        jdbc.sql("""
                        update message_budget set monthly_micros = ?, currency = ?, version = version + 1
                         where organization_id = ?
                        """)
                .param(monthlyMicros)
                .param(currency)
                .param(CurrentOrganization.id())
                .update();
        return get();
    }

    @Override
    @Transactional(readOnly = true)
    public boolean isReached() {
        var limit = limit();
        return limit.monthlyMicros() instanceof Long monthly && spent(limit.currency()) >= monthly;
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Amount> left() {
        var limit = limit();
        return Optional.ofNullable(limit.monthlyMicros())
                .map(monthly -> Amount.ofMicros(limit.currency(), Math.max(monthly - spent(limit.currency()), 0)));
    }

    private Limit limit() {
        return jdbc.sql("select monthly_micros, currency, version from message_budget where organization_id = ?")
                .param(CurrentOrganization.id())
                .query((row, n) -> new Limit(
                        row.getObject("monthly_micros", Long.class), row.getString("currency"), row.getLong("version")))
                .optional()
                .orElse(Limit.NONE);
    }

    private long spent(String currency) {
        return jdbc.sql("""
                        select coalesce(sum(cost_micros), 0) from message
                         where organization_id = ? and charged_at >= ? and cost_currency = ?
                        """)
                .params(CurrentOrganization.id(), SqlTime.at(monthBegan()), currency)
                .query(Long.class)
                .single();
    }

    private Instant monthBegan() {
        var zone = organizations.current().timeZone();
        return YearMonth.from(clock.instant().atZone(zone))
                .atDay(1)
                .atStartOfDay(zone)
                .toInstant();
    }
}
