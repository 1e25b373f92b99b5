package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.organizations.OrganizationProfiles;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What a clinic's messages cost, by month, line and category: counted at each asking. */
@Repository
class MessageConsumption {

    private static final String CHARGED = """
            select to_char(m.charged_at at time zone :zone, 'YYYY-MM') as month, m.line_id, l.name as line_name, m.category,
                   m.cost_currency as currency, count(*) as messages, count(*) filter (where m.cost_micros is null) as unpriced,
                   coalesce(sum(m.cost_micros), 0) as micros
              from message m
              left join whatsapp_line l on l.organization_id = m.organization_id and l.id = m.line_id
             where m.organization_id = :org and m.charged_at >= :from
             group by 1, 2, 3, 4, 5
             order by 1 desc, 3, 2, 4, 5
            """;

    private final JdbcClient jdbc;
    private final OrganizationProfiles organizations;
    private final Clock clock;

    MessageConsumption(JdbcClient jdbc, OrganizationProfiles organizations, Clock clock) {
        this.jdbc = jdbc;
        this.organizations = organizations;
        this.clock = clock;
    }

    /** Months of the clinic's own clocks. */
    @Schema(name = "MessageConsumption")
    record Consumption(
            @Schema(description = "The last first; months in which nothing was charged are left out")
            List<Month> months) {}

    /** One month. */
    @Schema(name = "MessageConsumptionMonth")
    record Month(
            @Schema(description = "Of the clinic's clocks", example = "2026-11")
            String month,

            @Schema(description = "In all, by currency") List<Amount> totals,

            @Schema(description = "By line and category") List<Row> rows) {}

    /** What one line sent of one category. */
    @Schema(name = "MessageConsumptionRow")
    record Row(
            @Schema(description = "The line", example = "01937f3e-0000-7000-8000-000000000003") @Nullable UUID lineId,

            @Schema(description = "As the clinic calls it; null for a line that is gone", example = "Recepción")
            @Nullable String lineName,

            @Schema(description = "What the provider took them for")
            MessageCategory category,

            @Schema(description = "Delivered messages of which the provider said so", example = "412")
            long messages,

            @Schema(description = "Of them those whose price nobody wrote down", example = "0")
            long unpriced,

            @Schema(description = "What they cost; null when they were free or their price is not known") @Nullable Amount cost) {}

    private record Counted(String month, Row row) {}

    @Transactional(readOnly = true)
    public Consumption of(int months) {
        var zone = organizations.current().timeZone();
        var first = YearMonth.from(clock.instant().atZone(zone)).minusMonths(months - 1L);
        var counted = jdbc.sql(CHARGED)
                .param("org", CurrentOrganization.id())
                .param("zone", zone.getId())
                .param("from", SqlTime.at(first.atDay(1).atStartOfDay(zone).toInstant()))
                .query(MessageConsumption::counted)
                .list();
        var byMonth = new LinkedHashMap<String, List<Row>>();
        for (var one : counted) {
            byMonth.computeIfAbsent(one.month(), month -> new ArrayList<>()).add(one.row());
        }
        return new Consumption(byMonth.entrySet().stream()
                .map(month -> new Month(month.getKey(), totals(month.getValue()), month.getValue()))
                .toList());
    }

    private static List<Amount> totals(List<Row> rows) {
        var totals = new TreeMap<String, Amount>();
        for (var row : rows) {
            if (row.cost() instanceof Amount cost) {
                totals.merge(
                        cost.currency(),
                        cost,
                        (one, other) -> new Amount(one.currency(), one.amount().add(other.amount())));
            }
        }
        return List.copyOf(totals.values());
    }

    private static Counted counted(ResultSet row, int n) throws SQLException {
        var currency = row.getString("currency");
        return new Counted(
                row.getString("month"),
                new Row(
                        row.getObject("line_id", UUID.class),
                        row.getString("line_name"),
                        MessageCategory.of(row.getString("category")),
                        row.getLong("messages"),
                        row.getLong("unpriced"),
                        currency == null ? null : Amount.ofMicros(currency, row.getLong("micros"))));
    }
}
