package app.recado.notifications;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Cursors;
import app.recado.kernel.Page;
import app.recado.kernel.SqlTime;
import app.recado.notifications.NotificationForecastController.DayView;
import app.recado.notifications.NotificationForecastController.ForecastMessage;
import app.recado.notifications.NotificationForecastController.ForecastView;
import app.recado.notifications.NotificationForecastController.OutlookCount;
import app.recado.notifications.NotificationForecastController.RuleCount;
import app.recado.notifications.Outlook.Planned;
import app.recado.organizations.OrganizationMessaging;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.PatientContact;
import app.recado.patients.PatientContacts;
import app.recado.scheduling.Participation;
import app.recado.templates.TemplateKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the rules would tell patients in the days to come, and what they would not, as things stand. */
@Service
class NotificationForecast {

    /** Further ahead most visits are not booked yet. */
    static final int MOST_DAYS = 31;

    /** What is looked at in one forecast; a clinic with more is told that there is more. */
    private static final int MOST_MESSAGES = 20_000;

    private static final String LIST = "notification-forecast";

    private static final String SELECT = """
            select m.id, m.rule_id, m.kind, m.subject_id, m.patient_id, m.due_at, m.useful_until, m.state in ('planned', 'queued', 'expired') as waiting,
                   a.starts_at, a.time_zone, a.participation, coalesce(r.unanswered_only, false) as unanswered_only,
                   m.kind in ('missed', 'recall') and exists (
                       select from appointment b
                        where b.organization_id = :org and b.patient_id = a.patient_id and b.starts_at > a.starts_at
                          and b.healthcare_service_id = a.healthcare_service_id
                          and b.status in ('pending', 'booked', 'arrived', 'checked-in', 'fulfilled')) as followed
              from message m
              join appointment a on a.organization_id = :org and a.id = m.subject_id
              left join notification_rule r on r.organization_id = :org and r.id = m.rule_id
             where m.organization_id = :org and m.due_at >= :from and m.due_at < :to
               and m.kind in ('confirmation', 'reminder', 'cancellation', 'reschedule', 'followup', 'survey', 'missed',
                              'recall')
               and m.superseded_at is null
               and (m.state in ('planned', 'queued', 'handed', 'accepted', 'sending', 'unknown', 'sent', 'delivered', 'read')
                    or m.state = 'expired' and m.reason = 'quiet-hours' and m.due_at > :now)
             order by m.due_at, m.id limit %d
            """.formatted(MOST_MESSAGES + 1);

    private final JdbcClient jdbc;
    private final PatientContacts patients;
    private final OrganizationProfiles organizations;
    private final OrganizationMessaging messaging;
    private final Cursors cursors;
    private final Clock clock;

    NotificationForecast(
            JdbcClient jdbc,
            PatientContacts patients,
            OrganizationProfiles organizations,
            OrganizationMessaging messaging,
            Cursors cursors,
            Clock clock) {
        this.jdbc = jdbc;
        this.patients = patients;
        this.organizations = organizations;
        this.messaging = messaging;
        this.cursors = cursors;
        this.clock = clock;
    }

    /**
     * Which of them.
     *
     * @param date a day of the clinic; null for all
     */
    record Filter(
            @Nullable LocalDate date,
            @Nullable UUID ruleId,
            @Nullable Outlook outlook) {}

    private record Row(
            UUID id, @Nullable UUID ruleId, String kind, UUID visit, UUID patient, Instant start, Planned planned) {}

    private record Judged(Row row, LocalDate day, @Nullable PatientContact patient, Outlook outlook) {}

    /** From the clinic's today, so many days. */
    @Transactional(readOnly = true)
    public ForecastView of(int days) {
        var judged = judged(days);
        var byDay = new TreeMap<LocalDate, int[]>();
        var today = today();
        for (int day = 0; day < days; day++) {
            byDay.put(today.plusDays(day), new int[2]);
        }
        for (var one : judged) {
            if (one.outlook().isTold()) {
                byDay.computeIfAbsent(one.day(), day -> new int[2])[one.outlook() == Outlook.LEFT ? 0 : 1]++;
            }
        }
        var byRule = judged.stream()
                .filter(one -> one.outlook().isTold() && one.row().ruleId() != null)
                .collect(Collectors.groupingBy(
                        one -> String.valueOf(one.row().ruleId()), TreeMap::new, Collectors.counting()));
        var byOutlook =
                judged.stream().collect(Collectors.groupingBy(Judged::outlook, TreeMap::new, Collectors.counting()));
        return new ForecastView(
                byDay.entrySet().stream()
                        .map(day -> new DayView(day.getKey(), day.getValue()[0], day.getValue()[1]))
                        .toList(),
                byRule.entrySet().stream()
                        .map(rule -> new RuleCount(
                                UUID.fromString(rule.getKey()), rule.getValue().intValue()))
                        .toList(),
                byOutlook.entrySet().stream()
                        .map(each ->
                                new OutlookCount(each.getKey(), each.getValue().intValue()))
                        .toList(),
                judged.size() <= MOST_MESSAGES);
    }

