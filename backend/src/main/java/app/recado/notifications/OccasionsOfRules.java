package app.recado.notifications;

import app.recado.templates.OccasionsInUse;
import app.recado.templates.TemplateKind;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The occasions for which a rule writes; beside them those that need none: a correction of what was told, and an hour that is
 * offered.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class OccasionsOfRules implements OccasionsInUse {

    private final NotificationRules rules;
    private final ReleasePolicies releases;

    OccasionsOfRules(NotificationRules rules, ReleasePolicies releases) {
        this.rules = rules;
        this.releases = releases;
    }

    @Override
    public Set<TemplateKind> inUse() {
        var used = EnumSet.noneOf(TemplateKind.class);
        for (var rule : rules.all()) {
            if (rule.active()) {
                used.add(rule.details().trigger().kind());
            }
        }
        if (!used.isEmpty()) {
            // Whoever was told what no longer holds is told so, whatever the rules say.
            used.addAll(Set.of(TemplateKind.CONFIRMATION, TemplateKind.RESCHEDULE, TemplateKind.CANCELLATION));
        }
        switch (releases.get().mode()) {
            case STAFF, SYSTEM -> used.add(TemplateKind.OFFER);
            case OFF, TRIAL -> {} // nobody is offered anything
        }
        return used;
    }
}
