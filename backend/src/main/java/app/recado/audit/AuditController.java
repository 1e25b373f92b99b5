package app.recado.audit;

import app.recado.kernel.Auditable.Change;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.tables.Downloads;
import app.recado.kernel.tables.TableFormat;
import app.recado.kernel.web.Costs;
import app.recado.kernel.web.Refuses;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who did what, over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/audit-entries")
@Tag(name = "Audit")
class AuditController {

    private static final String ACTOR = "By one account or API client's key, as `actor` names it; left out, by all";
    private static final String ACTION = "Of one `action`; left out, of all";
    private static final String RECORD = "To one record; left out, to all";

    private final AuditLog log;

    AuditController(AuditLog log) {
        this.log = log;
    }

    /** Who did it. */
    @Schema(name = "AuditActorKind")
    enum ActorKind {
        @JsonProperty("person")
        PERSON,
        @JsonProperty("client")
        CLIENT,
        @JsonProperty("public")
        PUBLIC,
        @JsonProperty("recado")
        RECADO
    }

    /** One thing that became different. */
    @Schema(name = "AuditChange")
    record ChangeView(
            @Schema(description = "Which field", example = "roles")
            String field,

            @Schema(
                    description = "What it was; null when there was nothing, or when it is not told",
                    example = "receptionist")
            @Nullable String before,

            @Schema(description = "What it is; null when there is nothing any more", example = "owner receptionist")
            @Nullable String after) {

        static List<ChangeView> of(Map<String, Change> changes) {
            return new TreeMap<>(changes)
                    .entrySet().stream()
                            .map(change -> new ChangeView(
                                    change.getKey(),
                                    change.getValue().before(),
                                    change.getValue().after()))
                            .toList();
        }
    }

    /** Something that was done or read. */
    @Schema(name = "AuditEntry")
    record EntryView(
            @Schema(description = "The entry", example = "01937f3e-0000-7000-8000-000000000091")
            UUID id,

            @Schema(description = "When", example = "2026-12-01T12:00:00Z")
            Instant at,

            @Schema(
                    description =
                            "Who: a person, an API client, somebody without a sign-in (public), or Recado by itself",
                    example = "person")
            ActorKind actorKind,

            @Schema(
                    description = "The account, or the key of the API client; null for the last two",
                    example = "0f3c1d52-8d1e-4a53-9b0e-3c1d528d1e4a")
            @Nullable String actor,

            @Schema(description = "What a person was called then; null for all others", example = "Ana Sosa") @Nullable String actorName,

            @Schema(description = "Whence; null without a request", example = "203.0.113.7") @Nullable String address,

            @Schema(
                    description = "The operation of this document that was asked for; null without one",
                    example = "changeMemberRoles")
            @Nullable String operation,

            @Schema(
                    description = "What was done, as a word that stays; the operation where there is no better one",
                    example = "member-roles-changed")
            String action,

            @Schema(
                    description = "The record it was done to; null for many or none",
                    example = "01937f3e-0000-7000-8000-000000000041")
            @Nullable UUID recordId,

            @Schema(description = "What became different: kinds, states and settings, never a patient's data")
            List<ChangeView> changes,

            @Schema(
                    description = "Whether it is part of the chain of hashes already, which takes some minutes",
                    example = "true")
            boolean chained) {

        static EntryView of(AuditLog.Entry entry) {
            return new EntryView(
                    entry.id(),
                    entry.at(),
                    ActorKind.valueOf(entry.actorKind().toUpperCase(Locale.ROOT)),
                    entry.actor(),
                    entry.actorName(),
                    entry.address(),
                    entry.operation(),
                    entry.action(),
                    entry.recordId(),
                    ChangeView.of(entry.changes()),
                    entry.chained());
        }
    }

    @Operation(
            operationId = "listAuditEntries",
            summary = "Who did and read what, the latest first",
            description =
                    "Every change, each look at patients, exports and changes of roles, written by the transaction that"
                            + " did it. Nobody can change an entry.")
    @Access(Allow.OWNER)
    @Refuses(Problem.INVALID_CURSOR)
    @GetMapping
    Page<EntryView> list(
            @PathVariable UUID organizationId,
            @Parameter(description = ACTOR) @RequestParam(required = false) @Size(max = 100) @Nullable String actor,
            @Parameter(description = ACTION) @RequestParam(required = false) @Size(max = 100) @Nullable String action,
            @Parameter(description = RECORD) @RequestParam(required = false) @Nullable UUID recordId,
            @Parameter(description = "First day of the clinic")
                    @RequestParam(required = false)
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    @Nullable LocalDate from,
            @Parameter(description = "The day after the last")
                    @RequestParam(required = false)
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    @Nullable LocalDate to,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Size(max = 2000) @Nullable String cursor) {
        return log.list(new AuditLog.Filter(actor, action, recordId, from, to), limit, cursor)
                .map(EntryView::of);
    }

    @Operation(
            operationId = "exportAuditEntries",
            summary = "Who did and read what, as a file",
            description =
                    "As CSV in UTF-8 or as a workbook. Written while it is read; that somebody exports is an entry too.")
    @ApiResponse(
            responseCode = "200",
            description = "The file",
            content = {
                @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
                @Content(mediaType = Downloads.XLSX, schema = @Schema(type = "string", format = "binary"))
            })
    @Costs(Costs.FILE)
    @Access(Allow.OWNER)
    @GetMapping("/export")
    void export(
            @PathVariable UUID organizationId,
            @Parameter(description = ACTOR) @RequestParam(required = false) @Size(max = 100) @Nullable String actor,
            @Parameter(description = ACTION) @RequestParam(required = false) @Size(max = 100) @Nullable String action,
            @Parameter(description = RECORD) @RequestParam(required = false) @Nullable UUID recordId,
            @Parameter(description = "First day of the clinic")
                    @RequestParam(required = false)
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    @Nullable LocalDate from,
            @Parameter(description = "The day after the last")
                    @RequestParam(required = false)
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    @Nullable LocalDate to,
            @Parameter(description = "csv or xlsx") @RequestParam(defaultValue = "csv") @Size(max = 20) String format,
            HttpServletResponse response)
            throws IOException {
        var as = TableFormat.parameter(format);
        var filter = new AuditLog.Filter(actor, action, recordId, from, to);
        log.begin(filter);
        log.write(filter, as, Downloads.begin(response, "recado-audit", as));
    }
}
