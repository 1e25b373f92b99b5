package app.recado.bot.flow;

import app.recado.bot.flow.FlowNode.Action;
import app.recado.bot.flow.FlowNode.ActionKind;
import app.recado.bot.flow.FlowState.Asking;
import app.recado.bot.flow.FlowState.Choice;
import app.recado.bot.flow.FlowState.Stage;
import app.recado.bot.flow.FlowTools.Free;
import app.recado.bot.flow.FlowTools.Result;
import app.recado.bot.flow.FlowTools.Visit;
import app.recado.bot.flow.FlowTurn.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What actions ask and do. A visit is chosen where there are several, a time is chosen, and what is about to change is said
 * back; nothing is booked, moved or cancelled before somebody said yes to exactly that. A visit that changed meanwhile is not
 * the one they said yes to.
 */
final class FlowActions {

    private static final String YES = "yes";
    private static final String NO = "no";
    private static final String MORE = "more";

    /** What says yes and no, beside their numbers. */
    static final Map<String, Set<String>> WORDS = Map.of(YES, FlowWords.YES_WORDS, NO, FlowWords.NO_WORDS);

    /** So many at a time: more cannot be read on a phone at once. */
    private static final int SHOWN = 5;

    private static final int MOST_CHOICES = 9;
    private static final Asking NOTHING_YET = new Asking(Stage.YES_OR_NO, List.of(), null, null, null, 0);

    private final FlowRun run;

    FlowActions(FlowRun run) {
        this.run = run;
    }

    /** Says which visits lie ahead. @return whether there are some */
    boolean list() {
        var visits = run.tools.visits();
        if (visits.isEmpty()) {
            run.say(FlowWords.NO_VISITS);
            return false;
        }
        var lines = new StringBuilder(FlowWords.YOUR_VISITS.in(run.language));
        visits.forEach(visit -> lines.append("\n• ").append(described(visit)));
        run.say(lines.toString());
        return true;
    }

    /** @return where it goes on; null when it waits */
    @Nullable String begin(Action action) {
        return switch (action.action()) {
            case MY_VISITS -> list() ? done(action) : notDone(action, "no-visits");
            case CONFIRM, MOVE, CANCEL -> beginWithVisit(action);
            case BOOK, JOIN_WAITLIST -> beginWithService(action);
            case CONSENT -> yesOrNo(action, NOTHING_YET, 0);
            case UPDATE_DATA -> beginUpdate(action);
            case SEND_PLACE -> sendPlaces(action);
            case SEND_FILE -> sendFiles(action);
            case OPEN_TICKET -> openTicket(action);
        };
    }

    /** It changes nothing of theirs, so nothing is asked back. */
    private @Nullable String openTicket(Action action) {
        var number = run.tools.openTicket();
        if (number == null) {
            return notDone(action, "not-possible");
        }
        run.say(Objects.requireNonNullElse(run.text(action.text()), ""));
        run.say(FlowWords.TICKET_OPENED, number.toString());
        return done(action);
    }

    private @Nullable String beginUpdate(Action action) {
        if (!run.tools.patientKnown()) {
            return notDone(action, "patient-unknown");
        }
        var said = FlowDetails.said(action, run.answers);
        if (said.isEmpty()) {
            return notDone(action, "nothing-answered");
        }
        if (!FlowDetails.readable(said)) {
            run.say(FlowWords.DETAILS_UNREADABLE);
            return notDone(action, "unreadable");
        }
        return yesOrNo(action, NOTHING_YET, 0);
    }

    private @Nullable String sendPlaces(Action action) {
        var wanted = action.locationIds();
        var places = run.tools.places().stream()
                .filter(place -> wanted.isEmpty() || wanted.contains(place.id()))
                .limit(wanted.isEmpty() ? 1 : wanted.size())
                .toList();
        if (places.isEmpty()) {
            return notDone(action, "no-places");
        }
        run.say(Objects.requireNonNullElse(run.text(action.text()), ""));
        places.forEach(run::say);
        return done(action);
    }

