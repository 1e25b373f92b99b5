package app.recado.conversations;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Permission;
import app.recado.kernel.tables.Downloads;
import app.recado.kernel.tables.TableFormat;
import app.recado.kernel.web.Costs;
import app.recado.kernel.web.Refuses;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.PatientPart;
import app.recado.patients.PatientReads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What people want of the clinic, with a number, a state and what it is about. */
@RestController
@Tag(name = "Conversations")
@RequestMapping("/api/v1/organizations/{organizationId}")
class TicketController {

    /** How many things that were said, the newest first, are looked for among the tickets. */
    private static final int LOOKED_AT = 200;

    private final Tickets tickets;
    private final TicketViews views;
    private final ConversationSearch search;
    private final NoticeWatch notices;
    private final TicketFigures figures;
    private final TicketSettings settings;
    private final TicketExport export;
    private final OrganizationProfiles organizations;
    private final PatientReads reads;

    TicketController(
            Tickets tickets,
            TicketViews views,
            ConversationSearch search,
            NoticeWatch notices,
            TicketFigures figures,
            TicketSettings settings,
            TicketExport export,
            OrganizationProfiles organizations,
            PatientReads reads) {
        this.tickets = tickets;
        this.views = views;
        this.search = search;
        this.notices = notices;
        this.figures = figures;
        this.settings = settings;
        this.export = export;
        this.organizations = organizations;
        this.reads = reads;
    }

    @Operation(
            operationId = "listTickets",
            summary = "Tickets, newest first",
            description = "Days are of the clinic and say when a ticket was opened; to is exclusive.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @Refuses(Problem.INVALID_CURSOR)
    @GetMapping("/tickets")
    Page<TicketView> list(
            @PathVariable UUID organizationId,
            @Parameter(description = "open, in-progress or closed")
                    @RequestParam(required = false)
                    @Size(max = 20) @Nullable String state,
            @Parameter(description = "What it is about") @RequestParam(required = false) @Size(max = 20) @Nullable String category,
            @RequestParam(required = false) @Nullable UUID conversationId,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate to,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Size(max = 2000) @Nullable String cursor) {
        return views.list(
                new TicketViews.Filter(
                        state == null ? null : known(TicketState.class, state),
                        category == null ? null : known(TicketCategory.class, category),
                        conversationId,
                        beginningOf(from),
                        beginningOf(to)),
                limit,
                cursor);
    }

    private static <E extends Enum<E>> E known(Class<E> kind, String word) {
        try {
            return Enum.valueOf(kind, word.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException unknown) {
            throw Problem.INVALID_PARAMETER.because("There is no such state or category");
        }
    }

    private @Nullable Instant beginningOf(@Nullable LocalDate day) {
        return day == null
                ? null
                : day.atStartOfDay(organizations.current().timeZone()).toInstant();
    }

    /**
     * What is looked for.
     *
     * @param text a ticket's number, or words that all stand in one thing that was said; the last one may be a beginning
     * @param limit how many at most; left out, 20
     */
    @Schema(name = "TicketSearch")
    record SearchInput(
            @Schema(example = "bracket roto") @NotBlank @Size(max = 200) String text,

            @Schema(example = "20") @Min(1) @Max(50) @Nullable Integer limit) {}

    /** What was found, the newest first. */
    @Schema(name = "TicketSearchResult")
    record SearchResult(List<TicketView> items) {}

    @Operation(
            operationId = "searchTickets",
            summary = "Find tickets by their number or by what was said",
            description =
                    "What was said from a day before a ticket was opened until it was closed, notes too; the newest"
                            + " 200 things that fit are looked at. Asked with POST, because words are about patients.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @PostMapping("/tickets/search")
    SearchResult search(@PathVariable UUID organizationId, @Valid @RequestBody SearchInput body) {
        var text = body.text().strip();
        var found = views.search(
                text.matches("#?\\d{1,9}") ? Long.valueOf(text.replace("#", "")) : null,
                search.where(text, LOOKED_AT),
                body.limit() == null ? 20 : body.limit());
        reads.shown(
                PatientPart.MESSAGES,
                found.stream()
                        .flatMap(one -> one.patients().stream())
                        .map(ConversationView.PatientRef::id)
                        .distinct()
                        .toList());
        return new SearchResult(found);
    }

    @Operation(
            operationId = "exportTickets",
            summary = "The tickets of some days as a file",
            description =
                    "As CSV in UTF-8 or as a workbook, safe to be opened by a spreadsheet; who exports is recorded.")
    @ApiResponse(
            responseCode = "200",
            description = "The file",
            content = {
                @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
                @Content(mediaType = Downloads.XLSX, schema = @Schema(type = "string", format = "binary"))
            })
    @Costs(Costs.FILE)
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST},
            permissions = Permission.EXPORTS)
    @GetMapping("/tickets/export")
    void export(
            @PathVariable UUID organizationId,
            @Parameter(description = "First day") @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate from,
            @Parameter(description = "The day after the last")
                    @RequestParam
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate to,
            @Parameter(description = "csv or xlsx") @RequestParam(defaultValue = "csv") @Size(max = 20) String format,
            HttpServletResponse response)
            throws IOException {
        var as = TableFormat.parameter(format);
        if (!from.isBefore(to)) {
            throw Problem.INVALID_PARAMETER.because("to is after from");
        }
        reads.shown(PatientPart.REGISTER_EXPORT, PatientReads.NOBODY);
        export.write(
                new TicketViews.Filter(null, null, null, beginningOf(from), beginningOf(to)),
                export.clinic(),
                as,
                Downloads.begin(response, "recado-tickets", as));
    }

    @Operation(operationId = "getTicket", summary = "One ticket, with the pictures sent for it")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/tickets/{id}")
    TicketView get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        var view = views.one(id);
        reads.shown(
                PatientPart.MESSAGES,
                view.patients().stream().map(ConversationView.PatientRef::id).toList());
        return view;
    }

