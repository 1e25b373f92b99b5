package app.recado.notifications;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.FieldProblem;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.notifications.NotificationRule.Conditions;
import app.recado.notifications.NotificationRule.Details;
import app.recado.notifications.NotificationRule.Timing;
import app.recado.scheduling.AppointmentSource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The rules of the current organization. Whoever changes one changes what is planned by it in the same transaction; nobody
 * plans by the rules meanwhile.
 */
@Service
class NotificationRules {

    /** More messages within a day than that are not written before a person has seen the number. */
    static final int ASK_ABOVE = 200;

    /** More rules are a list that nobody understands. */
    private static final int MOST_RULES = 50;

    private static final String MISSING = "There is no such rule";

    private static final String COLUMNS = """
            id, name, trigger, minutes, days, months, at_time, working_days, service_ids, practitioner_ids, location_ids,
            insurance_ids, sources, tags, first_visit, household, unanswered_only, latest_minutes, line_id, other_line,
            holdout_percent, active, version
            """;

    private final JdbcClient jdbc;
    private final RulePlanning planning;
    private final LiveHints hints;
    private final Clock clock;

    NotificationRules(JdbcClient jdbc, RulePlanning planning, LiveHints hints, Clock clock) {
        this.jdbc = jdbc;
        this.planning = planning;
        this.hints = hints;
        this.clock = clock;
    }

    /**
     * What happens first comes first: notices, then reminders from the earliest to the latest, then what follows the visit.
     */
    @Transactional(readOnly = true)
    public List<NotificationRule> all() {
        return jdbc.sql("select " + COLUMNS + """
                         from notification_rule where organization_id = ?
                         order by array_position(cast(? as text[]), trigger),
                                  case when trigger = 'before-visit' then - minutes else minutes end,
                                  30 * months, days, at_time, created_at, id
                        """)
                .params(CurrentOrganization.id(), RuleTrigger.wireNames())
                .query(NotificationRules::read)
                .list();
    }

    /** @throws ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public NotificationRule get(UUID id) {
        return find(id).orElseThrow(() -> Problem.NOT_FOUND.because(MISSING));
    }

    /**
     * What of a rule counts at the moment of sending.
     *
     * @param otherLine it leaves on another line once its own has been down for a while
     * @param holdoutPercent so many visits of a hundred go without; 0 for none
     */
    record Terms(boolean unansweredOnly, boolean workingDays, boolean otherLine, int holdoutPercent) {

        /** Of what no rule of today wrote. */
        static final Terms NONE = new Terms(false, false, false, 0);
    }

    /** The terms of these rules, by their ids; a rule that was deleted has none. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Map<UUID, Terms> terms(Collection<UUID> rules) {
        var terms = new HashMap<UUID, Terms>();
        if (!rules.isEmpty()) {
            jdbc.sql("""
                            select id, unanswered_only, working_days, other_line, coalesce(holdout_percent, 0) as holdout
                              from notification_rule where organization_id = ? and id = any (?)
                            """)
                    .params(CurrentOrganization.id(), rules.toArray(UUID[]::new))
                    .query(row -> {
                        terms.put(
                                row.getObject("id", UUID.class),
                                new Terms(
                                        row.getBoolean("unanswered_only"),
                                        row.getBoolean("working_days"),
                                        row.getBoolean("other_line"),
                                        row.getInt("holdout")));
                    });
        }
        return terms;
    }

    /**
     * Adds a rule. Of visits that are booked already, what is still to come is planned.
     *
     * @param seen how many messages within a day somebody was told of and wants; null for none
     * @throws ProblemException {@code invalid-fields}, {@code rule-writes-to-many}
     */
    @Transactional
    public NotificationRule create(Details details, boolean active, @Nullable Integer seen, String by) {
        check(details);
        planning.changeRules();
        int rules = jdbc.sql("select count(*) from notification_rule where organization_id = ?")
                .param(CurrentOrganization.id())
                .query(Integer.class)
                .single();
        if (rules >= MOST_RULES) {
            throw Problem.TOO_MANY_RULES.because("A clinic has at most %d rules".formatted(MOST_RULES));
        }
        var id = Ids.next();
        insert(id, details, active, by);
        apply(id, details.trigger(), seen);
        return get(id);
    }

    /**
     * Changes a rule and what waits of it.
     *
     * @throws ProblemException {@code not-found}, {@code stale}, {@code invalid-fields}, {@code rule-writes-to-many}
     */
    @Transactional
    public NotificationRule change(
            UUID id, ExpectedVersion expected, Details details, boolean active, @Nullable Integer seen) {
        planning.changeRules();
        var before = get(id);
        expected.mustBe(before.version());
        check(details);
        if (before.details().trigger() != details.trigger()) {
            throw Problem.INVALID_FIELDS.at(
                    "/trigger", "unknown-value", "Another trigger is another rule: add it and delete this one");
        }
        bound(jdbc.sql("""
                        update notification_rule
                           set name = :name, minutes = :minutes, days = :days, months = :months, at_time = :time,
                               working_days = :working, service_ids = :services, practitioner_ids = :practitioners,
                               location_ids = :locations, insurance_ids = :insurances, sources = :sources, tags = :tags,
                               first_visit = :first, household = :household, unanswered_only = :unanswered,
                               latest_minutes = :latest, line_id = :line, other_line = :other, holdout_percent = :holdout, active = :active,
                               version = version + 1
                         where organization_id = :org and id = :id
                        """), id, details, active).update();
        apply(id, details.trigger(), seen);
        return get(id);
    }

