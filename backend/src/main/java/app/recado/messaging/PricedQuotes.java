package app.recado.messaging;

import app.recado.kernel.Phones;
import app.recado.whatsapp.LineFacts;
import app.recado.whatsapp.WhatsAppLines;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Multiplies what would leave with the platform's prices. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class PricedQuotes implements MessageQuotes {

    private final MessagePrices prices;
    private final WhatsAppLines lines;
    private final Clock clock;

    PricedQuotes(MessagePrices prices, WhatsAppLines lines, Clock clock) {
        this.prices = prices;
        this.lines = lines;
        this.clock = clock;
    }

    @Override
    public Quote quote(@Nullable UUID lineId, MessageCategory category, Map<String, Integer> numbers) {
        int messages = numbers.values().stream().mapToInt(Integer::intValue).sum();
        // Providers that want approved templates are those that take money for each.
        if (!line(lineId).map(LineFacts::takesTemplates).orElse(false)) {
            return new Quote(false, messages, 0, List.of());
        }
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var totals = new TreeMap<String, Long>();
        int unpriced = 0;
        for (var number : numbers.entrySet()) {
            var market = Phones.market(number.getKey());
            var price = market == null ? Optional.<MessagePrices.Price>empty() : prices.at(market, category, today);
            if (price.isEmpty()) {
                unpriced += number.getValue();
            } else {
                totals.merge(price.get().currency(), price.get().micros() * number.getValue(), Long::sum);
            }
        }
        return new Quote(
                true,
                messages,
                unpriced,
                totals.entrySet().stream()
                        .map(total -> Amount.ofMicros(total.getKey(), total.getValue()))
                        .toList());
    }

    private Optional<LineFacts> line(@Nullable UUID lineId) {
        return lineId == null ? lines.defaultLine() : lines.find(lineId);
    }
}
