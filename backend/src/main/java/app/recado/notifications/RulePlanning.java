package app.recado.notifications;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.messaging.RuleOutbox;
import app.recado.organizations.OrganizationMessaging;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which rules a visit meets and when each is due: one query, asked of one visit when that changes and of all visits when a
 * rule does, so that both plan the same.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class RulePlanning {

    /** Conditions of rule {@code r} on visit {@code a} of patient {@code p}. */
    private static final String MEETS = """
               and (r.service_ids = '{}' or a.healthcare_service_id = any (r.service_ids))
               and (r.practitioner_ids = '{}' or a.practitioner_id = any (r.practitioner_ids))
               and (r.location_ids = '{}' or a.location_id = any (r.location_ids))
               and (r.insurance_ids = '{}' or a.insurance_id = any (r.insurance_ids))
               and (r.sources = '{}' or a.source = any (r.sources))
               and (r.tags = '{}' or p.tags && r.tags)
               and (r.first_visit is null or r.first_visit = not exists (
                    select from appointment b
                     where b.organization_id = :org and b.patient_id = a.patient_id and b.starts_at < a.starts_at
                       and b.status in ('booked', 'arrived', 'checked-in', 'fulfilled')))
            """;

    private static final String VISITS = """
              from notification_rule r
              join appointment a on a.organization_id = :org
              join patient p on p.organization_id = :org and p.id = a.patient_id
            """;

    /**
     * What is due at a time that follows from the visit's. Of no use at once: where the time of a rule is after the last
     * moment at which it is useful, the rule is not about that visit. The words {@code says} are those of {@link Told}.
     */
    private static final String SCHEDULED = """
            select a.id as subject_id, a.schedule_version as subject_version, 'reminder' as kind, r.id as rule_id, a.patient_id,
                   r.line_id,
                   to_char(a.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z" ') || d.display_name as says,
                   due.due_at, due.useful_until,
                   coalesce(quiet.reigns and quiet.ends >= due.useful_until, false) as lost
            """ + VISITS + """
              join practitioner d on d.organization_id = :org and d.id = a.practitioner_id
             cross join (select cast(:from as time) as begins, cast(:to as time) as ends) as hours
             cross join lateral (
                   select case r.trigger
                              when 'before-visit' then a.starts_at - make_interval(mins => r.minutes)
                              else ((a.starts_at at time zone a.time_zone)::date + r.at_time) at time zone a.time_zone
                          end as due_at,
                          a.starts_at - make_interval(mins => r.latest_minutes) as useful_until) as due
             cross join lateral (select due.due_at at time zone a.time_zone as moment) as clock
             cross join lateral (
                   select case when hours.begins < hours.ends
                               then clock.moment::time >= hours.begins and clock.moment::time < hours.ends
                               when hours.begins > hours.ends
                               then clock.moment::time >= hours.begins or clock.moment::time < hours.ends
                               else false end as reigns,
                          (clock.moment::date + case when hours.begins > hours.ends and clock.moment::time >= hours.begins
                                                     then 1 else 0 end + hours.ends) at time zone a.time_zone as ends) as quiet
             where r.organization_id = :org and r.active and r.trigger in ('before-visit', 'same-day')
               and a.status = 'booked' and a.starts_at > :now and due.due_at < due.useful_until
            """ + MEETS;

    /** Notices that are still wanted; what makes them due has happened. */
    private static final String NOTICES = """
            select a.id as subject_id, a.schedule_version as subject_version, cast(null as text) as kind, r.id as rule_id,
                   a.patient_id, r.line_id, cast(null as text) as says, cast(null as timestamptz) as due_at,
                   a.starts_at as useful_until, false as lost
            """ + VISITS + """
             where r.organization_id = :org and r.active and r.trigger = :trigger and a.starts_at > :now
               and a.status in ('booked', 'cancelled')
            """ + MEETS;

    private final RuleOutbox outbox;
    private final OrganizationMessaging organization;
    private final JdbcClient jdbc;
    private final Clock clock;

    RulePlanning(RuleOutbox outbox, OrganizationMessaging organization, JdbcClient jdbc, Clock clock) {
        this.outbox = outbox;
        this.organization = organization;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A reminder that a rule wants of a visit.
     *
     * @param lost it falls into quiet hours and would be of no use after them
     */
    record Reminder(UUID ruleId, @Nullable UUID lineId, Instant dueAt, Instant usefulUntil, boolean lost) {}

    /** A rule that something which happened to a visit meets. */
    record Notice(UUID ruleId, @Nullable UUID lineId) {}

    /**
     * Keeps rules as they are until the transaction ends. Taken before messages are locked: whoever changes a rule waits
     * for messages, too.
     */
    void keepRules() {
        jdbc.sql("select pg_advisory_xact_lock_shared(hashtextextended(?, 0))")
                .param(lockName())
                .query((row, n) -> n)
                .list();
    }

    /** Waits until nobody plans by the rules of this clinic, and keeps others from it until the transaction ends. */
    void changeRules() {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param(lockName())
                .query((row, n) -> n)
                .list();
    }

    private static String lockName() {
        return "notification rules " + CurrentOrganization.id();
    }

    /** What the rules want of one visit, the earliest first. */
    List<Reminder> remindersOf(UUID visit) {
        return jdbc.sql(SCHEDULED + " and a.id = :visit order by due_at, rule_id")
                .params(quietHours())
                .param("org", CurrentOrganization.id())
                .param("now", SqlTime.at(clock.instant()))
                .param("visit", visit)
                .query((row, n) -> new Reminder(
                        row.getObject("rule_id", UUID.class),
                        row.getObject("line_id", UUID.class),
                        SqlTime.instant(row, "due_at"),
                        SqlTime.instant(row, "useful_until"),
                        row.getBoolean("lost")))
                .list();
    }

    /** The rules that want this of a visit to be told, the oldest first. */
    List<Notice> noticesOf(UUID visit, RuleTrigger trigger) {
        return jdbc.sql("select r.id, r.line_id " + VISITS + """
                         where r.organization_id = :org and r.active and r.trigger = :trigger and a.id = :visit
                        """ + MEETS + " order by r.created_at, r.id")
                .param("org", CurrentOrganization.id())
                .param("trigger", trigger.wireName())
                .param("visit", visit)
                .query((row, n) -> new Notice(row.getObject("id", UUID.class), row.getObject("line_id", UUID.class)))
                .list();
    }

    /** The rules whose conditions a visit meets, paused ones too. */
    Set<UUID> metBy(UUID visit) {
        return new HashSet<>(
                jdbc.sql("select r.id " + VISITS + " where r.organization_id = :org and a.id = :visit" + MEETS)
                        .param("org", CurrentOrganization.id())
                        .param("visit", visit)
                        .query((row, n) -> row.getObject("id", UUID.class))
                        .list());
    }

    /** Makes what waits of a rule what the rule says now; one that is paused or deleted wants nothing. */
    void replan(UUID rule, RuleTrigger trigger) {
        outbox.replan(wanted(List.of(rule), trigger), List.of(rule));
    }

    /** The same of all rules that are due at a time. */
    void replanScheduled() {
        var rules = jdbc.sql("""
                        select id from notification_rule
                         where organization_id = ? and trigger in ('before-visit', 'same-day')
                        """)
                .param(CurrentOrganization.id())
                .query((row, n) -> row.getObject("id", UUID.class))
                .list();
        outbox.replan(wanted(rules, RuleTrigger.BEFORE_VISIT), rules);
    }

    /** How many messages of the rule as it is now would leave within a day because of its change. */
    int leavingWithinADay(UUID rule, RuleTrigger trigger) {
        return trigger.isScheduled() ? outbox.leavingWithinADay(wanted(List.of(rule), trigger), List.of(rule)) : 0;
    }

    private RuleOutbox.Wanted wanted(Collection<UUID> rules, RuleTrigger trigger) {
        var parameters = new HashMap<String, Object>();
        parameters.put("wanted", rules.toArray(UUID[]::new));
        if (trigger.isScheduled()) {
            parameters.putAll(quietHours());
        } else {
            parameters.put("trigger", trigger.wireName());
        }
        return new RuleOutbox.Wanted(
                (trigger.isScheduled() ? SCHEDULED : NOTICES) + " and r.id = any (:wanted)", parameters);
    }

    /** Hours that are equal are none. */
    private Map<String, Object> quietHours() {
        var hours = organization.preferences().quietHours();
        return hours == null
                ? Map.of("from", LocalTime.MIDNIGHT, "to", LocalTime.MIDNIGHT)
                : Map.of("from", hours.from(), "to", hours.to());
    }
}