    /** Message by message, the first due first.
     *
     * @throws app.recado.kernel.ProblemException {@code invalid-cursor} */
    @Transactional(readOnly = true)
    public Page<ForecastMessage> messages(int days, Filter filter, int limit, @Nullable String cursor) {
        var after = cursors.open(LIST, cursor);
        var rows = new ArrayList<ForecastMessage>();
        boolean passed = after == null;
        for (var one : judged(days)) {
            if (passed && fits(one, filter)) {
                rows.add(view(one));
                if (rows.size() > limit) {
                    break;
                }
            }
            passed = passed || after != null && isBehind(one, after);
        }
        return Page.of(
                rows,
                limit,
                last -> cursors.seal(
                        LIST, last.dueAt().toString(), last.messageId().toString()));
    }

    /** What stood at the cursor may have left meanwhile: what is due later, or at once with a later id, comes after it. */
    private static boolean isBehind(Judged one, List<String> after) {
        int order = one.row().planned().dueAt().compareTo(Instant.parse(after.get(0)));
        return order > 0 || order == 0 && one.row().id().toString().compareTo(after.get(1)) >= 0;
    }

    private static boolean fits(Judged one, Filter filter) {
        return (filter.date() == null || filter.date().equals(one.day()))
                && (filter.ruleId() == null || filter.ruleId().equals(one.row().ruleId()))
                && (filter.outlook() == null || filter.outlook() == one.outlook());
    }

    private static ForecastMessage view(Judged one) {
        var row = one.row();
        var patient = one.patient();
        return new ForecastMessage(
                row.id(),
                row.visit(),
                row.patient(),
                patient == null ? "" : patient.displayName(),
                row.start(),
                TemplateKind.valueOf(row.kind().toUpperCase(Locale.ROOT)),
                row.ruleId(),
                row.planned().dueAt(),
                one.outlook());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), organizations.current().timeZone());
    }

    private List<Judged> judged(int days) {
        var zone = organizations.current().timeZone();
        var today = today();
        var rows = jdbc.sql(SELECT)
                .param("org", CurrentOrganization.id())
                .param("from", SqlTime.at(today.atStartOfDay(zone).toInstant()))
                .param("to", SqlTime.at(today.plusDays(days).atStartOfDay(zone).toInstant()))
                .param("now", SqlTime.at(clock.instant()))
                .query(NotificationForecast::row)
                .list();
        Map<UUID, PatientContact> known =
                patients.findAll(rows.stream().map(Row::patient).collect(Collectors.toSet()));
        var quiet = messaging.preferences().quietHours();
        Function<Row, Judged> judge = row -> {
            var patient = known.get(row.patient());
            return new Judged(
                    row,
                    LocalDate.ofInstant(row.planned().dueAt(), zone),
                    patient,
                    Outlook.of(row.planned(), patient, quiet));
        };
        return rows.stream().map(judge).toList();
    }

    private static Row row(ResultSet row, int n) throws SQLException {
        return new Row(
                row.getObject("id", UUID.class),
                row.getObject("rule_id", UUID.class),
                row.getString("kind"),
                row.getObject("subject_id", UUID.class),
                row.getObject("patient_id", UUID.class),
                SqlTime.instant(row, "starts_at"),
                new Planned(
                        row.getBoolean("waiting"),
                        TemplateKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        row.getBoolean("followed"),
                        row.getBoolean("unanswered_only"),
                        Participation.valueOf(row.getString("participation")
                                .toUpperCase(Locale.ROOT)
                                .replace('-', '_')),
                        SqlTime.instant(row, "due_at"),
                        SqlTime.instant(row, "useful_until"),
                        ZoneId.of(row.getString("time_zone"))));
    }
}