    private @Nullable String sendFiles(Action action) {
        if (action.files().isEmpty() || !action.files().stream().allMatch(file -> run.tools.hasFile(file.mediaId()))) {
            return notDone(action, "file-missing");
        }
        var words = run.text(action.text());
        for (var file : action.files()) {
            run.say(file, words);
            words = null; // once, below the first
        }
        return done(action);
    }

    private @Nullable String beginWithVisit(Action action) {
        var visits = run.tools.visits();
        if (visits.isEmpty()) {
            run.say(FlowWords.NO_VISITS);
            return notDone(action, "no-visits");
        }
        if (visits.size() == 1) {
            return withVisit(action, visits.getFirst());
        }
        var choices = visits.stream()
                .limit(MOST_CHOICES)
                .map(visit -> new Choice(idOf(visit), described(visit)))
                .toList();
        return ask(action, new Asking(Stage.VISIT, choices, null, null, null, 0), FlowWords.WHICH_VISIT, 0);
    }

    private @Nullable String beginWithService(Action action) {
        if (!run.tools.patientKnown()) {
            return notDone(action, "patient-unknown");
        }
        var services = run.tools.services();
        var only = action.healthcareServiceIds();
        if (!only.isEmpty()) {
            services = services.stream()
                    .filter(service -> only.contains(service.id()))
                    .toList();
        }
        if (services.isEmpty()) {
            run.say(FlowWords.NO_SERVICES);
            return notDone(action, "no-services");
        }
        if (services.size() == 1) {
            return withService(action, services.getFirst().id());
        }
        var choices = services.stream()
                .limit(MOST_CHOICES)
                .map(service -> new Choice(service.id().toString(), service.name()))
                .toList();
        return ask(action, new Asking(Stage.SERVICE, choices, null, null, null, 0), FlowWords.WHICH_SERVICE, 0);
    }

    /** Somebody chose. @return where it goes on; null when it waits */
    @Nullable String resume(Action action, Asking asking, Choice choice, FlowInput input) {
        return switch (asking.stage()) {
            case VISIT -> {
                var visit = visit(choice.id()).orElse(null);
                if (visit != null) {
                    yield withVisit(action, visit);
                }
                run.say(FlowWords.NOT_POSSIBLE);
                yield notDone(action, "changed-meanwhile");
            }
            case SERVICE -> withService(action, UUID.fromString(choice.id()));
            case TIME ->
                choice.id().equals(MORE)
                        ? askTime(action, asking, asking.from() + SHOWN)
                        : yesOrNo(
                                action,
                                new Asking(
                                        Stage.YES_OR_NO,
                                        List.of(),
                                        asking.visitId(),
                                        asking.serviceId(),
                                        choice.id(),
                                        asking.from()),
                                0);
            case YES_OR_NO -> decided(action, asking, choice.id().equals(YES), input);
        };
    }

    /** Asks the same once more. */
    void askAgain(Action action, Asking asking, int retries) {
        switch (asking.stage()) {
            case VISIT -> ask(action, asking, FlowWords.WHICH_VISIT, retries);
            case SERVICE -> ask(action, asking, FlowWords.WHICH_SERVICE, retries);
            case TIME -> ask(action, asking, FlowWords.WHICH_TIME, retries);
            case YES_OR_NO -> yesOrNo(action, asking, retries);
        }
    }

    private @Nullable String withVisit(Action action, Visit visit) {
        if (action.action() == ActionKind.CONFIRM) {
            if (run.tools.confirm(visit) != Result.DONE) {
                run.say(FlowWords.NOT_POSSIBLE);
                return notDone(action, "not-possible");
            }
            run.say(FlowWords.CONFIRMED, described(visit));
            return done(action);
        }
        var notice = Duration.ofHours(run.document.rules().noticeHours());
        if (run.now.plus(notice).isAfter(visit.start())) {
            run.say(FlowWords.TOO_LATE);
            return notDone(action, "too-late");
        }
        var chosen = new Asking(
                Stage.YES_OR_NO, List.of(), idOf(visit), visit.serviceId().toString(), null, 0);
        return action.action() == ActionKind.CANCEL ? yesOrNo(action, chosen, 0) : askTime(action, chosen, 0);
    }

