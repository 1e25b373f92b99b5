package app.recado.notifications;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.messaging.RuleOutbox;
import app.recado.organizations.OrganizationMessaging;
import app.recado.scheduling.availability.PublicHolidays;
import app.recado.templates.TemplateKind;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
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

    /** Later nobody asks how a visit was, or regrets that somebody missed it. */
    private static final int AFTER_DAYS = 3;

    /** So long it is still worth asking somebody to come again. */
    private static final int RECALL_DAYS = 30;

    /** So far ahead holidays are looked at; what is due later is looked at again when it leaves. */
    private static final int HOLIDAY_DAYS = 700;

    /** Conditions of rule {@code r} on visit {@code a} of patient {@code p}. */
    private static final String MEETS = """
               and (r.service_ids = '{}' or a.healthcare_service_id = any (r.service_ids))
               and (r.practitioner_ids = '{}' or a.practitioner_id = any (r.practitioner_ids))
               and (r.location_ids = '{}' or a.location_id = any (r.location_ids))
               and (r.insurance_ids = '{}' or a.insurance_id = any (r.insurance_ids))
               and (r.sources = '{}' or a.source = any (r.sources))
               and (r.tags = '{}' or p.tags && r.tags)
               and (r.household is null or r.household = exists (
                    select from household_member h where h.organization_id = :org and h.patient_id = a.patient_id))
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
     * What is due at a time that follows from the visit's, before it or after it. Of no use at once: where the time of a rule
     * is after the last moment at which it is useful, the rule is not about that visit. The words {@code says} are those of
     * {@link Told}, the days those of {@link NonWorkingDays}.
     */
    private static final String DUE =
            """
            select a.id as subject_id, a.schedule_version as subject_version,
                   case r.trigger when 'after-visit' then 'followup' when 'survey' then 'survey' when 'no-show' then 'missed'
                                  when 'recall' then 'recall' else 'reminder' end as kind,
                   r.id as rule_id, a.patient_id, r.line_id,
                   to_char(a.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z" ') || d.display_name as says,
                   due.due_at, due.useful_until,
                   coalesce(quiet.reigns and quiet.ends >= due.useful_until, false) as lost
            """ + VISITS + """
              join practitioner d on d.organization_id = :org and d.id = a.practitioner_id
             cross join (select cast(:from as time) as begins, cast(:to as time) as ends, cast(:holidays as date[]) as holidays)
                     as hours
             cross join lateral (
                   select case r.trigger
                              when 'before-visit' then a.starts_at - make_interval(mins => r.minutes)
                              when 'same-day'
                              then ((a.starts_at at time zone a.time_zone)::date + r.at_time) at time zone a.time_zone
                              when 'recall'
                              then (((a.starts_at at time zone a.time_zone)::date
                                     + make_interval(months => coalesce(r.months, 0), days => coalesce(r.days, 0)))::date
                                    + r.at_time) at time zone a.time_zone
                              else a.ends_at + make_interval(mins => r.minutes)
                          end as due_at) as said
             cross join lateral (
                   select case when not r.working_days then said.due_at
                               else (select moved.moment at time zone a.time_zone
                                       from generate_series(0, %d) as step (days)
                                      cross join lateral (
                                            select (said.due_at at time zone a.time_zone)
                                                   + make_interval(days => case r.trigger when 'before-visit' then - step.days
                                                                                          else step.days end) as moment) as moved
                                      where extract(isodow from moved.moment) <> 7
                                        and moved.moment::date <> all (hours.holidays)
                                      order by step.days limit 1)
                          end as due_at) as kept
             cross join lateral (
                   select kept.due_at,
                          case when r.trigger in ('before-visit', 'same-day')
                               then a.starts_at - make_interval(mins => r.latest_minutes)
                               when r.trigger = 'recall' then kept.due_at + interval '%d days'
                               else kept.due_at + interval '%d days' end as useful_until) as due
             cross join lateral (select due.due_at at time zone a.time_zone as moment) as clock
             cross join lateral (
                   select case when hours.begins < hours.ends
                               then clock.moment::time >= hours.begins and clock.moment::time < hours.ends
                               when hours.begins > hours.ends
                               then clock.moment::time >= hours.begins or clock.moment::time < hours.ends
                               else false end as reigns,
                          (clock.moment::date + case when hours.begins > hours.ends and clock.moment::time >= hours.begins
                                                     then 1 else 0 end + hours.ends) at time zone a.time_zone as ends) as quiet
             where r.organization_id = :org and r.active and due.due_at < due.useful_until
            """.formatted(NonWorkingDays.MOST_IN_A_ROW, RECALL_DAYS, AFTER_DAYS) + MEETS;

    private static final String SCHEDULED =
            DUE + " and r.trigger in ('before-visit', 'same-day') and a.status = 'booked' and a.starts_at > :now";

    /** A recall is about the last visit of its service: one that another has followed asks nobody to come again. */
    private static final String AFTERWARDS = DUE + """
               and (r.trigger in ('after-visit', 'survey', 'recall') and a.status = 'fulfilled'
                    or r.trigger = 'no-show' and a.status = 'noshow')
               and due.useful_until > :now
               and (r.trigger <> 'recall' or not exists (
                    select from appointment b
                     where b.organization_id = :org and b.patient_id = a.patient_id and b.starts_at > a.starts_at
                       and b.healthcare_service_id = a.healthcare_service_id and b.status = 'fulfilled'))
            """;

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
    private final PublicHolidays holidays;
    private final JdbcClient jdbc;
    private final Clock clock;

    RulePlanning(
            RuleOutbox outbox,
            OrganizationMessaging organization,
            PublicHolidays holidays,
            JdbcClient jdbc,
            Clock clock) {
        this.outbox = outbox;
        this.organization = organization;
        this.holidays = holidays;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What a rule wants to be told of a visit at a time.
     *
     * @param lost it falls into quiet hours and would be of no use after them
     */
    record Timed(
            TemplateKind kind, UUID ruleId, @Nullable UUID lineId, Instant dueAt, Instant usefulUntil, boolean lost) {}

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

    /** The reminders that rules want of one visit, the earliest first. */
    List<Timed> remindersOf(UUID visit) {
        return timed(SCHEDULED, visit);
    }

    /** What rules want to be told after one visit, the earliest first; what is of no use any more is left out. */
    List<Timed> afterwardsOf(UUID visit) {
        return timed(AFTERWARDS, visit);
    }

    private List<Timed> timed(String wanted, UUID visit) {
        return jdbc.sql(wanted + " and a.id = :visit order by due_at, rule_id")
                .params(hours())
                .param("org", CurrentOrganization.id())
                .param("now", SqlTime.at(clock.instant()))
                .param("visit", visit)
                .query((row, n) -> new Timed(
                        TemplateKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        row.getObject("rule_id", UUID.class),
                        row.getObject("line_id", UUID.class),
                        SqlTime.instant(row, "due_at"),
                        SqlTime.instant(row, "useful_until"),
                        row.getBoolean("lost")))
                .list();
    }

    /** Of these visits those whose patient has come again for the same service since, or is about to. */
    Set<UUID> followed(Collection<UUID> visits) {
        if (visits.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(jdbc.sql("""
                        select a.id from appointment a
                         where a.organization_id = :org and a.id = any (:visits)
                           and exists (select from appointment b
                                        where b.organization_id = :org and b.patient_id = a.patient_id
                                          and b.starts_at > a.starts_at
                                          and b.healthcare_service_id = a.healthcare_service_id
                                          and b.status in ('pending', 'booked', 'arrived', 'checked-in', 'fulfilled'))
                        """)
                .param("org", CurrentOrganization.id())
                .param("visits", visits.toArray(UUID[]::new))
                .query((row, n) -> row.getObject("id", UUID.class))
                .list());
    }

    /** The days on which rules that keep to working days write to nobody, around now. */
    NonWorkingDays nonWorkingDays() {
        return nonWorkingDaysAround(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    /** The same around a day. */
    NonWorkingDays nonWorkingDaysAround(LocalDate day) {
        return new NonWorkingDays(holidays.closedBetween(
                day.minusDays(NonWorkingDays.MOST_IN_A_ROW + 1L), day.plusDays(NonWorkingDays.MOST_IN_A_ROW + 1L)));
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
        replanAll(RuleTrigger::isBefore);
        replanAll(RuleTrigger::isAfterwards);
    }

    private void replanAll(Predicate<RuleTrigger> which) {
        var triggers = Arrays.stream(RuleTrigger.values()).filter(which).toList();
        var rules = jdbc.sql("select id from notification_rule where organization_id = ? and trigger = any (?)")
                .params(
                        CurrentOrganization.id(),
                        triggers.stream().map(RuleTrigger::wireName).toArray(String[]::new))
                .query((row, n) -> row.getObject("id", UUID.class))
                .list();
        outbox.replan(wanted(rules, triggers.getFirst()), rules);
    }

    /** How many messages of the rule as it is now would leave within a day because of its change. */
    int leavingWithinADay(UUID rule, RuleTrigger trigger) {
        return trigger.isScheduled() ? outbox.leavingWithinADay(wanted(List.of(rule), trigger), List.of(rule)) : 0;
    }

    private RuleOutbox.Wanted wanted(Collection<UUID> rules, RuleTrigger trigger) {
        var parameters = new HashMap<String, Object>();
        parameters.put("wanted", rules.toArray(UUID[]::new));
        if (trigger.isScheduled()) {
            parameters.putAll(hours());
        } else {
            parameters.put("trigger", trigger.wireName());
        }
        var wanted = trigger.isBefore() ? SCHEDULED : trigger.isAfterwards() ? AFTERWARDS : NOTICES;
        return new RuleOutbox.Wanted(wanted + " and r.id = any (:wanted)", parameters);
    }

    /** When nothing is told: quiet hours, of which those that are equal are none, and holidays. */
    private Map<String, Object> hours() {
        var hours = organization.preferences().quietHours();
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var closed =
                holidays.closedBetween(today.minusDays(NonWorkingDays.MOST_IN_A_ROW), today.plusDays(HOLIDAY_DAYS));
        return Map.of(
                "from",
                hours == null ? LocalTime.MIDNIGHT : hours.from(),
                "to",
                hours == null ? LocalTime.MIDNIGHT : hours.to(),
                "holidays",
                closed.stream().map(LocalDate::toString).toArray(String[]::new));
    }
}
