package app.recado.chatwoot;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A delivery of Chatwoot's, as far as it concerns us. Fields that it has beside these are nobody's concern. */
sealed interface ChatwootEvent {

    /** What our own messages are called there begins with this: they come back in deliveries and are known by it. */
    String OURS = "recado:";

    /** WhatsApp takes no more in one message. */
    int LONGEST_TEXT = 4096;

    /** Chatwoot itself takes no more files with a message. */
    int MOST_FILES = 15;

    /**
     * A file that an agent sends.
     *
     * @param kind {@code image}, {@code audio}, {@code video} or {@code file}, and a few that are none
     */
    record File(String kind, String url) {
        @Override
        public String toString() {
            return "File[kind=" + kind + "]";
        }
    }

    /**
     * An agent wrote to the other side.
     *
     * @param contactKey what the other side is called in this inbox: ours when we began it
     * @param phone of the other side as Chatwoot knows it, E.164; null for none
     * @param agentName as agents see them; null for none
     * @param answers the message that it answers, by its number there; 0 for none
     */
    record AgentWrote(
            long messageId,
            long conversation,
            @Nullable String contactKey,
            @Nullable String phone,
            String agent,
            @Nullable String agentName,
            @Nullable String text,
            List<File> files,
            long answers)
            implements ChatwootEvent {
        @Override
        public String toString() {
            return "AgentWrote[messageId=" + messageId + "]";
        }
    }

    /** An agent deleted what they wrote. */
    record AgentDeleted(long messageId) implements ChatwootEvent {}

    /** The conversation has this state there now. @param agentName who did it, as far as that is told; null for nobody */
    record StatusChanged(
            long conversation, String status, @Nullable String agentName) implements ChatwootEvent {}

    /** Nothing that changes anything here: what came from us, notes, activities, what Chatwoot says by itself. */
    record Nothing() implements ChatwootEvent {}

    /** It is about another account or inbox than the bridge's. */
    final class NotOurs extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** @throws NotOurs for other accounts and inboxes
     * @throws JacksonException when it is no JSON */
    static ChatwootEvent read(JsonMapper json, byte[] body, long account, long inbox) throws NotOurs {
        var root = json.readTree(body);
        var conversation = root.path("conversation");
        long saidInbox = number(root.path("inbox").path("id"));
        if (saidInbox == 0) {
            saidInbox = number(root.path("inbox_id"));
        }
        if (number(root.path("account").path("id")) != account || saidInbox != inbox) {
            throw new NotOurs();
        }
        return switch (root.path("event").asString("")) {
            case "message_created" -> isAnAgents(root) ? wrote(root, conversation) : new Nothing();
            case "message_updated" ->
                root.path("content_attributes").path("deleted").asBoolean(false) && isAnAgents(root)
                        ? new AgentDeleted(number(root.path("id")))
                        : new Nothing();
            case "conversation_status_changed" -> {
                var status = text(root.path("status"));
                yield status == null
                        ? new Nothing()
                        : new StatusChanged(
                                number(root.path("id")),
                                status,
                                text(root.path("meta").path("assignee").path("name")));
            }
            default -> new Nothing();
        };
    }

    /** Said to the other side by a person or a bot of theirs: no note, no activity, and nothing that we told them. */
    private static boolean isAnAgents(JsonNode root) {
        var ours = text(root.path("source_id"));
        return "outgoing".equals(text(root.path("message_type")))
                && !root.path("private").asBoolean(false)
                && (ours == null || !ours.startsWith(OURS));
    }

    private static ChatwootEvent wrote(JsonNode root, JsonNode conversation) {
        var files = root.path("attachments")
                .valueStream()
                .limit(MOST_FILES)
                .map(one -> new File(
                        one.path("file_type").asString("file"),
                        one.path("data_url").asString("")))
                .filter(file -> !file.url().isEmpty())
                .toList();
        var sender = root.path("sender");
        return new AgentWrote(
                number(root.path("id")),
                number(conversation.path("id")),
                text(conversation.path("contact_inbox").path("source_id")),
                text(conversation.path("meta").path("sender").path("phone_number")),
                "chatwoot:" + ("agent_bot".equals(text(sender.path("type"))) ? "bot-" : "") + number(sender.path("id")),
                text(sender.path("name")),
                cut(asOnWhatsApp(text(root.path("content")))),
                files,
                number(root.path("content_attributes").path("in_reply_to")));
    }

    /** Chatwoot's editor writes Markdown, with a backslash at the end of a line that goes on; WhatsApp has marks of its own. */
    private static @Nullable String asOnWhatsApp(@Nullable String text) {
        return text == null
                ? null
                : text.replace("\\\n", "\n")
                        .replaceAll("\\*\\*(\\S(?:[^*\\n]*\\S)?)\\*\\*", "*$1*")
                        .replaceAll("~~(\\S(?:[^~\\n]*\\S)?)~~", "~$1~")
                        .replaceAll("\\[([^\\]\\n]+)]\\((https?://[^)\\s]+)\\)", "$1 ($2)");
    }

    private static @Nullable String cut(@Nullable String text) {
        if (text == null || text.length() <= LONGEST_TEXT) {
            return text;
        }
        // Half an emoji is no text.
        return text.substring(
                0, Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1)) ? LONGEST_TEXT - 1 : LONGEST_TEXT);
    }

    /** A word or number as text; null for blank and for everything else. */
    static @Nullable String text(JsonNode node) {
        // PostgreSQL's text knows no zero byte.
        var said = node.isString() || node.isNumber() ? node.asString().replace("\u0000", "") : "";
        return said.isBlank() ? null : said;
    }

    /** 0 for what is none. */
    static long number(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() ? node.longValue() : 0;
    }

    /** The contact that we named it after; null for keys that are not ours. */
    static @Nullable UUID contactOf(@Nullable String contactKey) {
        try {
            return contactKey != null && contactKey.startsWith(OURS)
                    ? UUID.fromString(contactKey.substring(OURS.length()))
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
