package app.recado.conversations;

import app.recado.conversations.ConversationViews.ConversationCounts;
import app.recado.kernel.Page;
import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import app.recado.messaging.ManualContent;
import app.recado.organizations.OrganizationProfiles;
import app.recado.patients.PatientPart;
import app.recado.patients.PatientReads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The clinic's shared inbox: what is said with whom, read and answered. */
@RestController
@Tag(name = "Conversations")
@RequestMapping("/api/v1/organizations/{organizationId}")
class ConversationController {

    private final ConversationViews views;
    private final ConversationEntries entries;
    private final ConversationSearch search;
    private final ConversationService service;
    private final ConversationReplies replies;
    private final ConversationTyping typing;
    private final InboxMembers members;
    private final OrganizationProfiles organizations;
    private final PatientReads reads;

    ConversationController(
            ConversationViews views,
            ConversationEntries entries,
            ConversationSearch search,
            ConversationService service,
            ConversationReplies replies,
            ConversationTyping typing,
            InboxMembers members,
            OrganizationProfiles organizations,
            PatientReads reads) {
        this.views = views;
        this.entries = entries;
        this.search = search;
        this.service = service;
        this.replies = replies;
        this.typing = typing;
        this.members = members;
        this.organizations = organizations;
        this.reads = reads;
    }

    @Operation(
            operationId = "listConversations",
            summary = "What is said with whom, by whose turn it is",
            description = "With turn=clinic those that wait for an answer: urgent ones first, then who waits longest."
                    + " All others with what was said last first. Days are of the clinic, to is exclusive. Reminders alone"
                    + " begin no conversation; they stand in it once the person wrote.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @Refuses(Problem.INVALID_CURSOR)
    @GetMapping("/conversations")
    Page<ConversationView> list(
            @PathVariable UUID organizationId,
            @Parameter(description = "Who is expected to say something next: clinic, patient or recado")
                    @RequestParam(required = false)
                    @Size(max = 20) @Nullable String turn,
            @Parameter(description = "open, pending, snoozed or resolved")
                    @RequestParam(required = false)
                    @Size(max = 20) @Nullable String state,
            @Parameter(description = "me, none, or a member's id")
                    @RequestParam(required = false)
                    @Size(max = 100) @Nullable String assignee,
            @RequestParam(required = false) @Size(max = 40) @Nullable String label,
            @RequestParam(required = false) @Nullable UUID teamId,
            @RequestParam(required = false) @Nullable UUID lineId,
            @Parameter(description = "Those with this patient, linked or reached at the number")
                    @RequestParam(required = false)
                    @Nullable UUID patientId,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate to,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Size(max = 2000) @Nullable String cursor) {
        return views.list(
                new ConversationFilter(
                        Staff.current().account(),
                        parameter(turn, ConversationTurn.class),
                        parameter(state, ConversationState.class),
                        assignee,
                        label,
                        teamId,
                        lineId,
                        patientId,
                        beginningOf(from),
                        beginningOf(to)),
                limit,
                cursor);
    }

    /** @throws app.recado.kernel.ProblemException {@code invalid-parameter} for words that are none of these */
    private static <E extends Enum<E>> @Nullable E parameter(@Nullable String name, Class<E> kind) {
        if (name == null) {
            return null;
        }
        return Arrays.stream(kind.getEnumConstants())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.INVALID_PARAMETER.because("There is no such turn or state"));
    }

    private @Nullable Instant beginningOf(@Nullable LocalDate day) {
        return day == null
                ? null
                : day.atStartOfDay(organizations.current().timeZone()).toInstant();
    }

    @Operation(
            operationId = "countConversations",
            summary = "How many conversations wait, are the caller's, are nobody's and are not resolved")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/conversation-counts")
    ConversationCounts counts(@PathVariable UUID organizationId) {
        return views.counts(Staff.current().account());
    }

    /** Everybody who works with conversations, by name. */
    @Schema(name = "InboxMemberList")
    record InboxMemberList(List<InboxMembers.Member> items) {}

