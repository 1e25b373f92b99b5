package app.recado.organizations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Cursors;
import app.recado.kernel.Page;
import app.recado.kernel.ProblemException;
import app.recado.kernel.SearchText;
import app.recado.kernel.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What all clinics use. Each is counted inside itself, once an hour, and only the numbers are written where the platform reads:
 * no statement ever sees rows of two clinics.
 */
@Component
class ClinicOverviews {

    private static final Logger LOG = LoggerFactory.getLogger(ClinicOverviews.class);

    private static final String LIST = "clinic-overviews";

    /** Lower case without accents, as {@link SearchText} has it for the letters of names. */
    private static final String PLAIN_NAME = "regexp_replace(lower(regexp_replace(normalize(o.name, nfkd),"
            + " '[\\u0300-\\u036f]', '', 'g')), '[^[:alnum:]]+', ' ', 'g')";

    private final Limits limits;
    private final ObjectProvider<ClinicNumbers> numbers;
    private final Cursors cursors;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ClinicOverviews(
            Limits limits,
            ObjectProvider<ClinicNumbers> numbers,
            Cursors cursors,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Clock clock) {
        this.limits = limits;
        this.numbers = numbers;
        this.cursors = cursors;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Counts all clinics. One that cannot be counted keeps its numbers. */
    void count() {
        for (var clinic :
                onPlatform(() -> jdbc.sql("select id from organization where state <> 'provisioning' order by id")
                        .query((row, n) -> row.getObject("id", UUID.class))
                        .list())) {
            try {
                count(clinic);
            } catch (RuntimeException e) {
                LOG.warn(
                        "Organization {} was not counted: {}",
                        clinic,
                        e.getClass().getName());
            }
        }
    }

    private void count(UUID clinic) {
        CurrentOrganization.run(clinic, () -> {
            var used = new EnumMap<Limit, Long>(Limit.class);
            for (var limit : Limit.values()) {
                try {
                    used.put(limit, limits.used(limit));
                } catch (ProblemException e) {
                    // Whoever knows is away: the rest is told all the same.
                }
            }
            var counted = inside(() -> {
                var all = new EnumMap<ClinicNumbers.Number, Long>(ClinicNumbers.Number.class);
                numbers.forEach(some -> all.putAll(some.count()));
                return all;
            });
            write(clinic, limits.plan(), used, counted);
        });
    }

    private void write(
            UUID clinic, Limits.@Nullable Plan plan, Map<Limit, Long> used, Map<ClinicNumbers.Number, Long> counted) {
        onPlatform(() -> jdbc.sql("""
                        insert into clinic_figures as f (organization_id, id, at, plan, plan_use, members, lines, lines_linked,
                                                         lines_down, messages_month, storage_bytes)
                        select :platform, o.id, :at, cast(:plan as text), cast(:use as integer), cast(:members as bigint), :lines,
                               :linked, :down, :messages, :storage
                          from organization o where o.id = :clinic
                        on conflict (organization_id, id) do update
                           set at = excluded.at, plan = excluded.plan, plan_use = excluded.plan_use,
                               members = coalesce(excluded.members, f.members), lines = excluded.lines,
                               lines_linked = excluded.lines_linked, lines_down = excluded.lines_down,
                               messages_month = excluded.messages_month, storage_bytes = excluded.storage_bytes
                        """)
                .param("platform", CurrentOrganization.PLATFORM)
                .param("clinic", clinic)
                .param("at", SqlTime.at(clock.instant()))
                .param("plan", plan == null ? null : plan.name())
                .param("use", plan == null ? null : mostUsed(plan, used))
                .param("members", used.get(Limit.MEMBERS))
                .param("lines", used.getOrDefault(Limit.LINES, 0L))
                .param("linked", counted.getOrDefault(ClinicNumbers.Number.LINES_LINKED, 0L))
                .param("down", counted.getOrDefault(ClinicNumbers.Number.LINES_DOWN, 0L))
                .param("messages", counted.getOrDefault(ClinicNumbers.Number.MESSAGES_THIS_MONTH, 0L))
                .param("storage", used.getOrDefault(Limit.STORAGE_MEGABYTES, 0L))
                .update());
    }

    /** Of that limit of which most is used, in percent; a limit of none is full. Null without limits. */
    private static @Nullable Integer mostUsed(Limits.Plan plan, Map<Limit, Long> used) {
        Integer highest = null;
        for (var entry : used.entrySet()) {
            var most = plan.most(entry.getKey());
            if (most != null) {
                long percent = most == 0 ? 100 : Limits.inUnits(entry.getKey(), entry.getValue()) * 100 / most;
                int share = (int) Math.min(percent, 9_999);
                highest = highest == null ? share : Math.max(highest, share);
            }
        }
        return highest;
    }

    private record Row(ClinicOverview clinic, String name, long number) {}

    /**
     * Some of them.
     *
     * @param search parts of names or the beginning of a short name; null for all
     */
    Page<ClinicOverview> page(@Nullable String search, ClinicOrder order, int limit, @Nullable String cursor) {
        var list = LIST + "/" + order + "/" + search;
        var after = cursors.open(list, cursor);
        var wanted = search == null ? "" : SearchText.normalise(search);
        boolean byName = order == ClinicOrder.NAME;
        var statement = jdbc.sql("""
                        select * from (
                            select o.id, o.name, o.alias, o.country, o.time_zone, o.state, o.created_at, f.at, f.plan, f.plan_use,
                                   f.members, f.lines, f.lines_linked, f.lines_down, f.messages_month, f.storage_bytes,
                                   %1$s as plain, %2$s as number
                              from organization o
                              left join clinic_figures f on f.organization_id = :platform and f.id = o.id) c
                         where (:wanted = '' or plain like '%%' || :wanted || '%%' or starts_with(alias, :alias))
                           and (cast(:id as uuid) is null or %3$s)
                         order by %4$s, id limit :rows
                        """.formatted(
                                PLAIN_NAME,
                                order.number(),
                                byName
                                        ? "(plain, id) > (:name, cast(:id as uuid))"
                                        : "(number < :number or number = :number and id > cast(:id as uuid))",
                                byName ? "plain" : "number desc"))
                .param("platform", CurrentOrganization.PLATFORM)
                .param("wanted", wanted)
                .param("alias", search == null ? "" : search.strip().toLowerCase(Locale.ROOT))
                .param("id", after == null ? null : after.get(0))
                .param("rows", limit + 1);
        statement = byName
                ? statement.param("name", after == null ? "" : after.get(1))
                : statement.param("number", after == null ? 0L : Long.parseLong(after.get(1)));
        var rows = statement.query(ClinicOverviews::row).list();
        return Page.of(
                        rows,
                        limit,
                        last -> cursors.seal(
                                list,
                                last.clinic().id().toString(),
                                byName ? last.name() : Long.toString(last.number())))
                .map(Row::clinic);
    }

    private static Row row(ResultSet row, int n) throws SQLException {
        var at = SqlTime.instantOrNull(row, "at");
        var figures = at == null
                ? null
                : new ClinicOverview.Figures(
                        at,
                        row.getString("plan"),
                        row.getObject("plan_use", Integer.class),
                        row.getObject("members", Long.class),
                        row.getLong("lines"),
                        row.getLong("lines_linked"),
                        row.getLong("lines_down"),
                        row.getLong("messages_month"),
                        Limits.inUnits(Limit.STORAGE_MEGABYTES, row.getLong("storage_bytes")));
        return new Row(
                new ClinicOverview(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("alias"),
                        row.getString("country"),
                        row.getString("time_zone"),
                        row.getString("state"),
                        SqlTime.instant(row, "created_at"),
                        figures),
                row.getString("plain"),
                row.getLong("number"));
    }

    private <T> T inside(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }

    private <T> T onPlatform(Supplier<T> work) {
        return CurrentOrganization.get(CurrentOrganization.PLATFORM, () -> inside(work));
    }
}
