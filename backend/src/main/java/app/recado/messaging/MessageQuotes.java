package app.recado.messaging;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What messages would cost. Current organization; needs an open transaction. */
public interface MessageQuotes {

    /**
     * By the prices of today.
     *
     * @param lineId the line they leave on; null for the default one
     * @param numbers how many messages go to numbers that begin like this, in E.164: its first five signs tell the market
     */
    Quote quote(@Nullable UUID lineId, MessageCategory category, Map<String, Integer> numbers);

    /**
     * @param charged false for a line whose provider takes nothing for a message
     * @param unpriced messages to markets whose price nobody wrote down
     */
    record Quote(boolean charged, int messages, int unpriced, List<Amount> amounts) {}
}