    @Operation(
            operationId = "listInboxMembers",
            summary = "Who can be given a conversation or be mentioned",
            description = "Everybody of the clinic who opened a conversation before.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/inbox-members")
    InboxMemberList members(@PathVariable UUID organizationId) {
        return new InboxMemberList(members.list(Staff.current().account()));
    }

    /** Labels in use, by name. */
    @Schema(name = "ConversationLabelList")
    record ConversationLabelList(List<String> items) {}

    @Operation(operationId = "listConversationLabels", summary = "The labels in use, by name")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/conversation-labels")
    ConversationLabelList labels(@PathVariable UUID organizationId) {
        return new ConversationLabelList(service.labels());
    }

    /**
     * What is looked for.
     *
     * @param text words that all stand in one message; the last one may be a beginning
     * @param limit how many at most; left out, 20
     */
    @Schema(name = "ConversationSearch")
    record SearchInput(
            @Schema(example = "bracket roto") @NotBlank @Size(max = 200) String text,

            @Schema(example = "20") @Min(1) @Max(50) @Nullable Integer limit) {}

    /** What was found, the newest first. */
    @Schema(name = "ConversationSearchResult")
    record SearchResult(List<ConversationSearch.Found> items) {}

    @Operation(
            operationId = "searchConversations",
            summary = "Find what people said by its words",
            description = "What the other side wrote, what staff answered, and notes; not what Recado sent by itself."
                    + " Accents and case do not matter. Asked with POST, because words are about patients.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @PostMapping("/conversations/search")
    SearchResult search(@PathVariable UUID organizationId, @Valid @RequestBody SearchInput body) {
        var found = search.find(body.text(), body.limit() == null ? 20 : body.limit());
        reads.shown(
                PatientPart.MESSAGES,
                found.stream()
                        .flatMap(one -> one.patients().stream())
                        .map(ConversationView.PatientRef::id)
                        .distinct()
                        .toList());
        return new SearchResult(found);
    }

    @Operation(operationId = "getConversation", summary = "One conversation, without what was said in it")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/conversations/{id}")
    ConversationView get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        var view = views.one(id, Staff.current().account());
        shown(view);
        return view;
    }

    private void shown(ConversationView view) {
        reads.shown(
                PatientPart.MESSAGES,
                view.patients().stream().map(ConversationView.PatientRef::id).toList());
    }

