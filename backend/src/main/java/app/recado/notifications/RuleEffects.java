package app.recado.notifications;

import app.recado.kernel.CurrentOrganization;
import app.recado.notifications.RuleEffect.Group;
import app.recado.notifications.RuleEffect.LineGroup;
import app.recado.notifications.RuleEffect.ServiceGroups;
import app.recado.notifications.RuleEffect.WeekGroups;
import app.recado.organizations.OrganizationProfiles;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Counts what became of the visits that were drawn for a rule, either way. */
@Service
class RuleEffects {

    private static final String GROUPS = """
            select t.held_out, t.service_id, t.name, t.week, t.line_id, t.line_name, grouping(t.service_id) = 0 as of_service,
                   grouping(t.week) = 0 as of_week, grouping(t.line_id) = 0 as of_line, count(*) as visits,
                   count(*) filter (where t.status in ('arrived', 'checked-in', 'fulfilled')) as attended,
                   count(*) filter (where t.status = 'noshow') as missed,
                   count(*) filter (where t.participation = 'accepted') as confirmed
              from (select t.held_out, a.status, a.participation, s.id as service_id, s.name, l.id as line_id, l.name as line_name,
                           cast(date_trunc('week', a.starts_at at time zone :zone) as date) as week
                      from rule_trial t
                      join appointment a on a.organization_id = :org and a.id = t.appointment_id
                      join healthcare_service s on s.organization_id = :org and s.id = a.healthcare_service_id
                      left join lateral (
                           select m.line_id from message m
                            where m.organization_id = :org and m.subject_id = t.appointment_id and m.rule_id = t.rule_id
                              and m.out_at is not null and not t.held_out
                            order by m.out_at desc limit 1) m on true
                      left join whatsapp_line l on l.organization_id = :org and l.id = m.line_id
                     where t.organization_id = :org and t.rule_id = :rule and a.status <> 'entered-in-error') t
             group by grouping sets ((t.held_out), (t.held_out, t.service_id, t.name), (t.held_out, t.week),
                                     (t.held_out, t.line_id, t.line_name))
             order by t.name, t.service_id, t.week, t.line_name, t.line_id
            """;

    private final NotificationRules rules;
    private final OrganizationProfiles organizations;
    private final JdbcClient jdbc;

    RuleEffects(NotificationRules rules, OrganizationProfiles organizations, JdbcClient jdbc) {
        this.rules = rules;
        this.organizations = organizations;
        this.jdbc = jdbc;
    }

    /** Both groups by whether they went without. */
    private static final class Pair {
        private final Map<Boolean, Group> groups = new HashMap<>();

        Group reminded() {
            return groups.getOrDefault(false, RuleEffect.NOBODY);
        }

        Group heldOut() {
            return groups.getOrDefault(true, RuleEffect.NOBODY);
        }
    }

    /**
     * What the reminder of a rule changes, as far as it can be said.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}
     */
    @Transactional(readOnly = true)
    public RuleEffect of(UUID rule) {
        var details = rules.get(rule).details();
        var all = new Pair();
        var services = new LinkedHashMap<UUID, Pair>();
        var names = new HashMap<UUID, String>();
        var weeks = new LinkedHashMap<LocalDate, Pair>();
        var lines = new ArrayList<LineGroup>();
        jdbc.sql(GROUPS)
                .param("org", CurrentOrganization.id())
                .param("rule", rule)
                .param("zone", organizations.current().timeZone().getId())
                .query(row -> {
                    if (row.getBoolean("of_line")) {
                        // Without one it has not left yet, or its visit goes without.
                        if (row.getObject("line_id", UUID.class) instanceof UUID line) {
                            lines.add(new LineGroup(line, row.getString("line_name"), group(row)));
                        }
                        return;
                    }
                    var pair = all;
                    if (row.getBoolean("of_service")) {
                        var id = row.getObject("service_id", UUID.class);
                        names.put(id, row.getString("name"));
                        pair = services.computeIfAbsent(id, service -> new Pair());
                    } else if (row.getBoolean("of_week")) {
                        pair = weeks.computeIfAbsent(row.getObject("week", LocalDate.class), week -> new Pair());
                    }
                    pair.groups.put(row.getBoolean("held_out"), group(row));
                });
        List<ServiceGroups> ofServices = new ArrayList<>();
        services.forEach((id, pair) ->
                ofServices.add(new ServiceGroups(id, names.getOrDefault(id, ""), pair.reminded(), pair.heldOut())));
        List<WeekGroups> ofWeeks = new ArrayList<>();
        weeks.forEach((week, pair) -> ofWeeks.add(new WeekGroups(week, pair.reminded(), pair.heldOut())));
        return RuleEffect.of(rule, details.holdoutPercent(), all.reminded(), all.heldOut(), ofServices, ofWeeks, lines);
    }

    private static Group group(ResultSet row) throws SQLException {
        return Group.of(row.getInt("visits"), row.getInt("attended"), row.getInt("missed"), row.getInt("confirmed"));
    }
}
