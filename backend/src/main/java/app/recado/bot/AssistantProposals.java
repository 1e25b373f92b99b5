package app.recado.bot;

import app.recado.bot.assistant.Proposal;
import app.recado.bot.flow.FlowTools;
import app.recado.bot.flow.FlowTools.Free;
import app.recado.bot.flow.FlowTools.Result;
import app.recado.bot.flow.FlowTools.Visit;
import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.SqlTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What patients are asked before the agenda is changed in the assistant's name. One is open at a time in a conversation; it is
 * carried out once, by their yes alone, for the visit in the version and the time that were said back.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class AssistantProposals {

    /** A yes later than this answers something else. */
    static final Duration OPEN_FOR = Duration.ofMinutes(15);

    private final JdbcClient jdbc;
    private final Clock clock;

    AssistantProposals(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** One that waits for an answer. */
    record Open(
            UUID id,
            Proposal.Kind kind,
            @Nullable UUID visitId,
            long visitVersion,
            @Nullable UUID serviceId,
            @Nullable UUID practitionerId,
            @Nullable Instant start,
            Instant proposedAt,
            Instant expiresAt) {}

    /** What became of a yes. @param time the new one as it is now; null where there is none */
    record Carried(
            Result result, @Nullable Visit visit, @Nullable Free time) {}

    public Optional<Open> open(UUID conversationId) {
        return jdbc.sql("""
                        select * from assistant_proposal
                         where organization_id = ? and conversation_id = ? and state = 'open' for update
                        """)
                .params(CurrentOrganization.id(), conversationId)
                .query((row, n) -> new Open(
                        row.getObject("id", UUID.class),
                        Proposal.Kind.of(row.getString("kind")),
                        row.getObject("visit_id", UUID.class),
                        row.getLong("visit_version"),
                        row.getObject("service_id", UUID.class),
                        row.getObject("practitioner_id", UUID.class),
                        SqlTime.instantOrNull(row, "start_at"),
                        SqlTime.instant(row, "proposed_at"),
                        SqlTime.instant(row, "expires_at")))
                .optional();
    }

    /** Whether somebody on a line was asked something that they may still say yes to. */
    public boolean asked(UUID contactId, UUID lineId) {
        return jdbc.sql("""
                        select exists (select from assistant_proposal p
                                         join conversation c on c.organization_id = p.organization_id and c.id = p.conversation_id
                                        where p.organization_id = ? and p.state = 'open' and p.expires_at > ?
                                          and c.contact_id = ? and c.line_id = ?)
                        """)
                .params(CurrentOrganization.id(), SqlTime.at(clock.instant()), contactId, lineId)
                .query(Boolean.class)
                .single();
    }

    /** Keeps one; whatever was open before is not asked any more. */
    public UUID keep(UUID conversationId, Proposal proposal) {
        open(conversationId).ifPresent(before -> settle(before.id(), "withdrawn"));
        var id = Ids.next();
        var now = clock.instant();
        var visit = proposal.visit();
        var time = proposal.time();
        jdbc.sql("""
                        insert into assistant_proposal (organization_id, id, conversation_id, kind, visit_id, visit_version,
                                                        service_id, practitioner_id, start_at, state, proposed_at, expires_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?)
                        """)
                .param(CurrentOrganization.id())
                .param(id)
                .param(conversationId)
                .param(proposal.kind().wireName())
                .param(visit == null ? null : visit.id())
                .param(visit == null ? null : visit.version())
                .param(proposal.serviceId())
                .param(time == null ? null : time.practitionerId())
                .param(SqlTime.atOrNull(time == null ? null : time.start()))
                .param(SqlTime.at(now))
                .param(SqlTime.at(now.plus(OPEN_FOR)))
                .update();
        return id;
    }

    public void settle(UUID id, String state) {
        jdbc.sql("""
                        update assistant_proposal set state = ?, decided_at = ?
                         where organization_id = ? and id = ? and state = 'open'
                        """)
                .params(state, SqlTime.at(clock.instant()), CurrentOrganization.id(), id)
                .update();
    }

    /** Does what was asked, if it is still possible. @param tools of whoever said yes: it reaches no visit of anybody else */
    public Carried carryOut(Open open, FlowTools tools) {
        var visit = open.visitId() == null
                ? null
                : tools.visits().stream()
                        .filter(one -> one.id().equals(open.visitId()) && one.version() == open.visitVersion())
                        .findFirst()
                        .orElse(null);
        if (open.kind().ofVisit() && visit == null) {
            return new Carried(Result.NOT_POSSIBLE, null, null);
        }
        return switch (open.kind()) {
            case CANCEL -> new Carried(tools.cancel(Objects.requireNonNull(visit)), visit, null);
            case CONFIRM -> new Carried(tools.confirm(Objects.requireNonNull(visit)), visit, null);
            case WAIT -> new Carried(tools.joinWaitlist(Objects.requireNonNull(open.serviceId())), null, null);
            case BOOK, MOVE -> takeTime(open, visit, tools);
        };
    }

    private static Carried takeTime(Open open, @Nullable Visit visit, FlowTools tools) {
        var service = visit == null ? Objects.requireNonNull(open.serviceId()) : visit.serviceId();
        var time = tools.free(service, visit).stream()
                .filter(one ->
                        one.start().equals(open.start()) && one.practitionerId().equals(open.practitionerId()))
                .findFirst()
                .orElse(null);
        if (time == null) {
            return new Carried(Result.TAKEN, visit, null);
        }
        return new Carried(visit == null ? tools.book(service, time) : tools.move(visit, time), visit, time);
    }
}
