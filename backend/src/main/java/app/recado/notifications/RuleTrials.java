package app.recado.notifications;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.scheduling.AppointmentFacts;
import java.time.Clock;
import java.util.SplittableRandom;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Draws the visits that go without a rule's reminder. A visit is drawn once for a rule, at the moment when the reminder would
 * leave and nothing else speaks against it, so that both groups differ by the draw alone.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class RuleTrials {

    private static final int ALL = 100;

    private final JdbcClient jdbc;
    private final Clock clock;

    RuleTrials(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Whether a visit goes without. What was drawn stands, whatever the rule's part is by then.
     *
     * @param percent so many of a hundred go without
     */
    boolean draw(UUID rule, AppointmentFacts visit, int percent) {
        // The same at every asking: an answer that was rolled back is given again.
        long seed = rule.getMostSignificantBits()
                ^ Long.rotateLeft(rule.getLeastSignificantBits(), 21)
                ^ Long.rotateLeft(visit.id().getMostSignificantBits(), 42)
                ^ visit.id().getLeastSignificantBits();
        boolean heldOut = new SplittableRandom(seed).nextInt(ALL) < percent;
        jdbc.sql("""
                        insert into rule_trial (organization_id, rule_id, appointment_id, schedule_version, held_out, drawn_at)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict do nothing
                        """)
                .params(
                        CurrentOrganization.id(),
                        rule,
                        visit.id(),
                        visit.scheduleVersion(),
                        heldOut,
                        SqlTime.at(clock.instant()))
                .update();
        return jdbc.sql(
                        "select held_out from rule_trial where organization_id = ? and rule_id = ? and appointment_id = ?")
                .params(CurrentOrganization.id(), rule, visit.id())
                .query(Boolean.class)
                .single();
    }
}
