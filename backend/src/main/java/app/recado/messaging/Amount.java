package app.recado.messaging;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;

/** Money. */
@Schema(name = "MessageAmount")
public record Amount(
        @Schema(description = "ISO 4217", example = "USD") String currency,

        @Schema(description = "So much of it, to a millionth", example = "12.345")
        BigDecimal amount) {

    static Amount ofMicros(String currency, long micros) {
        return new Amount(currency, BigDecimal.valueOf(micros, 6));
    }
}