    @Operation(
            operationId = "listConversationEntries",
            summary = "Everything that was said in a conversation, newest first",
            description =
                    "Both directions with how far each message came, words from the clinic's own phone, calls,"
                            + " reactions, what was edited and taken back, private notes, and what happened to the conversation.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @Refuses(Problem.INVALID_CURSOR)
    @GetMapping("/conversations/{id}/entries")
    Page<ConversationEntry> entries(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Size(max = 2000) @Nullable String cursor) {
        var page = entries.list(id, limit, cursor);
        shown(views.one(id, Staff.current().account()));
        return page;
    }

    @Operation(
            operationId = "readConversation",
            summary = "Say that the caller has seen what was said so far",
            description = "It is unread again for them when the other side says something.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @PostMapping("/conversations/{id}/read")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void read(@PathVariable UUID organizationId, @PathVariable UUID id) {
        service.read(id, Staff.current());
    }

    /** Colleagues who are writing. */
    @Schema(name = "TypingMemberList")
    record TypingList(List<ConversationTyping.Typing> items) {}

    @Operation(operationId = "listTyping", summary = "Which colleagues are writing an answer at this moment")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/conversations/{id}/typing")
    TypingList typing(@PathVariable UUID organizationId, @PathVariable UUID id) {
        views.one(id, Staff.current().account());
        return new TypingList(typing.of(id, Staff.current().account()));
    }

    /**
     * Whether somebody is writing.
     *
     * @param typing false when they stopped
     */
    @Schema(name = "TypingInput")
    record TypingInput(@NotNull Boolean typing) {}

    @Operation(
            operationId = "setTyping",
            summary = "Say that the caller is writing an answer",
            description = "Counts for ten seconds; patients do not see it.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @PostMapping("/conversations/{id}/typing")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void setTyping(@PathVariable UUID organizationId, @PathVariable UUID id, @Valid @RequestBody TypingInput body) {
        views.one(id, Staff.current().account());
        typing.says(id, Staff.current(), body.typing());
    }

    /**
     * An answer.
     *
     * @param content what
     * @param quotedId the entry that it answers, which the other side sees above it; only for words; null or absent for none
     * @param lastAnswerId the clinic's last answer as the writer knows it; null or absent when they know of none
     */
    @Schema(name = "ConversationReply")
    record Reply(
            @NotNull @Valid ManualContent content,
            @Nullable UUID quotedId,
            @Nullable UUID lastAnswerId) {}

    @Operation(
            operationId = "replyInConversation",
            summary = "Answer in a conversation",
            description = "On its own line, at once or when the line is back. Refused with answered-meanwhile when a"
                    + " colleague answered after lastAnswerId: read that first, then send it with the new one. What the"
                    + " other side wrote until now counts as taken care of.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses({Problem.ANSWERED_MEANWHILE, Problem.WINDOW_CLOSED, Problem.LINE_UNKNOWN, Problem.PATIENT_RESTRICTED})
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping("/conversations/{id}/messages")
    ResponseEntity<ConversationEntry> reply(
            @PathVariable UUID organizationId, @PathVariable UUID id, @Valid @RequestBody Reply body) {
        var entry = replies.reply(id, body.content(), body.quotedId(), body.lastAnswerId(), Staff.current());
        return ResponseEntity.created(URI.create("/api/v1/organizations/" + organizationId + "/messages/" + entry.id()))
                .body(entry);
    }

    /**
     * A sign at something that was said.
     *
     * @param emoji one; empty takes back the clinic's
     */
    @Schema(name = "ConversationReaction")
    record Reaction(
            @Schema(example = "👍") @NotNull @Size(max = 16) String emoji) {}

    @Operation(
            operationId = "reactInConversation",
            summary = "React to something that was said in a conversation",
            description = "It stands at the message on the other side's phone, in the place of the clinic's former one."
                    + " It answers nothing: whoever waits goes on waiting. Lines of Twilio have no reactions.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @Refuses({Problem.WINDOW_CLOSED, Problem.LINE_UNKNOWN, Problem.PATIENT_RESTRICTED})
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping("/conversations/{id}/entries/{entryId}/reaction")
    ResponseEntity<ConversationEntry> react(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            @PathVariable UUID entryId,
            @Valid @RequestBody Reaction body) {
        var entry = replies.react(id, entryId, body.emoji(), Staff.current());
        return ResponseEntity.created(URI.create("/api/v1/organizations/" + organizationId + "/messages/" + entry.id()))
                .body(entry);
    }

    /**
     * A note for colleagues.
     *
     * @param text what patients never see
     * @param mentions members it is for above all; left out, nobody
     */
    @Schema(name = "ConversationNote")
    record NoteInput(
            @Schema(example = "Acosta lo ve hoy si llega antes de las 16:45") @NotBlank @Size(max = 4000) String text,

            @Nullable @Size(max = 20) List<@NotNull @Size(max = 100) String> mentions) {}

    /** The note's id, under which it stands in the conversation. */
    @Schema(name = "WrittenNote")
    record WrittenNote(UUID id) {}

    @Operation(
            operationId = "writeNote",
            summary = "Write a private note in a conversation",
            description = "Colleagues see it, the other side never does. Whoever is mentioned finds it marked.")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping("/conversations/{id}/notes")
    ResponseEntity<WrittenNote> note(
            @PathVariable UUID organizationId, @PathVariable UUID id, @Valid @RequestBody NoteInput body) {
        var mentions = body.mentions() == null ? List.<String>of() : body.mentions();
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(new WrittenNote(service.note(id, body.text(), mentions, Staff.current())));
    }
}
