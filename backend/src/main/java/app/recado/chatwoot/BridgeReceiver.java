package app.recado.chatwoot;

import app.recado.conversations.BridgedConversations;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.kernel.jobs.JobFailed;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.JobResult;
import app.recado.kernel.jobs.Retries;
import app.recado.kernel.media.Media;
import app.recado.messaging.ManualContent;
import app.recado.messaging.StaffReplies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends what agents write. Files are fetched first; then everything of a message is put on its way in one transaction, which
 * marks it as taken: whatever is delivered or tried again, it leaves once. What cannot be sent is marked as failed there.
 */
@Component
class BridgeReceiver {

    /** The name of its jobs: one a conversation. */
    static final String JOB = "chatwoot-take";

    /** For files that cannot be fetched yet, and trouble on our side. Later than this an answer is of no use. */
    static final Retries RETRIES = new Retries(10, Duration.ofSeconds(5), Duration.ofMinutes(10));

    private static final int MOST_IN_A_TURN = 25;

    /** Chatwoot has no files of other kinds in what agents send; these few are none. */
    private static final Set<String> FILES = Set.of("image", "audio", "video", "file");

    /** What WhatsApp takes below a picture. */
    private static final int LONGEST_CAPTION = 1024;

    private static final int LONGEST_NAME = 200;

    private final BridgeMessages messages;
    private final BridgeQueue queue;
    private final BridgedConversations conversations;
    private final StaffReplies replies;
    private final ChatwootApi api;
    private final Media media;
    private final TransactionTemplate transaction;

    BridgeReceiver(
            BridgeMessages messages,
            BridgeQueue queue,
            BridgedConversations conversations,
            StaffReplies replies,
            ChatwootApi api,
            Media media,
            TransactionTemplate transaction) {
        this.messages = messages;
        this.queue = queue;
        this.conversations = conversations;
        this.replies = replies;
        this.api = api;
        this.media = media;
        this.transaction = transaction;
    }

    /** A file that was fetched. */
    private record Fetched(Media.Stored stored, String name) {}

    /** Sends what waits in a conversation, in its order. @param attempt the last one gives up */
    JobResult turn(JobId job, int attempt) {
        for (int i = 0; i < MOST_IN_A_TURN; i++) {
            var found = first(job.id());
            if (found.isEmpty()) {
                return JobResult.done();
            }
            take(found.get(), attempt);
        }
        return JobResult.again(Duration.ZERO);
    }

    private Optional<BridgeMessages.Arrived> first(UUID conversationId) {
        return Objects.requireNonNull(transaction.execute(status -> messages.firstArrived(conversationId)));
    }

    private void take(BridgeMessages.Arrived arrived, int attempt) {
        try {
            var files = fetch(arrived);
            transaction.executeWithoutResult(status -> {
                if (messages.taken(arrived)) {
                    send(arrived, files);
                }
            });
        } catch (ChatwootApi.NotFetched e) {
            later(arrived, attempt, e.forGood(), "file-not-fetched");
        } catch (ProblemException e) {
            later(
                    arrived,
                    attempt,
                    e.problem() != Problem.MEDIA_UNAVAILABLE,
                    e.problem().code());
        }
    }

    private void later(BridgeMessages.Arrived arrived, int attempt, boolean forGood, String cause) {
        if (!forGood && attempt < RETRIES.attempts()) {
            throw new JobFailed(cause);
        }
        refuse(arrived, cause);
    }

    private void refuse(BridgeMessages.Arrived arrived, String cause) {
        transaction.executeWithoutResult(status -> {
            if (messages.refused(arrived, cause)) {
                queue.add(arrived.bridgeId(), BridgeQueue.Kind.DELIVERY, arrived.id(), arrived.conversationId());
            }
        });
    }

    private List<Fetched> fetch(BridgeMessages.Arrived arrived) throws ChatwootApi.NotFetched {
        var fetched = new ArrayList<Fetched>();
        for (var file : arrived.files()) {
            if (FILES.contains(file.kind())) {
                fetched.add(new Fetched(api.fetch(file.url(), media::keep), name(file.url())));
            }
        }
        return fetched;
    }

    private void send(BridgeMessages.Arrived arrived, List<Fetched> files) {
        var by = new BridgedConversations.Outsider(arrived.agent(), arrived.agentName());
        for (var content : contents(arrived.text(), files)) {
            messages.isSentAs(arrived, conversations.reply(arrived.conversationId(), content, arrived.quotedId(), by));
        }
    }

    /** Words stand below the first file, as in Chatwoot; too long for that, or without a file, they are a message. */
    private List<ManualContent> contents(@Nullable String text, List<Fetched> files) {
        var contents = new ArrayList<ManualContent>();
        var words = text;
        if (words != null && (files.isEmpty() || words.length() > LONGEST_CAPTION)) {
            contents.add(new ManualContent.Text(words));
            words = null;
        }
        for (var file : files) {
            var id = replies.attach(file.stored());
            contents.add(
                    Media.mayBeShown(file.stored().contentType())
                            ? new ManualContent.Image(id, words)
                            : new ManualContent.Document(id, file.name(), words));
            words = null;
        }
        return contents;
    }

    /** The last part of its address, which is how Chatwoot calls a file. */
    private static String name(String url) {
        var path = url.split("[?#]", 2)[0];
        var last = path.substring(path.lastIndexOf('/') + 1);
        String name;
        try {
            name = java.net.URLDecoder.decode(last.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8)
                    .replaceAll("\\p{Cntrl}", "")
                    .strip();
        } catch (IllegalArgumentException e) {
            name = last;
        }
        if (name.isEmpty()) {
            return "Chatwoot";
        }
        return name.length() <= LONGEST_NAME ? name : name.substring(name.length() - LONGEST_NAME);
    }
}
