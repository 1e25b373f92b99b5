package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.organizations.OrganizationProfiles;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What came of the tickets that were opened on some days. */
@Repository
@Transactional(readOnly = true)
class TicketFigures {

    private final JdbcClient jdbc;
    private final OrganizationProfiles organizations;

    TicketFigures(JdbcClient jdbc, OrganizationProfiles organizations) {
        this.jdbc = jdbc;
        this.organizations = organizations;
    }

    /**
     * How many are about something.
     *
     * @param category null for those of which nobody knows
     * @param count how many
     */
    @Schema(name = "TicketsOfCategory")
    record OfCategory(@Nullable TicketCategory category, long count) {}

    /**
     * How many came how far.
     *
     * @param state how far
     * @param count how many
     */
    @Schema(name = "TicketsOfState")
    record OfState(TicketState state, long count) {}

    /**
     * Whom the first answers came from.
     *
     * @param name null for the clinic's own phone
     * @param count how many
     * @param medianMinutes half of their first answers came within as many minutes of the ticket
     */
    @Schema(name = "TicketsOfPerson")
    record OfPerson(
            @Schema(example = "Marcela Paz") @Nullable String name,
            long count,
            @Schema(example = "12") double medianMinutes) {}

    /**
     * When tickets are opened, on the clinic's clock; hours without one are left out.
     *
     * @param day ISO 8601: 1 is Monday
     * @param hour 0 to 23
     * @param count how many
     */
    @Schema(name = "TicketsOfHour")
    record OfHour(
            @Schema(example = "1") int day,
            @Schema(example = "9") int hour,
            long count) {}

    /**
     * Figures of the tickets opened on some days.
     *
     * @param count all of them
     * @param medianMinutes half of the first answers came within as many minutes; null without any
     * @param byCategory what they are about, the most frequent first
     * @param byState how far they came
     * @param byPerson whom the first answers came from, most first
     * @param byHour when they were opened
     */
    @Schema(name = "TicketStatistics")
    record Statistics(
            long count,
            @Schema(example = "12.5") @Nullable Double medianMinutes,
            List<OfCategory> byCategory,
            List<OfState> byState,
            List<OfPerson> byPerson,
            List<OfHour> byHour) {}

    /** @param from first day of the clinic
     * @param to the day after the last */
    public Statistics between(LocalDate from, LocalDate to) {
        var zone = organizations.current().timeZone();
        var first = SqlTime.at(from.atStartOfDay(zone).toInstant());
        var end = SqlTime.at(to.atStartOfDay(zone).toInstant());
        var within = " where t.organization_id = ? and t.opened_at >= ? and t.opened_at < ?";
        var median = """
                percentile_cont(0.5) within group (
                    order by cast(extract(epoch from t.first_answered_at - t.opened_at) / 60 as double precision))
                """;
        var total = jdbc.sql("select count(*) as count, " + median + " as median from ticket t" + within)
                .params(CurrentOrganization.id(), first, end)
                .query((row, n) -> new Statistics(
                        row.getLong("count"),
                        row.getObject("median", Double.class),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()))
                .single();
        return new Statistics(
                total.count(),
                total.medianMinutes(),
                jdbc.sql("select t.category, count(*) as count from ticket t" + within
                                + " group by t.category order by count desc, t.category")
                        .params(CurrentOrganization.id(), first, end)
                        .query((row, n) -> new OfCategory(
                                TicketCategory.ofOrNull(row.getString("category")), row.getLong("count")))
                        .list(),
                jdbc.sql("select t.state, count(*) as count from ticket t" + within
                                + " group by t.state order by t.state")
                        .params(CurrentOrganization.id(), first, end)
                        .query((row, n) -> new OfState(TicketState.of(row.getString("state")), row.getLong("count")))
                        .list(),
                jdbc.sql("select m.name, count(*) as count, " + median + """
                                 as median from ticket t
                                  left join inbox_member m on m.organization_id = t.organization_id
                                                          and m.account = t.first_answered_by
                                """ + within
                                + " and t.first_answered_at is not null group by m.name order by count desc, m.name")
                        .params(CurrentOrganization.id(), first, end)
                        .query((row, n) ->
                                new OfPerson(row.getString("name"), row.getLong("count"), row.getDouble("median")))
                        .list(),
                jdbc.sql("""
                                select extract(isodow from t.opened_at at time zone ?)::int as day,
                                       extract(hour from t.opened_at at time zone ?)::int as hour, count(*) as count
                                  from ticket t
                                """ + within + " group by 1, 2 order by 1, 2")
                        .params(zone.getId(), zone.getId(), CurrentOrganization.id(), first, end)
                        .query((row, n) -> new OfHour(row.getInt("day"), row.getInt("hour"), row.getLong("count")))
                        .list());
    }
}
