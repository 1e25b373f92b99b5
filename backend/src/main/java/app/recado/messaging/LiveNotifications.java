package app.recado.messaging;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Finds what somebody answers to, in the current organization. Needs an open transaction. */
public interface LiveNotifications {

    /**
     * How far the clocks of this installation and of the network may differ. What was said within it after an answer may
     * have been read before; whoever doubts asks a person.
     */
    Duration CLOCKS_DIFFER = Duration.ofSeconds(5);

    /** What that number had been told on that line by {@code at} and can still answer: the latest message of each
     * subject, when nothing newer about the subject was said. */
    List<LiveNotification> at(UUID lineId, String phone, Instant at);

    /**
     * The message of ours that was quoted, if that number got it; live or not at {@code at}. Several when it told several
     * visits.
     */
    List<LiveNotification> quoted(UUID lineId, String phone, String providerMessageId, Instant at);
}