    /**
     * A ticket to open.
     *
     * @param category what it is about; null when that is not known
     */
    @Schema(name = "TicketInput")
    record TicketInput(@Nullable TicketCategory category) {}

    @Operation(
            operationId = "openTicket",
            summary = "Open a ticket for what is asked in a conversation",
            description = "A conversation has one open ticket at a time.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.TICKET_OPEN)
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping("/conversations/{id}/tickets")
    ResponseEntity<TicketView> open(
            @PathVariable UUID organizationId, @PathVariable UUID id, @Valid @RequestBody TicketInput body) {
        var ticket = tickets.open(id, body.category(), Staff.current());
        return ResponseEntity.created(
                        URI.create("/api/v1/organizations/%s/tickets/%s".formatted(organizationId, ticket.id())))
                .body(ticket);
    }

    /**
     * How far it came.
     *
     * @param state how far
     * @param category what it is about; null when that is not known
     */
    @Schema(name = "TicketChange")
    record TicketChange(
            @NotNull TicketState state, @Nullable TicketCategory category) {}

    @Operation(operationId = "changeTicket", summary = "Change how far a ticket came and what it is about")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses(Problem.TICKET_OPEN)
    @PutMapping("/tickets/{id}")
    TicketView change(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody TicketChange body) {
        return tickets.change(id, expected, body.state(), body.category(), Staff.current());
    }

    @Operation(
            operationId = "acknowledgeTicket",
            summary = "Tell the other side that a ticket was received",
            description =
                    "One sentence with its number. Refused with line-down while nothing can leave: nothing is sent"
                            + " then, now or later. Answered with not-sent-in-time when WhatsApp did not take it within"
                            + " seconds: it is on its way all the same, and its state stands in the conversation.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses({Problem.TICKET_NOT_IN_THAT_STATE, Problem.LINE_DOWN, Problem.NOT_SENT_IN_TIME})
    @PostMapping("/tickets/{id}/acknowledge")
    TicketView acknowledge(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        var acknowledged = tickets.acknowledge(id, expected);
        notices.mustLeave(acknowledged.notice());
        return acknowledged.ticket();
    }

    @Operation(
            operationId = "getTicketStatistics",
            summary = "How many tickets were opened on some days, about what, and how fast they were answered")
    @Costs(Costs.REPORT)
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping("/ticket-statistics")
    TicketFigures.Statistics statistics(
            @PathVariable UUID organizationId,
            @Parameter(description = "First day") @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate from,
            @Parameter(description = "The day after the last")
                    @RequestParam
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate to) {
        if (!from.isBefore(to)) {
            throw Problem.INVALID_PARAMETER.because("to is after from");
        }
        return figures.between(from, to);
    }

    @Operation(operationId = "getTicketSettings", summary = "For what tickets are opened by themselves")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping("/ticket-settings")
    TicketSettings.Settings settings(@PathVariable UUID organizationId) {
        return settings.current();
    }

    /**
     * How tickets are opened from now on.
     *
     * @param openedFor a message about one of these opens a ticket; empty: people open them
     * @param rules of which the first that fits holds
     */
    @Schema(name = "TicketSettingsChange")
    record SettingsChange(
            @NotNull @Size(max = 10) List<@NotNull TicketCategory> openedFor,

            @NotNull @Size(max = 50) List<TicketSettings.@NotNull @Valid Rule> rules) {}

    @Operation(
            operationId = "changeTicketSettings",
            summary = "Change for what tickets are opened by themselves",
            description =
                    "What a message is about is told by the first rule whose words all stand in it, else by a model"
                            + " that says nothing when it is not sure.")
    @Access(Allow.OWNER)
    @PutMapping("/ticket-settings")
    TicketSettings.Settings changeSettings(
            @PathVariable UUID organizationId, ExpectedVersion expected, @Valid @RequestBody SettingsChange body) {
        return settings.change(expected, body.openedFor(), body.rules());
    }
}
