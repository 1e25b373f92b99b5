package app.recado.notifications;

import app.recado.kernel.CurrentOrganization;
import app.recado.notifications.RuleEffect.Group;
import java.util.HashMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Counts what became of the visits that were drawn for a rule, either way. */
@Service
class RuleEffects {

    private static final String GROUPS = """
            select t.held_out, count(*) as visits,
                   count(*) filter (where a.status in ('arrived', 'checked-in', 'fulfilled')) as attended,
                   count(*) filter (where a.status = 'noshow') as missed,
                   count(*) filter (where a.participation = 'accepted') as confirmed
              from rule_trial t
              join appointment a on a.organization_id = :org and a.id = t.appointment_id
             where t.organization_id = :org and t.rule_id = :rule and a.status <> 'entered-in-error'
             group by t.held_out
            """;

    private final NotificationRules rules;
    private final JdbcClient jdbc;

    RuleEffects(NotificationRules rules, JdbcClient jdbc) {
        this.rules = rules;
        this.jdbc = jdbc;
    }

    /**
     * What the reminder of a rule changes, as far as it can be said.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}
     */
    @Transactional(readOnly = true)
    public RuleEffect of(UUID rule) {
        var details = rules.get(rule).details();
        var groups = new HashMap<Boolean, Group>();
        jdbc.sql(GROUPS)
                .param("org", CurrentOrganization.id())
                .param("rule", rule)
                .query(row -> {
                    groups.put(
                            row.getBoolean("held_out"),
                            Group.of(
                                    row.getInt("visits"),
                                    row.getInt("attended"),
                                    row.getInt("missed"),
                                    row.getInt("confirmed")));
                });
        var none = Group.of(0, 0, 0, 0);
        return RuleEffect.of(
                rule, details.holdoutPercent(), groups.getOrDefault(false, none), groups.getOrDefault(true, none));
    }
}
