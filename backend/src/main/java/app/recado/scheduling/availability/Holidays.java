package app.recado.scheduling.availability;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Days;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.security.Caller;
import app.recado.organizations.OrganizationProfiles;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The public holidays of the clinic's country and region. The clinic is closed on them unless it says that it works on
 * one; days of its own are schedule exceptions.
 */
@Service
class Holidays {

    /** More days at once is a list that nobody reads. */
    private static final int MOST_DAYS = 732;

    /** Where a holiday counts that is not only some regions'. */
    private static final String EVERYWHERE = "*";

    private static final String SELECT = """
            select h.day, h.name, h.regions, c.region, o.day is not null as open
              from public_holiday h
              left join holiday_calendar c on c.organization_id = :org
              left join open_holiday o on o.organization_id = :org and o.day = h.day
             where h.country = :country and h.day >= :from and h.day < :to
             order by h.day, h.name
            """;

    private final JdbcClient jdbc;
    private final OrganizationProfiles organizations;
    private final LiveHints hints;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Holidays(
            JdbcClient jdbc,
            OrganizationProfiles organizations,
            LiveHints hints,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.organizations = organizations;
        this.hints = hints;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A public holiday of the clinic.
     *
     * @param name in the country's language; all names when several fall on the day
     * @param open the clinic works on it as on any other day
     */
    record Holiday(LocalDate day, String name, boolean open) {}

    /**
     * Whose holidays the clinic has.
     *
     * @param region null for those of the whole country alone
     * @param regions of the country, by name; empty when it has no holidays of regions
     * @param knownUntil the last holiday that is known of the country; null when none is
     */
    record Calendar(
            String country,
            @Nullable String region,
            List<Region> regions,
            @Nullable LocalDate knownUntil,
            long version) {}

    /** Part of a country. */
    record Region(String code, String name) {}

    /** From a day until before another, in order.
     *
     * @throws app.recado.kernel.ProblemException {@code invalid-parameter} */
    @Transactional(readOnly = true)
    public List<Holiday> between(LocalDate from, LocalDate to) {
        Days.requireAtMost(MOST_DAYS, from, to);
        var byDay = new LinkedHashMap<LocalDate, Holiday>();
        jdbc.sql(SELECT)
                .param("org", CurrentOrganization.id())
                .param("country", organizations.current().country())
                .param("from", from)
                .param("to", to)
                .query(row -> {
                    if (countsIn(row.getString("region"), row.getString("regions"))) {
                        var holiday = new Holiday(
                                row.getObject("day", LocalDate.class), row.getString("name"), row.getBoolean("open"));
                        byDay.merge(
                                holiday.day(),
                                holiday,
                                (one, other) -> new Holiday(one.day(), one.name() + ", " + other.name(), one.open()));
                    }
                });
        return List.copyOf(byDay.values());
    }

    /**
     * Whether a holiday counts.
     *
     * @param region null outside any
     * @param regions {@code *} everywhere, {@code * -XX} everywhere but there, {@code XX YY} only there
     */
    static boolean countsIn(@Nullable String region, String regions) {
        var places = List.of(regions.split(" "));
        if (places.contains(EVERYWHERE)) {
            return !places.contains("-" + region);
        }
        return region != null && places.contains(region);
    }

    /**
     * Says whether the clinic works on a holiday.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} for a day that is no holiday of the clinic
     */
    @Transactional
    public Holiday decide(LocalDate day, boolean open) {
        var holiday = between(day, day.plusDays(1)).stream()
                .findFirst()
                .orElseThrow(() -> Problem.NOT_FOUND.because("That day is no holiday of this clinic"));
        if (open) {
            jdbc.sql("""
                    insert into open_holiday (organization_id, day, created_at, created_by) values (?, ?, ?, ?)
                    on conflict do nothing
                    """)
                    .params(
                            CurrentOrganization.id(),
                            day,
                            SqlTime.at(clock.instant()),
                            Caller.current().subject())
                    .update();
        } else {
            jdbc.sql("delete from open_holiday where organization_id = ? and day = ?")
                    .params(CurrentOrganization.id(), day)
                    .update();
        }
        hints.changed(LiveHints.Kind.SCHEDULE, CurrentOrganization.id());
        events.publishEvent(new PublicHolidaysChanged());
        return new Holiday(day, holiday.name(), open);
    }

    /** Of a clinic that has not chosen a region the version is 0. */
    @Transactional(readOnly = true)
    public Calendar calendar() {
        var country = organizations.current().country();
        var regions = jdbc.sql("select code, name from holiday_region where country = ? order by name, code")
                .param(country)
                .query((row, n) -> new Region(row.getString("code"), row.getString("name")))
                .list();
        var known = jdbc.sql("select max(day) from public_holiday where country = ?")
                .param(country)
                .query((row, n) -> row.getObject(1, LocalDate.class))
                .list()
                .getFirst();
        return jdbc.sql("select region, version from holiday_calendar where organization_id = ?")
                .param(CurrentOrganization.id())
                .query((row, n) -> new Calendar(country, row.getString(1), regions, known, row.getLong(2)))
                .optional()
                .orElseGet(() -> new Calendar(country, null, regions, known, 0));
    }

    /**
     * Chooses the region.
     *
     * @param region null for the holidays of the whole country alone
     * @throws app.recado.kernel.ProblemException {@code stale}, {@code invalid-fields} for a region that the country lacks
     */
    @Transactional
    public Calendar choose(ExpectedVersion expected, @Nullable String region) {
        var organization = CurrentOrganization.id();
        if (region != null
                && calendar().regions().stream().noneMatch(one -> one.code().equals(region))) {
            throw Problem.INVALID_FIELDS.at("/region", "unknown-value", "Choose one of the country's regions");
        }
        jdbc.sql("insert into holiday_calendar (organization_id, version) values (?, 0) on conflict do nothing")
                .param(organization)
                .update();
        expected.mustBe(jdbc.sql("select version from holiday_calendar where organization_id = ? for update")
                .param(organization)
                .query(Long.class)
                .single());
        jdbc.sql("update holiday_calendar set region = :region, version = version + 1 where organization_id = :org")
                .param("region", region)
                .param("org", organization)
                .update();
        hints.changed(LiveHints.Kind.SCHEDULE, organization);
        events.publishEvent(new PublicHolidaysChanged());
        return calendar();
    }
}
