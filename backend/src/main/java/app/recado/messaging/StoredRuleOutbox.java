package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Plans set by set: a clinic may have a hundred thousand messages of one rule, and its owner waits for the answer. Rows are
 * locked in the order in which claims lock them, so that neither waits for the other in a circle.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class StoredRuleOutbox implements RuleOutbox {

    private static final Duration DAY = Duration.ofDays(1);

    private static final String SAME = """
            w.subject_id = m.subject_id and w.subject_version = m.subject_version and w.rule_id = m.rule_id
            """;

    private static final String LOCK = """
            select count(*) from (
                select from message
                 where organization_id = :org and rule_id = any (:rules) and out_at is null and state in ('planned', 'queued')
                 order by id for update) locked
            """;

    private static final String SUPERSEDE = """
            with wanted as (%s),
            gone as (
                update message m
                   set state = 'superseded', reason = 'rule-changed', superseded_at = :now, next_attempt_at = null,
                       ready = false, rank = priority, updated_at = :now, version = version + 1
                 where m.organization_id = :org and m.rule_id = any (:rules) and m.out_at is null
                   and (m.state in ('planned', 'queued')
                        or m.state = 'expired' and m.reason = 'quiet-hours' and m.due_at > :now)
                   and not exists (select from wanted w where %s)
                returning id)
            insert into message_step (organization_id, id, message_id, state, reason, at)
            select :org, uuidv7(), id, 'superseded', 'rule-changed', :now from gone
            """;

    /** What was due later and is due already by the rule as it is now. */
    private static final String LEAVE_NOW = """
            with wanted as (%s)
            update message m
               set due_at = :now, next_attempt_at = :now, ready = true, useful_until = w.useful_until, updated_at = :now,
                   version = m.version + 1
              from wanted w
             where m.organization_id = :org and m.rule_id = any (:rules) and m.out_at is null and m.state = 'planned'
               and m.due_at > :now
               and w.due_at <= :now and w.useful_until > :now and %s
            """;

    private static final String PLAN = """
            with wanted as (%s),
            written as (
                insert into message (organization_id, id, subject_id, subject_version, kind, rule_id, attempt, patient_id,
                                     line_id, says, state, reason, due_at, useful_until, next_attempt_at, ready, created_at,
                                     updated_at)
                select :org, uuidv7(), w.subject_id, w.subject_version, w.kind, w.rule_id, 1, w.patient_id, w.line_id, w.says,
                       case when w.lost then 'expired' else 'planned' end, case when w.lost then 'quiet-hours' end, w.due_at,
                       w.useful_until, case when w.lost then null else w.due_at end, false, :now, :now
                  from wanted w where w.due_at > :now
                on conflict (organization_id, subject_id, subject_version, kind, rule_id, attempt) do update
                   set state = excluded.state, reason = excluded.reason, due_at = excluded.due_at,
                       useful_until = excluded.useful_until, next_attempt_at = excluded.next_attempt_at, ready = false,
                       line_id = excluded.line_id, says = excluded.says, superseded_at = null, updated_at = :now,
                       version = message.version + 1
                 where message.state in ('planned', 'queued')
                       and (message.due_at, message.useful_until, message.line_id, message.state)
                           is distinct from (excluded.due_at, excluded.useful_until, excluded.line_id, excluded.state)
                    or message.state = 'superseded' and message.reason = 'rule-changed'
                    or message.state = 'expired' and message.reason = 'quiet-hours' and excluded.state = 'planned'
                returning id, state, reason)
            insert into message_step (organization_id, id, message_id, state, reason, at)
            select :org, uuidv7(), id, state, reason, :now from written
            """;

    private static final String COUNT = """
            with wanted as (%s)
            select count(*)
              from wanted w
              left join message m on m.organization_id = :org and m.attempt = 1 and m.kind = w.kind and %s
             where w.due_at <= :day and not w.lost
               and (w.due_at > :now or m.state = 'planned' and m.due_at > :now)
               and (m.id is null or m.state = 'superseded' and m.reason = 'rule-changed'
                    or m.state = 'planned' and m.due_at > :day)
            """;

    private final JdbcClient jdbc;
    private final Messages messages;

    StoredRuleOutbox(JdbcClient jdbc, Messages messages) {
        this.jdbc = jdbc;
        this.messages = messages;
    }

    @Override
    public void replan(Wanted wanted, Collection<UUID> rules) {
        if (rules.isEmpty()) {
            return;
        }
        jdbc.sql(LOCK)
                .param("org", CurrentOrganization.id())
                .param("rules", rules.toArray(UUID[]::new))
                .query(Long.class)
                .single();
        bound(SUPERSEDE.formatted(wanted.sql(), SAME), wanted)
                .param("rules", rules.toArray(UUID[]::new))
                .update();
        bound(LEAVE_NOW.formatted(wanted.sql(), SAME), wanted)
                .param("rules", rules.toArray(UUID[]::new))
                .update();
        bound(PLAN.formatted(wanted.sql()), wanted).update();
        messages.wake();
    }

    @Override
    public int leavingWithinADay(Wanted wanted, Collection<UUID> rules) {
        if (rules.isEmpty()) {
            return 0;
        }
        return bound(COUNT.formatted(wanted.sql(), SAME), wanted)
                .param("day", SqlTime.at(messages.now().plus(DAY)))
                .query(Integer.class)
                .single();
    }

    private JdbcClient.StatementSpec bound(String sql, Wanted wanted) {
        return jdbc.sql(sql)
                .params(wanted.parameters())
                .param("org", CurrentOrganization.id())
                .param("now", SqlTime.at(messages.now()));
    }
}
