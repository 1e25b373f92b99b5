package app.recado.organizations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The table of what clinics' plans include. */
@Component
class Limits implements OrganizationLimits {

    private static final long MEGABYTE = 1024 * 1024;

    private final JdbcClient jdbc;
    private final ObjectProvider<LimitUsage> usages;
    private final Clock clock;

    Limits(JdbcClient jdbc, ObjectProvider<LimitUsage> usages, Clock clock) {
        this.jdbc = jdbc;
        this.usages = usages;
        this.clock = clock;
    }

    /** What a plan includes; null is without limit. */
    record Plan(
            String name,
            @Nullable Integer lines,
            @Nullable Integer messagesPerDay,
            @Nullable Integer members,
            @Nullable Integer storageMegabytes) {

        private static Plan of(ResultSet row, int n) throws SQLException {
            return new Plan(
                    row.getString("plan"),
                    row.getObject("lines", Integer.class),
                    row.getObject("messages_per_day", Integer.class),
                    row.getObject("members", Integer.class),
                    row.getObject("storage_megabytes", Integer.class));
        }

        @Nullable Integer most(Limit limit) {
            return switch (limit) {
                case LINES -> lines;
                case MESSAGES_PER_DAY -> messagesPerDay;
                case MEMBERS -> members;
                case STORAGE_MEGABYTES -> storageMegabytes;
            };
        }
    }

    /** The current organization's; null while nobody gave it one. */
    @Transactional(readOnly = true)
    public @Nullable Plan plan() {
        return jdbc.sql("select * from organization_limits where organization_id = ?")
                .param(CurrentOrganization.id())
                .query(Plan::of)
                .optional()
                .orElse(null);
    }

    /** Gives the current organization a plan in place of the one it had. */
    @Transactional
    public void set(Plan plan, String by, Instant at) {
        jdbc.sql("""
                insert into organization_limits (organization_id, plan, lines, messages_per_day, members, storage_megabytes,
                                                 changed_at, changed_by)
                values (:clinic, :plan, :lines, :messages, :members, :storage, :at, :by)
                on conflict (organization_id) do update
                   set plan = excluded.plan, lines = excluded.lines, messages_per_day = excluded.messages_per_day,
                       members = excluded.members, storage_megabytes = excluded.storage_megabytes,
                       changed_at = excluded.changed_at, changed_by = excluded.changed_by
                """)
                .param("clinic", CurrentOrganization.id())
                .param("plan", plan.name())
                .param("lines", plan.lines())
                .param("messages", plan.messagesPerDay())
                .param("members", plan.members())
                .param("storage", plan.storageMegabytes())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("by", by)
                .update();
    }

    @Override
    @Transactional(readOnly = true)
    public OptionalLong most(Limit limit) {
        var plan = plan();
        var most = plan == null ? null : plan.most(limit);
        return most == null ? OptionalLong.empty() : OptionalLong.of(most);
    }

    @Override
    @Transactional(readOnly = true)
    public void admit(Limit limit, long used) {
        var most = most(limit);
        if (most.isPresent() && used > most.getAsLong()) {
            throw Problem.LIMIT_REACHED
                    .because("The plan includes %d %s".formatted(most.getAsLong(), limit.wireName()))
                    .with(Map.of("limit", limit.wireName(), "most", most.getAsLong()));
        }
    }

    @Override
    @Transactional(readOnly = true)
    public void admitUpload() {
        var most = most(Limit.STORAGE_MEGABYTES);
        if (most.isPresent() && used(Limit.STORAGE_MEGABYTES) >= most.getAsLong() * MEGABYTE) {
            throw Problem.LIMIT_REACHED
                    .because("The plan includes %d megabytes of files".formatted(most.getAsLong()))
                    .with(Map.of("limit", Limit.STORAGE_MEGABYTES.wireName(), "most", most.getAsLong()));
        }
    }

    /** What of a limit the current organization uses, storage in bytes. Of members not inside a transaction: the identity
     * server is asked. */
    public long used(Limit limit) {
        return usages.stream()
                .filter(usage -> usage.limit() == limit)
                .mapToLong(LimitUsage::used)
                .sum();
    }

    /** In the limit's own unit; a megabyte that was begun is one. */
    static long inUnits(Limit limit, long used) {
        return limit == Limit.STORAGE_MEGABYTES ? (used + MEGABYTE - 1) / MEGABYTE : used;
    }

    @Override
    @Transactional(readOnly = true)
    public MessageDay messageDay() {
        UUID clinic = CurrentOrganization.id();
        List<MessageDay> found = jdbc.sql("""
                        select o.time_zone, l.messages_per_day
                          from organization o left join organization_limits l on l.organization_id = o.id
                         where o.id = ?
                        """).param(clinic).query(this::dayOf).list();
        if (found.isEmpty()) {
            throw Problem.NOT_FOUND.because("This organization is not registered here");
        }
        return found.getFirst();
    }

    private MessageDay dayOf(ResultSet row, int n) throws SQLException {
        var zone = ZoneId.of(row.getString("time_zone"));
        var day = clock.instant().atZone(zone).toLocalDate();
        var most = row.getObject("messages_per_day", Integer.class);
        return new MessageDay(
                day, day.plusDays(1).atStartOfDay(zone).toInstant(), most == null ? null : Long.valueOf(most));
    }
}