    private @Nullable String withService(Action action, UUID service) {
        var chosen = new Asking(Stage.YES_OR_NO, List.of(), null, service.toString(), null, 0);
        return action.action() == ActionKind.JOIN_WAITLIST ? yesOrNo(action, chosen, 0) : askTime(action, chosen, 0);
    }

    private @Nullable String askTime(Action action, Asking about, int from) {
        var free = free(about);
        if (free.isEmpty()) {
            run.say(FlowWords.NO_TIMES);
            return notDone(action, "no-times");
        }
        int first = from < free.size() ? from : 0;
        var choices = new ArrayList<Choice>();
        free.stream().skip(first).limit(SHOWN).forEach(one -> choices.add(new Choice(idOf(one), described(one))));
        if (free.size() > SHOWN) {
            choices.add(new Choice(MORE, FlowWords.OTHER_TIMES.in(run.language)));
        }
        return ask(
                action,
                new Asking(Stage.TIME, choices, about.visitId(), about.serviceId(), null, first),
                FlowWords.WHICH_TIME,
                0);
    }

    private List<Free> free(Asking about) {
        var moving = about.visitId() == null ? null : visit(about.visitId()).orElse(null);
        if (about.visitId() != null && moving == null) {
            return List.of();
        }
        return run.tools.free(UUID.fromString(Objects.requireNonNull(about.serviceId())), moving);
    }

    private @Nullable String yesOrNo(Action action, Asking about, int retries) {
        var text = shall(action, about);
        if (text == null) {
            run.say(FlowWords.NOT_POSSIBLE);
            return notDone(action, "changed-meanwhile");
        }
        var choices =
                List.of(new Choice(YES, FlowWords.YES.in(run.language)), new Choice(NO, FlowWords.NO.in(run.language)));
        var asking =
                new Asking(Stage.YES_OR_NO, choices, about.visitId(), about.serviceId(), about.chosen(), about.from());
        run.ask(action.id(), text, choices);
        run.step(Kind.ASKED, action.id(), "yes-or-no");
        run.waitAt(action.id(), retries, asking);
        return null;
    }

    /** What is about to change, said back; null when it is not there any more. */
    private @Nullable String shall(Action action, Asking about) {
        return switch (action.action()) {
            case CONSENT ->
                Objects.requireNonNullElse(run.text(action.text()), FlowWords.MAY_WE_WRITE.in(run.language));
            case CANCEL ->
                visit(about.visitId())
                        .map(visit -> FlowWords.SHALL_CANCEL.in(run.language, described(visit)))
                        .orElse(null);
            case MOVE ->
                time(about)
                        .map(to -> FlowWords.SHALL_MOVE.in(run.language, described(to)))
                        .orElse(null);
            case BOOK ->
                time(about)
                        .map(at -> FlowWords.SHALL_BOOK.in(run.language, serviceName(about) + ", " + described(at)))
                        .orElse(null);
            case JOIN_WAITLIST -> FlowWords.SHALL_WAIT.in(run.language, serviceName(about));
            case UPDATE_DATA -> FlowDetails.asked(FlowDetails.said(action, run.answers), run.language);
            case MY_VISITS, CONFIRM, SEND_PLACE, SEND_FILE, OPEN_TICKET -> null;
        };
    }

