package app.recado.messaging;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Versioned;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Scope;
import app.recado.kernel.web.Costs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What messages cost a clinic, and how much it wants to spend. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}")
@Tag(name = "Messages")
class MessageCostController {

    private static final int MICROS = 6;

    private final MessageConsumption consumption;
    private final MessageBudgets budgets;

    MessageCostController(MessageConsumption consumption, MessageBudgets budgets) {
        this.consumption = consumption;
        this.budgets = budgets;
    }

    /** How much a clinic wants to spend in a month. */
    @Schema(name = "MessageBudget")
    record BudgetView(
            @Schema(description = "So much in a month of the clinic's clocks; null for no limit", example = "50")
            @Nullable BigDecimal monthly,

            @Schema(description = "ISO 4217; what was charged in another currency does not count", example = "USD")
            String currency,

            @Schema(description = "What was charged this month", example = "12.345")
            BigDecimal spent,

            @Schema(description = "True while nothing leaves that only advertises", example = "false")
            boolean reached,

            @Schema(description = "Grows with every change; the ETag", example = "0")
            long version)
            implements Versioned {

        static BudgetView of(MessageBudgets.Budget budget) {
            return new BudgetView(
                    budget.monthlyMicros() instanceof Long monthly ? BigDecimal.valueOf(monthly, MICROS) : null,
                    budget.currency(),
                    BigDecimal.valueOf(budget.spentMicros(), MICROS),
                    budget.isReached(),
                    budget.version());
        }
    }

    /** How much a clinic wants to spend in a month from now on. */
    @Schema(name = "MessageBudgetInput")
    record BudgetInput(
            @Schema(description = "So much in a month of the clinic's clocks; null for no limit", example = "50")
            @DecimalMin("0") @DecimalMax("1000000") @Digits(integer = 7, fraction = 2) @Nullable BigDecimal monthly,

            @Schema(description = "ISO 4217", example = "USD") @NotNull @Pattern(regexp = "[A-Z]{3}") String currency) {}

    @Operation(
            operationId = "getMessageConsumption",
            summary = "What messages cost",
            description =
                    "Delivered messages of which the provider said what it took them for, by month, line and category, with the "
                            + "price of the day on which each was delivered. Lines without a price for each message are in none.")
    @Costs(Costs.REPORT)
    @Access(value = Allow.OWNER, scopes = Scope.REPORTS_READ)
    @GetMapping("/message-consumption")
    MessageConsumption.Consumption consumption(
            @PathVariable UUID organizationId,
            @Parameter(description = "So many months, this one included", example = "6")
                    @RequestParam(defaultValue = "6")
                    @Min(1) @Max(24) int months) {
        return consumption.of(months);
    }

    @Operation(operationId = "getMessageBudget", summary = "How much the clinic wants to spend on messages in a month")
    @Access(Allow.OWNER)
    @GetMapping("/message-budget")
    BudgetView budget(@PathVariable UUID organizationId) {
        return BudgetView.of(budgets.get());
    }

    @Operation(
            operationId = "changeMessageBudget",
            summary = "Say how much the clinic wants to spend on messages in a month",
            description =
                    "Once it is reached, campaigns that advertise and recalls wait; what is about a visit always leaves.")
    @Access(Allow.OWNER)
    @PutMapping("/message-budget")
    BudgetView change(
            @PathVariable UUID organizationId, ExpectedVersion expected, @Valid @RequestBody BudgetInput body) {
        var monthly = body.monthly();
        return BudgetView.of(budgets.change(
                expected,
                monthly == null ? null : monthly.movePointRight(MICROS).longValueExact(),
                body.currency()));
    }
}
