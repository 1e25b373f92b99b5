package app.recado.messaging;

import app.recado.kernel.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What providers take for a delivered message. The platform's, not a clinic's. */
@Repository
@Transactional
class MessagePrices {

    private static final String COLUMNS = "market, category, valid_from, currency, price_micros";

    private final JdbcClient jdbc;
    private final Clock clock;

    MessagePrices(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A price.
     *
     * @param market the country of the recipient's calling code, ISO 3166-1 alpha-2
     * @param validFrom the first day it holds, in UTC; until the next one of that market and category
     * @param micros millionths of the currency
     */
    record Price(String market, MessageCategory category, LocalDate validFrom, String currency, long micros) {}

    @Transactional(readOnly = true)
    public List<Price> all() {
        return jdbc.sql("select " + COLUMNS + " from message_price order by market, category, valid_from desc")
                .query(MessagePrices::price)
                .list();
    }

    /** Empty when nobody wrote one down that holds that day. */
    @Transactional(readOnly = true)
    public Optional<Price> at(String market, MessageCategory category, LocalDate day) {
        return jdbc.sql("select " + COLUMNS + """
                         from message_price where market = ? and category = ? and valid_from <= ?
                         order by valid_from desc limit 1
                        """)
                .params(market, category.wireName(), day)
                .query(MessagePrices::price)
                .optional();
    }

    /** Writes prices down; one of the same market, category and day is corrected. What was charged already stays. */
    public void write(List<Price> prices, String by) {
        for (var price : prices) {
            jdbc.sql("""
                    insert into message_price (market, category, valid_from, currency, price_micros, written_at, written_by)
                    values (?, ?, ?, ?, ?, ?, ?)
                    on conflict (market, category, valid_from) do update
                       set currency = excluded.currency, price_micros = excluded.price_micros,
                           written_at = excluded.written_at, written_by = excluded.written_by
                    """)
                    .params(
                            price.market(),
                            price.category().wireName(),
                            price.validFrom(),
                            price.currency(),
                            price.micros(),
                            SqlTime.at(clock.instant()),
                            by)
                    .update();
        }
    }

    private static Price price(ResultSet row, int n) throws SQLException {
        return new Price(
                row.getString("market"),
                MessageCategory.of(row.getString("category")),
                row.getObject("valid_from", LocalDate.class),
                row.getString("currency"),
                row.getLong("price_micros"));
    }
}
