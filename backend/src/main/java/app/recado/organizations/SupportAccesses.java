package app.recado.organizations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.security.Caller;
import app.recado.kernel.security.SupportGrants;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Owners' grants by which the platform's support looks into clinics: one a clinic, for hours, ended at any moment. */
@Component
class SupportAccesses implements SupportGrants {

    /** Looks within so much time are one entry of the audit trail. */
    private static final Duration ONE_LOOK = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final LiveHints hints;
    private final Clock clock;

    SupportAccesses(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            LiveHints hints,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
        this.hints = hints;
        this.clock = clock;
    }

    /** Whether the platform's support may look into the clinic. */
    record SupportAccess(
            @Schema(description = "Until when; null while it may not", example = "2026-11-24T17:00:00Z") @Nullable Instant until,

            @Schema(description = "Which owner said so; null while it may not", example = "Andrea Molina") @Nullable String grantedBy,

            @Schema(
                    description = "When it looked last, to the hour; null when it has not",
                    example = "2026-11-24T14:10:00Z")
            @Nullable Instant lastUsedAt) {

        private static final SupportAccess NONE = new SupportAccess(null, null, null);

        private static SupportAccess of(ResultSet row, int n) throws SQLException {
            return new SupportAccess(
                    SqlTime.instantOrNull(row, "support_until"),
                    row.getString("support_granted_by_name"),
                    SqlTime.instantOrNull(row, "support_used_at"));
        }
    }

    /** Of the current organization. */
    @Transactional(readOnly = true)
    public SupportAccess current() {
        return jdbc.sql("""
                        select support_until, support_granted_by_name, support_used_at from organization
                         where id = ? and support_until > ?
                        """)
                .params(CurrentOrganization.id(), SqlTime.at(clock.instant()))
                .query(SupportAccess::of)
                .optional()
                .orElse(SupportAccess.NONE);
    }

    /** Lets support look for so long from now on, whatever was granted before. */
    @Transactional
    public SupportAccess grant(Duration length) {
        var now = clock.instant();
        var caller = Caller.current();
        var until = now.plus(length);
        jdbc.sql("""
                update organization
                   set support_until = ?, support_granted_at = ?, support_granted_by = ?, support_granted_by_name = ?,
                       support_used_at = null
                 where id = ?
                """)
                .params(
                        SqlTime.at(until),
                        SqlTime.at(now),
                        caller.subject(),
                        Objects.requireNonNullElse(caller.name(), "Recado"),
                        CurrentOrganization.id())
                .update();
        events.publishEvent(new SupportAccessGranted(CurrentOrganization.id(), until));
        hints.changed(LiveHints.Kind.ORGANIZATION, CurrentOrganization.id());
        return current();
    }

    /** Ends it at once; nothing happens when there is none. */
    @Transactional
    public SupportAccess revoke() {
        int ended = jdbc.sql("""
                        update organization
                           set support_until = null, support_granted_at = null, support_granted_by = null,
                               support_granted_by_name = null, support_used_at = null
                         where id = ? and support_until is not null
                        """).param(CurrentOrganization.id()).update();
        if (ended > 0) {
            events.publishEvent(new SupportAccessRevoked(CurrentOrganization.id()));
            hints.changed(LiveHints.Kind.ORGANIZATION, CurrentOrganization.id());
        }
        return current();
    }

    @Override
    public boolean admits(UUID organizationId) {
        return CurrentOrganization.get(
                organizationId, () -> Objects.requireNonNull(transaction.execute(status -> look(organizationId))));
    }

    private boolean look(UUID organization) {
        var access = current();
        if (access.until() == null) {
            return false;
        }
        var now = clock.instant();
        var before = access.lastUsedAt();
        if (before == null || before.plus(ONE_LOOK).isBefore(now)) {
            jdbc.sql("update organization set support_used_at = ? where id = ? and support_until is not null")
                    .params(SqlTime.at(now), organization)
                    .update();
            events.publishEvent(new SupportAccessUsed(organization));
        }
        return true;
    }
}
