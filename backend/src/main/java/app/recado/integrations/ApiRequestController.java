package app.recado.integrations;

import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import app.recado.kernel.web.RequestLimits;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What programs of third parties asked of a clinic, and how much of what they may ask they use. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}")
@Tag(name = "API clients")
class ApiRequestController {

    private final ApiRequestLog log;
    private final RequestLimits limits;

    ApiRequestController(ApiRequestLog log, RequestLimits limits) {
        this.log = log;
        this.limits = limits;
    }

    /** A request of a program. */
    @Schema(name = "ApiRequest")
    record RequestView(
            @Schema(description = "The request", example = "01937f3e-0000-7000-8000-000000000091")
            UUID id,

            @Schema(description = "When it was answered", example = "2026-11-30T12:00:00Z")
            Instant at,

            @Schema(
                    description = "The API client; null when the key with which it asked is gone",
                    example = "01937f3e-0000-7000-8000-000000000081")
            @Nullable UUID clientId,

            @Schema(description = "The method of HTTP", example = "POST")
            String method,

            @Schema(
                    description = "The operation's id in this document; null for an address that there is not, and when"
                            + " it was refused before that was known",
                    example = "createAppointment")
            @Nullable String operation,

            @Schema(description = "The status of HTTP", example = "409")
            int status,

            @Schema(description = "The code of the refusal; null without one", example = "slot-taken") @Nullable String problem,

            @Schema(description = "How long it took, in milliseconds; of a stream until it was opened", example = "23")
            int millis,

            @Schema(description = "Whence it came", example = "203.0.113.7")
            String address,

            @Schema(
                    description = "As in the problem and in the header `Recado-Trace-Id`",
                    example = "4f9c21ab77e0c35d4f9c21ab77e0c35d")
            String traceId,

            @Schema(
                    description =
                            "How many like it came just before and are not listed; only of those that come too often",
                    example = "0")
            int skipped) {

        static RequestView of(ApiRequestLog.Logged logged) {
            return new RequestView(
                    logged.id(),
                    logged.at(),
                    logged.clientId(),
                    logged.method(),
                    logged.operation(),
                    logged.status(),
                    logged.problem(),
                    logged.millis(),
                    logged.address(),
                    logged.traceId(),
                    logged.skipped());
        }
    }

    /** How much a program asked in the last 24 hours. */
    @Schema(name = "ApiClientUse")
    record UseView(
            @Schema(
                    description = "The API client; null for keys that are gone",
                    example = "01937f3e-0000-7000-8000-000000000081")
            @Nullable UUID clientId,

            @Schema(description = "Requests of the last minute", example = "12")
            long lastMinute,

            @Schema(description = "Requests of the last 24 hours", example = "1840")
            long requests,

            @Schema(description = "Of these, refused: answered with a status from 400 to 499", example = "17")
            long refused,

            @Schema(description = "Of these, because they came too often", example = "0")
            long limited,

            @Schema(description = "Of the requests, failed: answered with a status from 500 on", example = "0")
            long failed) {

        static UseView of(ApiRequestLog.Use use) {
            return new UseView(
                    use.clientId(), use.lastMinute(), use.requests(), use.refused(), use.limited(), use.failed());
        }
    }

    /** What the clinic's programs may ask, and what they asked. */
    @Schema(name = "ApiUse")
    record UseList(
            @Schema(description = "Who asked most first; programs that asked nothing are left out")
            List<UseView> items,

            @Schema(description = "What all of them together may ask in a minute", example = "1200")
            int perMinute,

            @Schema(description = "What one key may ask in a minute", example = "600")
            int perMinuteOfAKey) {}

    @Operation(
            operationId = "listApiRequests",
            summary = "What the clinic's programs asked, the latest first",
            description =
                    "Kept for thirty days, without bodies, queries and ids of records. They are here a moment after"
                            + " the answer.")
    @Access(Allow.OWNER)
    @Refuses(Problem.INVALID_CURSOR)
    @GetMapping("/api-requests")
    Page<RequestView> list(
            @PathVariable UUID organizationId,
            @Parameter(description = "Only of this API client; left out, of all")
                    @RequestParam(required = false)
                    @Nullable UUID clientId,
            @Parameter(description = "Only what was answered with a status from 400 on")
                    @RequestParam(defaultValue = "false")
                    boolean refused,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Size(max = 2000) @Nullable String cursor) {
        return log.list(clientId, refused, limit, cursor).map(RequestView::of);
    }

    @Operation(
            operationId = "getApiUse",
            summary = "How much the clinic's programs ask, and how much they may",
            description =
                    "Of the last 24 hours. Operations with `x-recado-cost` count for so many requests. The headers `RateLimit`"
                            + " and `RateLimit-Policy` of every answer say what is left.")
    @Access(Allow.OWNER)
    @GetMapping("/api-use")
    UseList use(@PathVariable UUID organizationId) {
        return new UseList(
                log.use().stream().map(UseView::of).toList(), limits.programsPerMinute(), limits.accountPerMinute());
    }
}
