package app.recado.templates;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.Jobs;
import app.recado.kernel.security.Caller;
import app.recado.whatsapp.LineEngineKind;
import app.recado.whatsapp.LineFacts;
import app.recado.whatsapp.TemplateCategory;
import app.recado.whatsapp.TemplateReported;
import app.recado.whatsapp.TemplateStanding;
import app.recado.whatsapp.WhatsAppLines;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Hands the clinic's texts to providers and keeps what they say. An approved one leaves from then on: an occasion's in the place
 * of whatever was mapped, a template of the clinic's own where its line needs one.
 */
@Service
@Transactional
class TemplateSubmissionService {

    private static final int MOST_SHOWN = 500;

    private final TemplateSubmissions rows;
    private final LineTemplates mapped;
    private final TemplateLibrary library;
    private final CustomTemplates own;
    private final WhatsAppLines lines;
    private final Jobs jobs;
    private final Clock clock;

    TemplateSubmissionService(
            TemplateSubmissions rows,
            LineTemplates mapped,
            TemplateLibrary library,
            CustomTemplates own,
            WhatsAppLines lines,
            Jobs jobs,
            Clock clock) {
        this.rows = rows;
        this.mapped = mapped;
        this.library = library;
        this.own = own;
        this.lines = lines;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** The newest first. */
    @Transactional(readOnly = true)
    public List<TemplateSubmission> list() {
        return rows.newest(MOST_SHOWN);
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public TemplateSubmission get(UUID id) {
        return rows.find(id).orElseThrow(() -> Problem.NOT_FOUND.because("There is no such submission"));
    }

    /**
     * Hands the published text in; of an occasion that asks for an answer the one without the question as well, for those who
     * confirmed already.
     *
     * @throws app.recado.kernel.ProblemException {@code invalid-fields}, {@code templates-not-supported}, {@code
     *     template-not-submittable}; {@code template-not-in-that-state} while the same text is looked at
     */
    public TemplateSubmission submit(
            UUID lineId,
            @Nullable TemplateKind kind,
            @Nullable UUID customId,
            TemplateLanguage language,
            TemplateCategory category,
            String providerLanguage) {
        var line = line(lineId);
        var address = address(kind, customId, language);
        var text = library.body(address)
                .orElseThrow(() -> Problem.INVALID_FIELDS.at(
                        "/language", "not-published", "No text of this template was published in this language"));
        var numbered = text.body().numbered();
        ProviderWording.check(numbered);
        boolean underWay = rows.of(line.id()).stream()
                .filter(row -> row.isOf(address)
                        && !row.confirmed()
                        && row.textNumber() == text.version().number())
                .anyMatch(row -> row.state() == TemplateStanding.State.SUBMITTING
                        || row.state() == TemplateStanding.State.PENDING);
        if (underWay) {
            throw Problem.TEMPLATE_NOT_IN_THAT_STATE.because("The provider has this text already and looks at it");
        }
        var asks = kind != null && kind.asksForAnswer();
        var main = handIn(new Handed(
                line,
                address,
                null,
                numbered,
                numbered.body(),
                asks ? List.of(language.yes(), language.no()) : List.of(),
                text.version().number(),
                category,
                providerLanguage));
        var known = asks ? DefaultTexts.withoutQuestion(numbered.body()) : numbered.body();
        if (!known.equals(numbered.body())) {
            handIn(new Handed(
                    line,
                    address,
                    main.id(),
                    numbered,
                    known,
                    List.of(),
                    text.version().number(),
                    category,
                    providerLanguage));
        }
        return main;
    }

    private record Handed(
            LineFacts line,
            TextAddress address,
            @Nullable UUID pairId,
            TemplateBody.Numbered text,
            String body,
            List<String> buttons,
            int textNumber,
            TemplateCategory category,
            String providerLanguage) {}

    private TemplateSubmission handIn(Handed handed) {
        var id = Ids.next();
        var address = handed.address();
        var sample = library.sample(address.language());
        var made = new TemplateSubmission(
                id,
                handed.line().id(),
                address.kind(),
                address.customId(),
                address.language(),
                handed.pairId() != null,
                handed.pairId(),
                name(address, id, handed.pairId() != null),
                handed.providerLanguage(),
                null,
                handed.category(),
                handed.body(),
                handed.text().fields(),
                handed.text().fields().stream()
                        .map(field -> Objects.requireNonNull(field.say(sample, address.language())))
                        .toList(),
                handed.buttons(),
                handed.textNumber(),
                TemplateStanding.State.SUBMITTING,
                null,
                null,
                null,
                clock.instant(),
                null,
                null);
        rows.insert(made, Caller.current().subject());
        jobs.schedule(TemplateFollowing.JOB, JobId.of(id), clock.instant());
        return made;
    }

    /** A name is given once: a repeated call meets its own template, and a later text is another one. */
    private static String name(TextAddress address, UUID id, boolean confirmed) {
        var kind = address.kind() == null ? "own" : address.kind().wireName();
        var tail = id.toString().replace("-", "").substring(20);
        return "recado_" + kind + (confirmed ? "_confirmed_" : "_") + tail;
    }

    private LineFacts line(UUID id) {
        var line = lines.find(id)
                .orElseThrow(() -> Problem.INVALID_FIELDS.at("/lineId", "unknown-value", "There is no such line"));
        if (!line.takesTemplates()) {
            throw Problem.TEMPLATES_NOT_SUPPORTED.because("A linked phone writes the clinic's own words");
        }
        return line;
    }

    private TextAddress address(@Nullable TemplateKind kind, @Nullable UUID customId, TemplateLanguage language) {
        if (kind != null && customId == null) {
            return TextAddress.of(kind, language);
        }
        if (kind == null && customId != null) {
            if (own.find(customId).filter(template -> !template.archived()).isEmpty()) {
                throw Problem.INVALID_FIELDS.at("/customTemplateId", "unknown-value", "There is no such template");
            }
            return TextAddress.of(customId, language);
        }
        throw Problem.INVALID_FIELDS.at("/kind", "required", "Name an occasion or one of the clinic's own templates");
    }

    /** What the provider says of one it was asked about.
     *
     * @param asked when: an answer says nothing of what happened after the question */
    public void told(UUID id, @Nullable String providerId, TemplateStanding standing, Instant asked) {
        rows.lock(id).ifPresent(row -> told(row, providerId, standing, asked));
    }

    /** The content exists and is yet to be handed in. */
    public void written(UUID id, String providerId) {
        rows.written(id, providerId);
    }

    /** It cannot be handed in now. */
    public void delayed(UUID id, String reason) {
        rows.lock(id).ifPresent(row -> rows.delayed(row, reason));
    }

    /** What a provider tells by itself: also of templates that were written there and mapped here. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void reported(TemplateReported report) {
        var known = rows.lockNamed(report.name(), report.language());
        if (known.isEmpty()) {
            for (var line : lines.each()) {
                mapped.of(line.id()).stream()
                        .filter(one -> report.language().equals(one.providerLanguage()))
                        .filter(one -> report.name().equals(one.name())
                                || report.name().equals(one.confirmedName()))
                        .forEach(one -> adopt(line, one, report));
            }
            known = rows.lockNamed(report.name(), report.language());
        }
        known.forEach(row -> told(row, null, report.standing(), report.at()));
    }

    private void adopt(LineFacts line, LineTemplate template, TemplateReported report) {
        boolean confirmed = !report.name().equals(template.name());
        rows.insert(
                new TemplateSubmission(
                        Ids.next(),
                        line.id(),
                        template.kind(),
                        null,
                        template.language(),
                        confirmed,
                        null,
                        report.name(),
                        report.language(),
                        null,
                        null,
                        null,
                        template.parameters(),
                        List.of(),
                        List.of(),
                        0,
                        TemplateStanding.State.APPROVED,
                        null,
                        null,
                        null,
                        clock.instant(),
                        null,
                        clock.instant()),
                "provider");
    }

    private void told(TemplateSubmission row, @Nullable String providerId, TemplateStanding standing, Instant at) {
        boolean first = row.approvedAt() == null;
        if (rows.told(row, providerId, standing, at) && first && standing.state() == TemplateStanding.State.APPROVED) {
            lines.find(row.lineId())
                    .ifPresent(line -> leaves(rows.lock(row.id()).orElseThrow(), line.engine()));
        }
    }

    /** From now on the occasion leaves with it. */
    private void leaves(TemplateSubmission row, LineEngineKind engine) {
        var kind = row.kind();
        var name = row.sentAs(engine);
        if (kind == null || name == null) {
            return;
        }
        var now = mapped.find(row.lineId(), kind, row.language());
        if (!row.confirmed()) {
            var confirmed = rows.of(row.lineId()).stream()
                    .filter(one -> row.id().equals(one.pairId()) && one.approved())
                    .findFirst()
                    .map(one -> one.sentAs(engine))
                    .orElse(null);
            map(row, engine, name, confirmed, now);
        } else {
            Optional.ofNullable(row.pairId())
                    .flatMap(rows::find)
                    .filter(TemplateSubmission::approved)
                    .filter(main -> now.isPresent() && now.get().name().equals(main.sentAs(engine)))
                    .ifPresent(main -> map(main, engine, now.orElseThrow().name(), name, now));
        }
    }

    private void map(
            TemplateSubmission main,
            LineEngineKind engine,
            String name,
            @Nullable String confirmedName,
            Optional<LineTemplate> now) {
        mapped.put(
                new LineTemplate(
                        main.lineId(),
                        Objects.requireNonNull(main.kind()),
                        main.language(),
                        name,
                        confirmedName,
                        main.languageSent(engine),
                        main.parameters(),
                        !main.buttons().isEmpty(),
                        0,
                        Instant.EPOCH),
                new ExpectedVersion(now.map(LineTemplate::version).orElse(0L)),
                "provider");
    }

    /** Whether a newer text of the same is approved: then nothing leaves with the older one. */
    @Transactional(readOnly = true)
    public boolean isReplaced(TemplateSubmission row) {
        return rows.of(row.lineId()).stream()
                .anyMatch(other -> other.approved()
                        && other.confirmed() == row.confirmed()
                        && other.kind() == row.kind()
                        && Objects.equals(other.customId(), row.customId())
                        && other.language() == row.language()
                        && other.submittedAt().isAfter(row.submittedAt()));
    }
}
