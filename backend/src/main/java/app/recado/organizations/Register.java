package app.recado.organizations;

import app.recado.kernel.Cursors;
import app.recado.kernel.Page;
import app.recado.kernel.SqlTime;
import app.recado.organizations.OrganizationView.QuietHours;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of organizations. Its fence shows an organization its own row and platform work all of them. */
@Repository
class Register {

    private static final String LIST = "organizations";

    private final JdbcClient jdbc;
    private final Cursors cursors;

    Register(JdbcClient jdbc, Cursors cursors) {
        this.jdbc = jdbc;
        this.cursors = cursors;
    }

    /** What is decided when a clinic is onboarded. */
    record Beginning(String name, String alias, String country, String timeZone, String locale, String visitWord) {}

    void add(UUID id, Beginning beginning, Instant at) {
        jdbc.sql("""
                        insert into organization (id, name, alias, country, time_zone, locale, visit_word, state, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, 'provisioning', ?) on conflict (id) do nothing
                        """)
                .params(
                        id,
                        beginning.name(),
                        beginning.alias(),
                        beginning.country(),
                        beginning.timeZone(),
                        beginning.locale(),
                        beginning.visitWord(),
                        at.atOffset(ZoneOffset.UTC))
                .update();
    }

    void activate(UUID id) {
        jdbc.sql(
                        "update organization set state = 'active', version = version + 1 where id = ? and state = 'provisioning'")
                .param(id)
                .update();
    }

    /** @return false when it was not active */
    boolean suspend(UUID id, SuspensionReason reason, String by, Instant at) {
        return jdbc.sql("""
                        update organization
                           set state = 'suspended', suspended_at = ?, suspended_by = ?, suspension_reason = ?,
                               version = version + 1
                         where id = ? and state = 'active'
                        """)
                        .params(at.atOffset(ZoneOffset.UTC), by, reason.wireName(), id)
                        .update()
                == 1;
    }

    /** @return false when it was not suspended, or is to be deleted */
    boolean reactivate(UUID id) {
        return jdbc.sql("""
                        update organization
                           set state = 'active', suspended_at = null, suspended_by = null, suspension_reason = null,
                               version = version + 1
                         where id = ? and state = 'suspended' and deletion_due_at is null
                        """).param(id).update() == 1;
    }

    /** Says when a suspended clinic is deleted, or with null that it is not. */
    void deletionDue(UUID id, @Nullable Instant due) {
        jdbc.sql("update organization set deletion_due_at = ?, version = version + 1 where id = ?")
                .param(SqlTime.atOrNull(due))
                .param(id)
                .update();
    }

    /** Those that are suspended. Platform work. */
    Set<UUID> suspended() {
        return Set.copyOf(jdbc.sql("select id from organization where state = 'suspended'")
                .query((row, n) -> row.getObject("id", UUID.class))
                .list());
    }

    /** Until when support may look into those whose owners let it. Platform work. */
    Map<UUID, Instant> supportUntil(Instant now) {
        return jdbc
                .sql("select id, support_until from organization where support_until > ?")
                .param(now.atOffset(ZoneOffset.UTC))
                .query((row, n) -> Map.entry(
                        row.getObject("id", UUID.class),
                        row.getObject("support_until", OffsetDateTime.class).toInstant()))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    Optional<OrganizationView> find(UUID id) {
        return jdbc.sql("select * from organization where id = ?")
                .param(id)
                .query(Register::view)
                .optional();
    }

    List<OrganizationView> findAll(Collection<UUID> ids) {
        return jdbc.sql("select * from organization where id = any(?) order by name, id")
                .param(ids.toArray(UUID[]::new))
                .query(Register::view)
                .list();
    }

    Page<OrganizationView> page(int limit, @Nullable String cursor) {
        var after = cursors.open(LIST, cursor);
        var rows = jdbc.sql("""
                        select * from organization
                         where cast(:name as text) is null or (name, id) > (:name, cast(:id as uuid))
                         order by name, id limit :rows
                        """)
                .param("name", after == null ? null : after.get(0))
                .param("id", after == null ? null : after.get(1))
                .param("rows", limit + 1)
                .query(Register::view)
                .list();
        return Page.of(
                rows, limit, last -> cursors.seal(LIST, last.name(), last.id().toString()));
    }

    /** Writes settings if nobody else did since {@code version}. */
    boolean update(OrganizationView settings, long version) {
        var quiet = settings.quietHours();
        return jdbc.sql("""
                        update organization
                           set name = ?, visit_word = ?, decline_action = ?, quiet_from = ?, quiet_to = ?,
                               version = version + 1
                         where id = ? and version = ?
                        """)
                        .param(settings.name())
                        .param(settings.visitWord())
                        .param(settings.declineAction())
                        .param(quiet == null ? null : quiet.from())
                        .param(quiet == null ? null : quiet.to())
                        .param(settings.id())
                        .param(version)
                        .update()
                == 1;
    }

    private static OrganizationView view(ResultSet row, int n) throws SQLException {
        var from = row.getObject("quiet_from", LocalTime.class);
        var to = row.getObject("quiet_to", LocalTime.class);
        var suspendedAt = row.getObject("suspended_at", OffsetDateTime.class);
        return new OrganizationView(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("alias"),
                row.getString("country"),
                row.getString("time_zone"),
                row.getString("locale"),
                row.getString("visit_word"),
                row.getString("decline_action"),
                from == null || to == null ? null : new QuietHours(from, to),
                row.getString("state"),
                suspendedAt == null
                        ? null
                        : new OrganizationView.Suspension(
                                SuspensionReason.of(row.getString("suspension_reason")),
                                suspendedAt.toInstant(),
                                SqlTime.instantOrNull(row, "deletion_due_at")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }
}