    /**
     * Deletes a rule with what waits of it; what was sent by it stays known.
     *
     * @throws ProblemException {@code not-found}, {@code stale}
     */
    @Transactional
    public void delete(UUID id, ExpectedVersion expected) {
        planning.changeRules();
        var before = get(id);
        expected.mustBe(before.version());
        jdbc.sql("delete from notification_rule where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), id)
                .update();
        apply(id, before.details().trigger(), null);
    }

    /** Adds rules to a clinic that has none; otherwise nothing. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void addToNew(List<Details> rules, String by) {
        planning.changeRules();
        if (all().isEmpty()) {
            rules.forEach(details -> insert(Ids.next(), details, true, by));
        }
    }

    private void apply(UUID id, RuleTrigger trigger, @Nullable Integer seen) {
        int leaving = planning.leavingWithinADay(id, trigger);
        if (leaving > ASK_ABOVE && (seen == null || seen < leaving)) {
            throw Problem.RULE_WRITES_TO_MANY
                    .because("%d messages would leave within a day: repeat with that number to send them"
                            .formatted(leaving))
                    .with(Map.of("messages", leaving));
        }
        planning.replan(id, trigger);
        hints.changed(LiveHints.Kind.NOTIFICATION_RULE, id);
    }

    private void insert(UUID id, Details details, boolean active, String by) {
        bound(
                        jdbc.sql("""
                        insert into notification_rule (organization_id, id, name, trigger, minutes, days, months, at_time,
                                                       working_days, service_ids, practitioner_ids, location_ids, insurance_ids,
                                                       sources, tags, first_visit, household, unanswered_only, latest_minutes,
                                                       line_id, other_line, holdout_percent, active, created_at, created_by,
                                                       version)
                        values (:org, :id, :name, :trigger, :minutes, :days, :months, :time, :working, :services,
                                :practitioners, :locations, :insurances, :sources, :tags, :first, :household, :unanswered,
                                :latest, :line, :other, :holdout, :active, :now, :by, 0)
                        """)
                                .param("trigger", details.trigger().wireName())
                                .param("now", SqlTime.at(clock.instant()))
                                .param("by", by),
                        id,
                        details,
                        active)
                .update();
    }

    private Optional<NotificationRule> find(UUID id) {
        return jdbc.sql("select " + COLUMNS + " from notification_rule where organization_id = ? and id = ?")
                .params(CurrentOrganization.id(), id)
                .query(NotificationRules::read)
                .optional();
    }

    private void check(Details details) {
        var wrong = new ArrayList<FieldProblem>();
        var trigger = details.trigger();
        var timing = details.timing();
        boolean before = trigger == RuleTrigger.BEFORE_VISIT;
        boolean recall = trigger == RuleTrigger.RECALL;
        boolean after = trigger.isAfterwards() && !recall;
        if ((before || after) != (timing.minutes() != null)) {
            wrong.add(new FieldProblem(
                    after || !before && timing.minutes() != null ? "/minutesAfter" : "/minutesBefore",
                    before || after ? "required" : "unknown-value",
                    "Only before-visit, after-visit, survey and no-show have one, and always"));
        }
        boolean timed = trigger == RuleTrigger.SAME_DAY || recall;
        if (timed != (timing.time() != null)) {
            wrong.add(new FieldProblem(
                    "/time",
                    timed ? "required" : "unknown-value",
                    "Only same-day and recall have an hour, and always"));
        }
        if (recall && (timing.days() == null) == (timing.months() == null)) {
            wrong.add(new FieldProblem(
                    "/monthsAfter", "required", "A recall comes so many days or so many months after, not both"));
        }
        if (!recall && (timing.days() != null || timing.months() != null)) {
            wrong.add(new FieldProblem("/monthsAfter", "unknown-value", "Only recall has it"));
        }
        if (timing.workingDays() && (!trigger.isScheduled() || trigger == RuleTrigger.SAME_DAY)) {
            wrong.add(new FieldProblem(
                    "/workingDaysOnly",
                    "unknown-value",
                    "What is told at once or on the day of the visit has no other day"));
        }
        if (before && timing.minutes() != null && details.latestMinutes() >= timing.minutes()) {
            wrong.add(new FieldProblem(
                    "/latestMinutesBefore", "out-of-range", "It is useful until some time after it is due"));
        }
        if (trigger.isAfterwards() && (details.unansweredOnly() || details.latestMinutes() > 0)) {
            wrong.add(new FieldProblem(
                    details.unansweredOnly() ? "/unansweredOnly" : "/latestMinutesBefore",
                    "unknown-value",
                    "After a visit nobody is asked whether they come"));
        }
        if (details.holdoutPercent() != null && !trigger.isBefore()) {
            wrong.add(new FieldProblem("/holdoutPercent", "unknown-value", "Only reminders can be left out"));
        }
        if (recall && details.conditions().serviceIds().isEmpty()) {
            wrong.add(new FieldProblem(
                    "/conditions/healthcareServiceIds", "required", "A recall is about visits of a service"));
        }
        var conditions = details.conditions();
        requireKnown("healthcare_service", "/healthcareServiceIds/", conditions.serviceIds(), wrong);
        requireKnown("practitioner", "/practitionerIds/", conditions.practitionerIds(), wrong);
        requireKnown("location", "/locationIds/", conditions.locationIds(), wrong);
        requireKnown("insurance", "/insuranceIds/", conditions.insuranceIds(), wrong);
        if (details.lineId() != null
                && !known("whatsapp_line", List.of(details.lineId())).contains(details.lineId())) {
            wrong.add(new FieldProblem("/lineId", "unknown-value", "Choose one of the clinic's lines"));
        }
        if (!wrong.isEmpty()) {
            throw new ProblemException(Problem.INVALID_FIELDS, Problem.INVALID_FIELDS.title(), wrong);
        }
    }

    private void requireKnown(String table, String pointer, List<UUID> ids, List<FieldProblem> wrong) {
        if (!ids.isEmpty()) {
            var known = known(table, ids);
            for (int i = 0; i < ids.size(); i++) {
                if (!known.contains(ids.get(i))) {
                    wrong.add(new FieldProblem(pointer + i, "unknown-value", "The clinic does not have it"));
                }
            }
        }
    }

    /** @param table a name of ours, never a client's */
    private Set<UUID> known(String table, List<UUID> ids) {
        return jdbc
                .sql("select id from %s where organization_id = ? and id = any (?)".formatted(table))
                .params(CurrentOrganization.id(), ids.toArray(UUID[]::new))
                .query((row, n) -> row.getObject("id", UUID.class))
                .list()
                .stream()
                .collect(Collectors.toSet());
    }

    private static JdbcClient.StatementSpec bound(
            JdbcClient.StatementSpec statement, UUID id, Details details, boolean active) {
        var conditions = details.conditions();
        return statement
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .param("name", details.name())
                .param("minutes", details.timing().minutes())
                .param("days", details.timing().days())
                .param("months", details.timing().months())
                .param("time", details.timing().time())
                .param("working", details.timing().workingDays())
                .param("services", conditions.serviceIds().toArray(UUID[]::new))
                .param("practitioners", conditions.practitionerIds().toArray(UUID[]::new))
                .param("locations", conditions.locationIds().toArray(UUID[]::new))
                .param("insurances", conditions.insuranceIds().toArray(UUID[]::new))
                .param(
                        "sources",
                        conditions.sources().stream()
                                .map(AppointmentSource::wireName)
                                .toArray(String[]::new))
                .param("tags", conditions.tags().toArray(String[]::new))
                .param("first", conditions.firstVisit())
                .param("household", conditions.household())
                .param("unanswered", details.unansweredOnly())
                .param("latest", details.latestMinutes())
                .param("line", details.lineId())
                .param("other", details.otherLine())
                .param("holdout", details.holdoutPercent())
                .param("active", active);
    }

    private static NotificationRule read(ResultSet row, int n) throws SQLException {
        return new NotificationRule(
                row.getObject("id", UUID.class),
                new Details(
                        row.getString("name"),
                        RuleTrigger.of(row.getString("trigger")),
                        new Timing(
                                row.getObject("minutes", Integer.class),
                                row.getObject("days", Integer.class),
                                row.getObject("months", Integer.class),
                                row.getObject("at_time", LocalTime.class),
                                row.getBoolean("working_days")),
                        new Conditions(
                                List.of((UUID[]) row.getArray("service_ids").getArray()),
                                List.of((UUID[])
                                        row.getArray("practitioner_ids").getArray()),
                                List.of((UUID[]) row.getArray("location_ids").getArray()),
                                List.of((UUID[]) row.getArray("insurance_ids").getArray()),
                                Arrays.stream((String[]) row.getArray("sources").getArray())
                                        .map(NotificationRules::source)
                                        .toList(),
                                List.of((String[]) row.getArray("tags").getArray()),
                                row.getObject("first_visit", Boolean.class),
                                row.getObject("household", Boolean.class)),
                        row.getBoolean("unanswered_only"),
                        row.getInt("latest_minutes"),
                        row.getObject("line_id", UUID.class),
                        row.getBoolean("other_line"),
                        row.getObject("holdout_percent", Integer.class)),
                row.getBoolean("active"),
                row.getLong("version"));
    }

    private static AppointmentSource source(String wireName) {
        return Arrays.stream(AppointmentSource.values())
                .filter(source -> source.wireName().equals(wireName))
                .findFirst()
                .orElseThrow();
    }
}
