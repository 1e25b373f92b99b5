package app.recado.chatwoot;

import static app.recado.chatwoot.Outcome.mustBeOk;

import app.recado.chatwoot.Outcome.Later;
import app.recado.chatwoot.Outcome.NotYet;
import app.recado.chatwoot.Outcome.Refused;
import app.recado.chatwoot.Outcome.Told;
import app.recado.chatwoot.Outcome.Unexpected;
import app.recado.conversations.BridgedConversations;
import app.recado.conversations.BridgedConversations.Entry;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.JobResult;
import app.recado.kernel.media.Media;
import app.recado.kernel.outgoing.OutgoingHttp;
import app.recado.kernel.security.SecretVault;
import app.recado.messaging.MessageState;
import app.recado.organizations.OrganizationProfiles;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells Chatwoot what waits, one after the other in a conversation. No transaction is open while it is called. Its API knows no
 * idempotency: what may have arrived is looked for by the name that we gave it ({@code source_id}) before it is told again.
 */
@Component
class BridgeSender {

    private static final Logger LOG = LoggerFactory.getLogger(BridgeSender.class);
    private static final String TOLD = "recado.chatwoot.told";

    /** Chatwoot opens these by itself when something is received. */
    private static final Set<String> ENDED = Set.of("resolved", "snoozed");

    /** Afterwards it is somebody else's turn. */
    private static final int MOST_IN_A_TURN = 25;

    /** A server that is away longer than this has lost what was said meanwhile; the conversation stands here. */
    private static final Duration PATIENCE = Duration.ofHours(24);

    /** A file comes seconds after the message that holds it; it is waited for, so that both stand together. */
    private static final Duration FILE_COMES_WITHIN = Duration.ofMinutes(10);

    private static final Duration LOOK_FOR_FILE = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

    private final BridgeQueue queue;
    private final BridgeMessages messages;
    private final BridgeThreads threads;
    private final Bridges bridges;
    private final BridgedConversations conversations;
    private final ChatwootApi api;
    private final Media media;
    private final OrganizationProfiles organizations;
    private final TransactionTemplate transaction;
    private final MeterRegistry metrics;
    private final Clock clock;

    BridgeSender(
            BridgeQueue queue,
            BridgeMessages messages,
            BridgeThreads threads,
            Bridges bridges,
            BridgedConversations conversations,
            ChatwootApi api,
            Media media,
            OrganizationProfiles organizations,
            TransactionTemplate transaction,
            MeterRegistry metrics,
            Clock clock) {
        this.queue = queue;
        this.messages = messages;
        this.threads = threads;
        this.bridges = bridges;
        this.conversations = conversations;
        this.api = api;
        this.media = media;
        this.organizations = organizations;
        this.transaction = transaction;
        this.metrics = metrics;
        this.clock = clock;
        // A series that begins with its first event hides that event from rates.
        List.of("told", "repeated", "given-up").forEach(outcome -> metrics.counter(TOLD, "outcome", outcome));
    }

    /** Tells some of what waits in a lane. */
    JobResult turn(JobId job) {
        for (int i = 0; i < MOST_IN_A_TURN; i++) {
            var found = queue.first(job.id());
            if (found.isEmpty()) {
                return JobResult.done();
            }
            var item = found.get();
            var now = clock.instant();
            if (item.nextAttemptAt().isAfter(now)) {
                return JobResult.again(Duration.between(now, item.nextAttemptAt()));
            }
            if (!queue.begin(item)) {
                continue;
            }
            var pause = settled(item, tell(item));
            if (pause.isPresent()) {
                return JobResult.again(pause.get());
            }
        }
        return JobResult.again(Duration.ZERO);
    }

    /** @return how long to wait before anything else of this lane is told; empty to go on */
    private Optional<Duration> settled(BridgeQueue.Item item, Outcome outcome) {
        switch (outcome) {
            case Told told -> {
                queue.told(item);
                bridges.called(item.bridgeId(), null);
                count("told");
            }
            case Refused(String cause) -> {
                LOG.warn("Chatwoot does not take {} {}: {}", item.kind().wireName(), item.subjectId(), cause);
                queue.givenUp(item, cause);
                count("given-up");
            }
            case NotYet(Duration pause) -> {
                queue.later(item, clock.instant().plus(pause), "file-pending");
                return Optional.of(pause);
            }
            case Later(String cause, Duration asked) -> {
                bridges.called(item.bridgeId(), cause);
                if (Duration.between(item.at(), clock.instant()).compareTo(PATIENCE) > 0) {
                    queue.givenUp(item, cause);
                    count("given-up");
                    return Optional.empty();
                }
                var pause = asked == null ? pauseAfter(item.attempts()) : asked;
                queue.later(item, clock.instant().plus(pause), cause);
                count("repeated");
                return Optional.of(pause);
            }
        }
        return Optional.empty();
    }

