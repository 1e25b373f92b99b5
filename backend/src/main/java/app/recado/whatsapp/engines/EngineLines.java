package app.recado.whatsapp.engines;

import app.recado.whatsapp.LineEngineKind;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What engines know of lines and tell of them. Current organization; needs an open transaction. */
public interface EngineLines {

    /** How the line reaches WhatsApp; empty when the organization has no such line. */
    Optional<LineEngineKind> engineOf(UUID lineId);

    /** Whether messages may leave now, as the line was last reported. */
    boolean linked(UUID lineId);

    /** Whether the clinic wants "typing…" to be shown on this line. */
    boolean typing(UUID lineId);

    /** Reports what a line is doing now: stored, kept in its history when it is news, and told to whoever listens. A line
     * that is to be stopped stays stopped.
     *
     * @param state a name of the line's closed set of states
     * @param nextAttemptAt when a line that is {@code reconnecting} is looked at again; null otherwise
     * @param phone E.164; null when it is not told now */
    void report(
            UUID lineId,
            String state,
            String cause,
            @Nullable Instant nextAttemptAt,
            @Nullable String phone,
            @Nullable String profileName);

    /** Says what the clinic wants of a line from now on. Whatever was asked before then no longer counts.
     *
     * @return the number to pass to {@link #observed} with the answer to what is asked from now on */
    long wanted(UUID lineId, boolean running);

    /** How much was taken over about the line so far; read before somebody is asked about it, and passed to
     * {@link #observed} with the answer. */
    long observation(UUID lineId);

    /** Reports what was found out by asking. Counts only while nothing else was taken over since the asking began.
     *
     * @param asked as {@link #observation} or {@link #wanted} said then */
    void observed(
            UUID lineId, long asked, String state, String cause, @Nullable String phone, @Nullable String profileName);
}
