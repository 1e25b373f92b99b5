package app.recado.messaging;

import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The price table, for those who run the platform. */
@RestController
@Tag(name = "Platform")
@RequestMapping("/api/v1/platform/message-prices")
class MessagePriceController {

    private static final int MICROS = 6;

    private final MessagePrices prices;

    MessagePriceController(MessagePrices prices) {
        this.prices = prices;
    }

    /** What a delivered message of a category costs in a market from a day on. */
    @Schema(name = "MessagePrice")
    record PriceView(
            @Schema(description = "The country of the recipient's calling code", example = "AR")
            @NotNull @Pattern(regexp = "[A-Z]{2}|001") String market,

            @Schema(description = "What the provider takes the message for") @NotNull MessageCategory category,

            @Schema(description = "The first day it holds, in UTC; it ends with the next", example = "2026-10-01")
            @NotNull LocalDate validFrom,

            @Schema(description = "ISO 4217", example = "USD") @NotNull @Pattern(regexp = "[A-Z]{3}") String currency,

            @Schema(description = "So much for a message, to a millionth", example = "0.026")
            @NotNull @DecimalMin("0") @DecimalMax("100") @Digits(integer = 3, fraction = MICROS) BigDecimal price) {

        static PriceView of(MessagePrices.Price price) {
            return new PriceView(
                    price.market(),
                    price.category(),
                    price.validFrom(),
                    price.currency(),
                    BigDecimal.valueOf(price.micros(), MICROS));
        }

        MessagePrices.Price asPrice() {
            return new MessagePrices.Price(
                    market,
                    category,
                    validFrom,
                    currency,
                    price.movePointRight(MICROS).longValueExact());
        }
    }

    /** The price table. */
    @Schema(name = "MessagePriceList")
    record PriceList(
            @Schema(description = "By market and category, the newest price first")
            List<PriceView> items) {}

    /** Prices to write down. */
    @Schema(name = "MessagePricesInput")
    record PricesInput(
            @Schema(description = "One of a market, category and day that is there already is corrected")
            @NotEmpty @Size(max = 500) List<@NotNull @Valid PriceView> items) {}

    @Operation(
            operationId = "listMessagePrices",
            summary = "What providers take for a delivered message",
            description = "By market, category and day, as the platform wrote it down.")
    @Access(Allow.PLATFORM_ADMIN)
    @GetMapping
    PriceList list() {
        return new PriceList(prices.all().stream().map(PriceView::of).toList());
    }

    @Operation(
            operationId = "writeMessagePrices",
            summary = "Write prices down",
            description =
                    "For messages that are delivered from their day on. What was charged already stays as it was.")
    @Access(Allow.PLATFORM_ADMIN)
    @Idempotent(stored = false)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @PostMapping
    ResponseEntity<Void> write(@Valid @RequestBody PricesInput body) {
        prices.write(
                body.items().stream().map(PriceView::asPrice).toList(),
                Caller.current().subject());
        return ResponseEntity.noContent().build();
    }
}