    private static Duration pauseAfter(int attempts) {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, 10));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private void count(String outcome) {
        metrics.counter(TOLD, "outcome", outcome).increment();
    }

    private <T> T inside(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }

    private void within(Runnable work) {
        transaction.executeWithoutResult(status -> work.run());
    }

    private Outcome tell(BridgeQueue.Item item) {
        var bridge = bridges.find(item.bridgeId());
        if (bridge.isEmpty()) {
            return new Refused("bridge-gone");
        }
        try {
            var inbox = bridges.inbox(bridge.get());
            return switch (item.kind()) {
                case RECEIVED -> said(inbox, item, inside(() -> conversations.received(item.subjectId())));
                case SENT -> said(inbox, item, inside(() -> conversations.sent(item.subjectId())));
                case DELIVERY -> delivery(inbox, item);
                case STATE -> state(inbox, item);
            };
        } catch (SecretVault.Unreadable e) {
            return new Later("credentials-unreadable", null);
        } catch (OutgoingHttp.Failed e) {
            return new Later(e.mayHaveArrived() ? "no-answer" : "unreachable", null);
        } catch (Unexpected e) {
            return e.outcome();
        } catch (ProblemException e) {
            if (e.problem() == Problem.MEDIA_UNAVAILABLE) {
                return new Later("media-unavailable", null);
            }
            throw e;
        }
    }

    // What was said

    private Outcome said(ChatwootApi.Inbox inbox, BridgeQueue.Item item, Optional<Entry> found)
            throws OutgoingHttp.Failed, Unexpected {
        if (found.isEmpty()) {
            return new Told(); // gone by now
        }
        var entry = found.get();
        var language = inside(() -> organizations.current().locale());
        boolean waited = Duration.between(entry.at(), clock.instant()).compareTo(FILE_COMES_WITHIN) > 0;
        if (entry.filePending() && !waited) {
            return new NotYet(LOOK_FOR_FILE);
        }
        var words = words(entry, language);
        if (words == null && entry.file() == null) {
            return new Told();
        }
        var thread = threads.with(inbox, item, entry.conversationId());
        var name = ChatwootEvent.OURS + entry.id();
        var there = item.attempts() == 0 ? 0 : find(inbox, thread, name);
        if (there == 0) {
            var answers = Optional.ofNullable(entry.quotedId())
                    .flatMap(quoted -> inside(() -> messages.ofPart(quoted)))
                    .map(BridgeMessages.Known::remoteId);
            var answer = post(inbox, thread, entry, name, words, answers);
            if (answer.status() == 404) {
                within(() -> messages.forget(thread));
                return new Later("conversation-gone", null);
            }
            there = ChatwootEvent.number(mustBeOk(answer).body().path("id"));
        }
        if (there == 0) {
            return new Later("answer-unreadable", null);
        }
        long remoteId = there;
        within(() -> {
            messages.told(item.bridgeId(), entry.id(), entry.conversationId(), remoteId, thread.remoteConversation());
            if (!entry.fromClinic()
                    && !isReaction(entry)
                    && ENDED.contains(Objects.requireNonNullElse(thread.status(), ""))) {
                // What is received opens it there by itself; here it may be Recado that goes on with it.
                isOpen(item.bridgeId(), entry.conversationId());
            }
            // What it came to while it was told was told to nobody: only from now on both sides know it.
            if (item.kind() == BridgeQueue.Kind.SENT
                    && conversations
                            .delivery(List.of(entry.id()))
                            .filter(now -> now.state() != MessageState.SENT)
                            .isPresent()) {
                messages.ofPart(entry.id())
                        .ifPresent(known -> queue.add(
                                item.bridgeId(), BridgeQueue.Kind.DELIVERY, known.id(), entry.conversationId()));
            }
        });
        return new Told();
    }

    /** It is open there now, and is told the state that it has here. */
    private void isOpen(UUID bridgeId, UUID conversationId) {
        messages.know(new BridgeMessages.Thread(bridgeId, conversationId, 0, 0, BridgeThreads.OPEN));
        queue.add(bridgeId, BridgeQueue.Kind.STATE, conversationId, conversationId);
    }

    private static boolean isReaction(Entry entry) {
        return entry.kind().equals("reaction");
    }

    private static @Nullable String words(Entry entry, String language) {
        var text = entry.text();
        if (isReaction(entry)) {
            // Taken away, it leaves nothing to read.
            text = text == null || text.isBlank() ? null : BridgeTexts.reacted(text, entry.fromClinic(), language);
        } else if (entry.place() != null) {
            text = (text == null ? "" : text + "\n") + BridgeTexts.place(entry.place());
        } else if (text == null && entry.file() == null) {
            boolean hadFile =
                    List.of("image", "video", "audio", "document", "sticker").contains(entry.kind());
            text = hadFile ? BridgeTexts.fileMissing(language) : BridgeTexts.of(entry.kind(), language);
        }
        // Chatwoot shows whose token tells it; who wrote it here stands before the words.
        return text == null || entry.author() == null ? text : "**" + entry.author() + ":** " + text;
    }

    private ChatwootApi.Answer post(
            ChatwootApi.Inbox inbox,
            BridgeMessages.Thread thread,
            Entry entry,
            String name,
            @Nullable String words,
            Optional<Long> answers)
            throws OutgoingHttp.Failed {
        var path = "/conversations/" + thread.remoteConversation() + "/messages";
        var fields = new LinkedHashMap<String, String>();
        fields.put("content", words == null ? "" : words);
        // A sign ends and begins nothing: as a note it opens no conversation that is over.
        fields.put("message_type", entry.fromClinic() || isReaction(entry) ? "outgoing" : "incoming");
        if (isReaction(entry)) {
            fields.put("private", "true");
        }
        fields.put("source_id", name);
        // As text, which Chatwoot reads in a form and in JSON alike.
        answers.ifPresent(remote -> fields.put("content_attributes", "{\"in_reply_to\":" + remote + "}"));
        var file = entry.file();
        if (file == null) {
            return api.send(inbox, "POST", path, fields);
        }
        var opened = media.open(file.key());
        if (opened.isEmpty()) {
            fields.put("content", words == null ? "—" : words);
            return api.send(inbox, "POST", path, fields);
        }
        try (var bytes = opened.get()) {
            return api.send(
                    inbox,
                    path,
                    fields,
                    bytes,
                    file.size(),
                    file.contentType(),
                    file.name() == null ? entry.kind() + extension(file.contentType()) : file.name());
        } catch (IOException e) {
            throw Problem.MEDIA_UNAVAILABLE.because("The media store broke off");
        }
    }

    private static String extension(String contentType) {
        return switch (contentType) {
            case "image/jpeg" -> ".jpg";
            case "image/png" -> ".png";
            case "image/webp" -> ".webp";
            case "audio/ogg" -> ".ogg";
            case "audio/mp4" -> ".m4a";
            case "video/mp4" -> ".mp4";
            case "application/pdf" -> ".pdf";
            default -> "";
        };
    }

    /** The message that has this name there, among the last ones. @return 0 for none */
    private long find(ChatwootApi.Inbox inbox, BridgeMessages.Thread thread, String name)
            throws OutgoingHttp.Failed, Unexpected {
        var answer = api.get(inbox, "/conversations/" + thread.remoteConversation() + "/messages");
        if (answer.status() == 404) {
            return 0;
        }
        return mustBeOk(answer)
                .body()
                .path("payload")
                .valueStream()
                .filter(one -> name.equals(ChatwootEvent.text(one.path("source_id"))))
                .map(one -> ChatwootEvent.number(one.path("id")))
                .findFirst()
                .orElse(0L);
    }

    // How far it came

    private Outcome delivery(ChatwootApi.Inbox inbox, BridgeQueue.Item item) throws OutgoingHttp.Failed, Unexpected {
        var found = inside(() -> messages.known(item.subjectId()));
        if (found.isEmpty()) {
            return new Told();
        }
        var known = found.get();
        var delivery = known.cause() == null
                ? inside(() -> conversations.delivery(known.parts()))
                : Optional.<BridgedConversations.Delivery>empty();
        var status = known.cause() != null
                ? "failed"
                : delivery.map(one -> status(one.state())).orElse("");
        if (status.isEmpty() || status.equals(known.told())) {
            return new Told();
        }
        var body = new HashMap<String, Object>();
        body.put("status", status);
        if (status.equals("failed")) {
            var reason = known.cause() != null
                    ? known.cause()
                    : delivery.map(BridgedConversations.Delivery::reason).orElse(null);
            body.put("external_error", "Recado: " + (reason == null ? "not-sent" : reason));
        }
        var answer = api.send(
                inbox, "PATCH", "/conversations/" + known.remoteConversation() + "/messages/" + known.remoteId(), body);
        if (answer.status() != 404) { // 404: somebody deleted it there
            mustBeOk(answer);
        }
        within(() -> messages.toldDelivery(known.id(), status));
        return new Told();
    }

    /** As Chatwoot calls it; empty while nobody knows. */
    private static String status(MessageState state) {
        return switch (state) {
            case SENT -> "sent";
            case DELIVERED -> "delivered";
            case READ -> "read";
            case FAILED, EXPIRED, WITHDRAWN, SUPERSEDED, SUPPRESSED -> "failed";
            default -> "";
        };
    }

    // Whether it goes on

    private Outcome state(ChatwootApi.Inbox inbox, BridgeQueue.Item item) throws OutgoingHttp.Failed, Unexpected {
        var thread = inside(() -> messages.thread(item.bridgeId(), item.subjectId()));
        var conversation = inside(() -> conversations.thread(item.subjectId()));
        if (thread.isEmpty() || thread.get().remoteConversation() == 0 || conversation.isEmpty()) {
            return new Told();
        }
        var wanted = conversation.get().state();
        if (wanted.equals(thread.get().status())) {
            return new Told();
        }
        var answer = api.send(
                inbox,
                "POST",
                "/conversations/" + thread.get().remoteConversation() + "/toggle_status",
                Map.of("status", wanted));
        if (answer.status() != 404) {
            mustBeOk(answer);
        }
        within(() -> messages.know(new BridgeMessages.Thread(item.bridgeId(), item.subjectId(), 0, 0, wanted)));
        return new Told();
    }
}
