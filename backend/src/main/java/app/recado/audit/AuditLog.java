package app.recado.audit;

import app.recado.kernel.Auditable.Change;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Cursors;
import app.recado.kernel.Page;
import app.recado.kernel.SqlTime;
import app.recado.kernel.tables.TableFormat;
import app.recado.organizations.OrganizationProfiles;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Shows what {@link AuditTrail} wrote down. */
@Repository
class AuditLog {

    private static final String LIST = "audit-entries";
    private static final int AT_ONCE = 1_000;
    private static final TypeReference<TreeMap<String, Change>> CHANGES = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final Cursors cursors;
    private final OrganizationProfiles organizations;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final JsonMapper json;

    AuditLog(
            JdbcClient jdbc,
            Cursors cursors,
            OrganizationProfiles organizations,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            JsonMapper json) {
        this.jdbc = jdbc;
        this.cursors = cursors;
        this.organizations = organizations;
        this.transaction = transaction;
        this.events = events;
        this.json = json;
    }

    /**
     * Which entries are looked for; null for all.
     *
     * @param actor the account or the client's key
     * @param action what was done
     * @param recordId to which record
     * @param from first day of the clinic
     * @param to the day after the last
     */
    record Filter(
            @Nullable String actor,
            @Nullable String action,
            @Nullable UUID recordId,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {}

    /** An entry as it was written. */
    record Entry(
            UUID id,
            Instant at,
            String actorKind,
            @Nullable String actor,
            @Nullable String actorName,
            @Nullable String address,
            @Nullable String operation,
            String action,
            @Nullable UUID recordId,
            Map<String, Change> changes,
            boolean chained) {}

    /** The latest first. */
    Page<Entry> list(Filter filter, int limit, @Nullable String cursor) {
        var after = cursors.open(LIST, cursor);
        var rows = read(
                filter,
                after == null ? null : Instant.parse(after.get(0)),
                after == null ? null : UUID.fromString(after.get(1)),
                limit + 1);
        return Page.of(
                rows,
                limit,
                last -> cursors.seal(LIST, last.at().toString(), last.id().toString()));
    }

    /** Says that somebody exports, before anything is read. */
    void begin(Filter filter) {
        var said = new TreeMap<String, Change>();
        say(said, "actor", filter.actor());
        say(said, "action", filter.action());
        say(said, "recordId", filter.recordId());
        say(said, "from", filter.from());
        say(said, "to", filter.to());
        transaction.executeWithoutResult(status -> events.publishEvent(new AuditExported(said)));
    }

    private static void say(Map<String, Change> said, String name, @Nullable Object value) {
        if (value != null) {
            said.put(name, new Change(null, value.toString()));
        }
    }

    /** Writes all entries, the latest first, while they are read. */
    void write(Filter filter, TableFormat format, OutputStream to) throws IOException {
        try (var table = format.open(to, "audit")) {
            table.row(List.of(
                    "at",
                    "actorKind",
                    "actor",
                    "actorName",
                    "address",
                    "operation",
                    "action",
                    "recordId",
                    "changes",
                    "id"));
            Entry last = null;
            while (true) {
                var some = read(filter, last == null ? null : last.at(), last == null ? null : last.id(), AT_ONCE);
                for (var entry : some) {
                    table.row(cells(entry));
                }
                if (some.size() < AT_ONCE) {
                    return;
                }
                last = some.getLast();
            }
        }
    }

    private static List<String> cells(Entry entry) {
        return List.of(
                entry.at().toString(),
                entry.actorKind(),
                Objects.requireNonNullElse(entry.actor(), ""),
                Objects.requireNonNullElse(entry.actorName(), ""),
                Objects.requireNonNullElse(entry.address(), ""),
                Objects.requireNonNullElse(entry.operation(), ""),
                entry.action(),
                entry.recordId() instanceof UUID id ? id.toString() : "",
                entry.changes().entrySet().stream()
                        .map(change ->
                                change.getKey() + ": " + text(change.getValue().before()) + " > "
                                        + text(change.getValue().after()))
                        .collect(Collectors.joining("; ")),
                entry.id().toString());
    }

    private static String text(@Nullable String value) {
        return value == null ? "-" : value;
    }

    private List<Entry> read(Filter filter, @Nullable Instant beforeAt, @Nullable UUID beforeId, int limit) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var sql = new StringBuilder("select * from audit_entry where organization_id = :org")
                    .append(filter.actor() == null ? "" : " and actor = :actor")
                    .append(filter.action() == null ? "" : " and action = :action")
                    .append(filter.recordId() == null ? "" : " and record_id = :recordId")
                    .append(filter.from() == null ? "" : " and at >= :from")
                    .append(filter.to() == null ? "" : " and at < :to")
                    .append(beforeAt == null || beforeId == null ? "" : " and (at, id) < (:beforeAt, :beforeId)")
                    .append(" order by at desc, id desc limit ")
                    .append(limit);
            var statement = jdbc.sql(sql.toString()).param("org", CurrentOrganization.id());
            if (filter.actor() != null) {
                statement = statement.param("actor", filter.actor());
            }
            if (filter.action() != null) {
                statement = statement.param("action", filter.action());
            }
            if (filter.recordId() != null) {
                statement = statement.param("recordId", filter.recordId());
            }
            var zone = organizations.current().timeZone();
            if (filter.from() != null) {
                statement = statement.param(
                        "from", SqlTime.at(filter.from().atStartOfDay(zone).toInstant()));
            }
            if (filter.to() != null) {
                statement = statement.param(
                        "to", SqlTime.at(filter.to().atStartOfDay(zone).toInstant()));
            }
            if (beforeAt != null && beforeId != null) {
                statement = statement.param("beforeAt", SqlTime.at(beforeAt)).param("beforeId", beforeId);
            }
            return statement.query((row, n) -> entry(row)).list();
        }));
    }

    private Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getObject("id", UUID.class),
                SqlTime.instant(row, "at"),
                row.getString("actor_kind"),
                row.getString("actor"),
                row.getString("actor_name"),
                row.getString("address"),
                row.getString("operation"),
                row.getString("action"),
                row.getObject("record_id", UUID.class),
                json.readValue(row.getString("changes"), CHANGES),
                row.getObject("batch") != null);
    }
}
