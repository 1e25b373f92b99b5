package app.recado.messaging;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds what somebody answers to, in the current organization. Needs an open transaction. */
public interface LiveNotifications {

    /** What that number had been told by {@code at} and can still answer: the latest message of each subject. */
    List<LiveNotification> at(String phone, Instant at);

    /** The message of ours that was quoted, if that number got it; live or not at {@code at}. */
    Optional<LiveNotification> quoted(UUID lineId, String phone, String providerMessageId, Instant at);
}