    private @Nullable String decided(Action action, Asking asking, boolean yes, FlowInput input) {
        if (action.action() == ActionKind.CONSENT) {
            run.tools.consent(yes, Objects.requireNonNullElse(input.text(), ""));
            run.say(yes ? FlowWords.CONSENT_YES : FlowWords.CONSENT_NO);
            return yes ? done(action) : notDone(action, "declined");
        }
        if (!yes) {
            run.say(FlowWords.NOTHING_CHANGED);
            return notDone(action, "declined");
        }
        var visit = visit(asking.visitId()).orElse(null);
        var time = time(asking).orElse(null);
        var service = asking.serviceId() == null ? null : UUID.fromString(asking.serviceId());
        var result = switch (action.action()) {
            case CANCEL -> visit == null ? Result.NOT_POSSIBLE : run.tools.cancel(visit);
            case MOVE ->
                visit == null ? Result.NOT_POSSIBLE : time == null ? Result.TAKEN : run.tools.move(visit, time);
            case BOOK ->
                service == null ? Result.NOT_POSSIBLE : time == null ? Result.TAKEN : run.tools.book(service, time);
            case JOIN_WAITLIST -> service == null ? Result.NOT_POSSIBLE : run.tools.joinWaitlist(service);
            case UPDATE_DATA -> run.tools.update(FlowDetails.said(action, run.answers));
            case MY_VISITS, CONFIRM, CONSENT, SEND_PLACE, SEND_FILE, OPEN_TICKET -> Result.NOT_POSSIBLE;
        };
        return switch (result) {
            case DONE -> {
                told(action, asking, time);
                yield done(action);
            }
            case TAKEN -> {
                run.say(FlowWords.TIME_TAKEN);
                run.step(Kind.NOT_DONE, action.id(), "taken");
                yield askTime(action, asking, 0);
            }
            case NOT_POSSIBLE -> {
                run.say(FlowWords.NOT_POSSIBLE);
                yield notDone(action, "not-possible");
            }
        };
    }

    private void told(Action action, Asking asking, @Nullable Free time) {
        switch (action.action()) {
            case CANCEL -> run.say(FlowWords.CANCELLED);
            case MOVE -> run.say(FlowWords.MOVED, described(Objects.requireNonNull(time)));
            case BOOK ->
                run.say(FlowWords.BOOKED, serviceName(asking) + ", " + described(Objects.requireNonNull(time)));
            case JOIN_WAITLIST -> run.say(FlowWords.ON_THE_LIST);
            case UPDATE_DATA -> run.say(FlowWords.CONSENT_YES);
            case MY_VISITS, CONFIRM, CONSENT, SEND_PLACE, SEND_FILE, OPEN_TICKET -> {}
        }
    }

    private @Nullable String ask(Action action, Asking asking, FlowWords words, int retries) {
        run.ask(action.id(), words.in(run.language), asking.choices());
        run.step(Kind.ASKED, action.id(), asking.stage().wireName());
        run.waitAt(action.id(), retries, asking);
        return null;
    }

    private @Nullable String done(Action action) {
        run.step(Kind.ACTED, action.id(), action.action().wireName());
        return FlowEngine.onwards(run, action, action.next());
    }

    private @Nullable String notDone(Action action, String why) {
        run.step(Kind.NOT_DONE, action.id(), why);
        return FlowEngine.onwards(run, action, action.otherwise());
    }

    private Optional<Visit> visit(@Nullable String id) {
        return run.tools.visits().stream()
                .filter(visit -> idOf(visit).equals(id))
                .findFirst();
    }

    private Optional<Free> time(Asking about) {
        return about.chosen() == null
                ? Optional.empty()
                : free(about).stream()
                        .filter(one -> idOf(one).equals(about.chosen()))
                        .findFirst();
    }

    private String serviceName(Asking about) {
        return run.tools.services().stream()
                .filter(service -> service.id().toString().equals(about.serviceId()))
                .findFirst()
                .map(FlowTools.Service::name)
                .orElse("");
    }

    /** With its version: one that was moved is another. */
    private static String idOf(Visit visit) {
        return visit.id() + "/" + visit.version();
    }

    private static String idOf(Free time) {
        return time.start() + "/" + time.practitionerId();
    }

    private String described(Visit visit) {
        return FlowWords.when(visit.start(), visit.zone(), run.language) + ", " + visit.serviceName() + ", "
                + visit.practitionerName() + (visit.whose() == null ? "" : " (" + visit.whose() + ")");
    }

    private String described(Free time) {
        return FlowWords.when(time.start(), time.zone(), run.language) + ", " + time.practitionerName();
    }
}
