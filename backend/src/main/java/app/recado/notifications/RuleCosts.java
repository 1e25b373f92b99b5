package app.recado.notifications;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.messaging.Amount;
import app.recado.messaging.MessageCategory;
import app.recado.messaging.MessageQuotes;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the messages would cost that a rule has planned for the days to come. */
@Component
class RuleCosts {

    private static final int DAYS = 30;

    private final NotificationRules rules;
    private final MessageQuotes quotes;
    private final JdbcClient jdbc;
    private final Clock clock;

    RuleCosts(NotificationRules rules, MessageQuotes quotes, JdbcClient jdbc, Clock clock) {
        this.rules = rules;
        this.quotes = quotes;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What a rule's messages would cost. */
    @Schema(name = "RuleCost")
    record RuleCost(
            @Schema(description = "For so many days from now", example = "30")
            int days,

            @Schema(description = "Messages that wait for their time within them", example = "412")
            int messages,

            @Schema(description = "False where the line's provider takes nothing for a message", example = "true")
            boolean charged,

            @Schema(description = "What they are taken for; the provider decides it when they are delivered")
            MessageCategory category,

            @Schema(description = "Messages to markets whose price the platform has not written down", example = "0")
            int unpriced,

            @Schema(description = "What the others cost by the prices of today, by currency")
            List<Amount> amounts) {}

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public RuleCost of(UUID ruleId) {
        var details = rules.get(ruleId).details();
        var now = clock.instant();
        var numbers = new HashMap<String, Integer>();
        jdbc.sql("""
                        select left(p.phone, 5) as begins, count(*) as messages
                          from message m
                          join patient p on p.organization_id = m.organization_id and p.id = m.patient_id
                         where m.organization_id = ? and m.rule_id = ? and m.state in ('planned', 'queued')
                           and m.due_at < ? and p.phone is not null
                         group by 1
                        """)
                .params(CurrentOrganization.id(), ruleId, SqlTime.at(now.plus(Duration.ofDays(DAYS))))
                .query(row -> {
                    numbers.put(row.getString("begins"), row.getInt("messages"));
                });
        var category = details.trigger() == RuleTrigger.RECALL ? MessageCategory.MARKETING : MessageCategory.UTILITY;
        var quote = quotes.quote(details.lineId(), category, numbers);
        return new RuleCost(DAYS, quote.messages(), quote.charged(), category, quote.unpriced(), quote.amounts());
    }
}
