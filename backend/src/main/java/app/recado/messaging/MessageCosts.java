package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Phones;
import app.recado.kernel.SqlTime;
import app.recado.whatsapp.MessageStatusReported.Charge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps with a message what it cost: the category is the provider's, the price that of the day on which it was delivered. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class MessageCosts {

    private static final double MICROS = 1e6;

    private final JdbcClient jdbc;
    private final MessagePrices prices;
    private final MeterRegistry metrics;

    MessageCosts(JdbcClient jdbc, MessagePrices prices, MeterRegistry metrics) {
        this.jdbc = jdbc;
        this.prices = prices;
        this.metrics = metrics;
    }

    /** @param micros null when nobody wrote a price down */
    private record Cost(@Nullable Long micros, @Nullable String currency) {
        private static final Cost FREE = new Cost(0L, null);
        private static final Cost UNKNOWN = new Cost(null, null);
    }

    /** The provider says that a message was delivered and what it took it for. The first word counts. */
    void charged(StoredMessage message, Charge charge, Instant at) {
        var category = MessageCategory.of(charge.category());
        var cost = cost(message.phone(), category, charge.billable(), at);
        int first = jdbc.sql("""
                        update message set category = ?, cost_micros = ?, cost_currency = ?, charged_at = ?
                         where organization_id = ? and id = ? and charged_at is null
                        """)
                .param(category.wireName())
                .param(cost.micros())
                .param(cost.currency())
                .param(SqlTime.at(at))
                .param(CurrentOrganization.id())
                .param(message.id())
                .update();
        if (first == 1 && cost.micros() instanceof Long micros && cost.currency() instanceof String currency) {
            metrics.counter("recado.messages.cost", "category", category.wireName(), "currency", currency)
                    .increment(micros / MICROS);
        }
    }

    private Cost cost(@Nullable String phone, MessageCategory category, boolean billable, Instant at) {
        if (!billable) {
            return Cost.FREE;
        }
        var market = phone == null ? null : Phones.market(phone);
        return market == null
                ? Cost.UNKNOWN
                : prices.at(market, category, LocalDate.ofInstant(at, ZoneOffset.UTC))
                        .map(price -> new Cost(price.micros(), price.currency()))
                        .orElse(Cost.UNKNOWN);
    }
}
