package app.recado.notifications;

import app.recado.notifications.NotificationRule.Conditions;
import app.recado.notifications.NotificationRule.Details;
import app.recado.notifications.NotificationRule.Timing;
import app.recado.organizations.OrganizationRegistered;
import java.time.LocalTime;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The rules with which a clinic begins: it tells what happens to a visit, asks three days before, reminds a day before, and
 * on the day reminds those who have not answered.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class DefaultRules {

    private static final int THREE_DAYS = 72 * 60;
    private static final int A_DAY = 24 * 60;
    private static final LocalTime MORNING = LocalTime.of(8, 0);

    /** Somebody who is on the way needs no reminder. */
    private static final int ON_THE_WAY = 60;

    private static final String BY = "recado";

    private final NotificationRules rules;

    DefaultRules(NotificationRules rules) {
        this.rules = rules;
    }

    @EventListener
    public void registered(OrganizationRegistered event) {
        rules.addToNew(
                List.of(
                        rule(RuleTrigger.BOOKED, Timing.NONE, false, 0),
                        rule(RuleTrigger.MOVED, Timing.NONE, false, 0),
                        rule(RuleTrigger.CANCELLED, Timing.NONE, false, 0),
                        rule(RuleTrigger.BEFORE_VISIT, Timing.minutes(THREE_DAYS), true, 0),
                        rule(RuleTrigger.BEFORE_VISIT, Timing.minutes(A_DAY), false, 0),
                        rule(RuleTrigger.SAME_DAY, Timing.at(MORNING), true, ON_THE_WAY)),
                BY);
    }

    private static Details rule(RuleTrigger trigger, Timing timing, boolean unansweredOnly, int latestMinutes) {
        return new Details(null, trigger, timing, Conditions.NONE, unansweredOnly, latestMinutes, null, false, null);
    }
}
